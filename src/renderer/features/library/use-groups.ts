import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { GroupHead } from '#shared/contract/grouping';
import { useConnection } from '../../api/connection-context';
import type { RowsQuery } from '../../api/queries';
import { groupLayout, type GroupLayout } from './groups';

/** Heads are fetched so many at a time. */
const HEADS = 50;
const NONE: readonly number[] = [];

/** How the groups of a query's rows lie; without grouping a plain list. */
export function useGroupLayout(query: RowsQuery, total: number): GroupLayout {
  const connection = useConnection();
  const { data } = useQuery({
    queryKey: ['groups', query],
    queryFn: () => connection.call('tracks.groups', query),
    enabled: query.groupBy != null,
    // While a filter is typed the former groups stay, as the former rows do.
    placeholderData: (before, former) => (sameGrouping(former?.queryKey[1], query) ? before : undefined),
  });
  const counts = query.groupBy == null ? NONE : (data ?? NONE);
  return useMemo(() => groupLayout(counts, total), [counts, total]);
}

const sameGrouping = (former: unknown, { groupBy }: RowsQuery): boolean =>
  (former as RowsQuery | undefined)?.groupBy === groupBy;

/** What the heads in sight show, by the group's place; those on their way are missing. */
export function useGroupHeads(query: RowsQuery, first: number, last: number): ReadonlyMap<number, GroupHead> {
  const connection = useConnection();
  const pages = useMemo(() => {
    if (query.groupBy == null || last < first) return [];
    const from = Math.floor(first / HEADS);
    return Array.from({ length: Math.floor(last / HEADS) - from + 1 }, (_, i) => from + i);
  }, [query.groupBy, first, last]);
  const combine = useCallback(
    (results: readonly { readonly data: GroupHead[] | undefined }[]) => {
      const heads = new Map<number, GroupHead>();
      results.forEach(({ data }, i) => data?.forEach((head, j) => heads.set((pages[i] ?? 0) * HEADS + j, head)));
      return heads;
    },
    [pages],
  );
  return useQueries({
    queries: pages.map((page) => ({
      queryKey: ['group-heads', query, page],
      queryFn: () => connection.call('tracks.groupHeads', { ...query, from: page * HEADS, limit: HEADS }),
      placeholderData: keepPreviousData,
    })),
    combine,
  });
}
