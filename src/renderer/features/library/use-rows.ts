import { useQueries, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import type { TrackRow } from '#shared/contract/schemas';
import type { Connection } from '../../api/connection';
import { useConnection } from '../../api/connection-context';
import { keys, type RowsQuery } from '../../api/queries';

export const PAGE_SIZE = 200;

export interface Rows {
  /** The query that these rows answer; the one before while a new one is on its way. */
  readonly query: RowsQuery;
  readonly total: number;
  /** Row index -> row, of the pages around what is visible. */
  readonly loaded: ReadonlyMap<number, TrackRow>;
  /** True until the very first answer. */
  readonly pending: boolean;
  /** True while rows of the query before are shown. */
  readonly outdated: boolean;
  readonly error: Error | null;
  /** The row at an index, fetched if it isn't loaded; null past the end. */
  readonly fetchRow: (index: number) => Promise<TrackRow | null>;
  /** Ids of all rows in order. */
  readonly fetchIds: () => Promise<readonly number[]>;
}

const pageOptions = (connection: Connection, query: RowsQuery, page: number) => ({
  queryKey: keys.page(query, page),
  queryFn: () => connection.call('tracks.query', { ...query, offset: page * PAGE_SIZE, limit: PAGE_SIZE }),
});

/**
 * The rows of a query, a page of 200 at a time, as far as they are in sight. When the query changes, the rows before stay until
 * the first page of the new one is there, so that typing in the filter never blanks the table.
 *
 * @param first index of the first row in sight
 * @param last index of the last row in sight
 */
export function useRows(wanted: RowsQuery, first: number, last: number): Rows {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const head = useQuery(pageOptions(connection, wanted, 0));
  const settledRef = useRef<RowsQuery | null>(null);
  if (head.data) settledRef.current = wanted;
  const query = settledRef.current ?? wanted;

  const fromPage = Math.max(0, Math.floor(first / PAGE_SIZE));
  const toPage = Math.max(fromPage, Math.floor(last / PAGE_SIZE));
  const pages = useMemo(() => range(fromPage, toPage), [fromPage, toPage]);
  const combine = useCallback(
    (results: readonly { readonly data: Page | undefined }[]) => {
      const loaded = new Map<number, TrackRow>();
      results.forEach(({ data }, i) => {
        const offset = (pages[i] ?? 0) * PAGE_SIZE;
        data?.rows.forEach((row, j) => loaded.set(offset + j, row));
      });
      return { loaded, total: results.find(({ data }) => data)?.data?.total };
    },
    [pages],
  );
  const seen = useQueries({ queries: pages.map((page) => pageOptions(connection, query, page)), combine });
  const { loaded } = seen;
  const total = seen.total ?? cachedTotal(queryClient, query);

  const fetchRow = useCallback(
    async (index: number) => {
      const page = Math.floor(index / PAGE_SIZE);
      const { rows } = await queryClient.ensureQueryData(pageOptions(connection, query, page));
      return rows[index - page * PAGE_SIZE] ?? null;
    },
    [connection, queryClient, query],
  );
  const fetchIds = useCallback(() => connection.call('tracks.ids', query), [connection, query]);

  return {
    query,
    total,
    loaded,
    pending: head.isPending && total === 0 && query === wanted,
    outdated: query !== wanted,
    error: head.error,
    fetchRow,
    fetchIds,
  };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

interface Page {
  readonly total: number;
  readonly rows: TrackRow[];
}

function cachedTotal(queryClient: QueryClient, query: RowsQuery): number {
  for (const [, data] of queryClient.getQueriesData<Page>({ queryKey: ['tracks', query] })) if (data) return data.total;
  return 0;
}

/** Rows by id out of all cached pages, for those of `ids` that are there. */
export function cachedRows(queryClient: QueryClient, ids: ReadonlySet<number>): Map<number, TrackRow> {
  const found = new Map<number, TrackRow>();
  for (const [, data] of queryClient.getQueriesData<Page>({ queryKey: ['tracks'] }))
    for (const row of data?.rows ?? []) if (ids.has(row.id)) found.set(row.id, row);
  return found;
}

/** Changes cached rows in place, ahead of the backend's word. */
export function patchCachedRows(queryClient: QueryClient, patch: (row: TrackRow) => TrackRow): void {
  queryClient.setQueriesData<Page>({ queryKey: ['tracks'] }, (page) => page && { ...page, rows: page.rows.map(patch) });
}
