import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { VALUE_FIELDS, type ValueField } from '#shared/contract/finding';
import { useConnection } from '../../api/connection-context';

/** Names of cached answers. Views are refreshed when one changes, their counts now and then while the library changes. */
export const findingKeys = {
  values: (field: ValueField | null, text: string) => ['search-values', field, text] as const,
  views: ['views'] as const,
  counts: (ids: readonly number[]) => ['view-counts', ids] as const,
};

/** Values of a field that have the text in them; nothing for a field that has no list of values. */
export function useValues(field: string | null, text: string) {
  const connection = useConnection();
  const known = VALUE_FIELDS.find((each) => each === field) ?? null;
  return useQuery({
    queryKey: findingKeys.values(known, text),
    queryFn: () => connection.call('search.values', { field: known ?? 'genre', text }),
    enabled: known !== null,
    // The list before stays while the next is on its way, but never that of another field.
    placeholderData: (data, query) => (query?.queryKey[1] === known ? data : undefined),
    staleTime: 10_000,
  });
}

export function useViews() {
  const connection = useConnection();
  return useQuery({ queryKey: findingKeys.views, queryFn: () => connection.call('views.list', {}) });
}

/** How many tracks each view finds, by its id. Each is a search of its own, so they are not asked for at every change. */
export function useViewCounts(ids: readonly number[]): ReadonlyMap<number, number> {
  const connection = useConnection();
  const { data } = useQuery({
    queryKey: findingKeys.counts(ids),
    queryFn: async () => {
      const counts = await connection.call('views.counts', { ids: [...ids] });
      return new Map(ids.map((id, i) => [id, counts[i] ?? 0]));
    },
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    staleTime: COUNTS_EVERY_MS,
    refetchInterval: COUNTS_EVERY_MS,
  });
  return data ?? NO_COUNTS;
}

const COUNTS_EVERY_MS = 10_000;
const NO_COUNTS: ReadonlyMap<number, number> = new Map();
