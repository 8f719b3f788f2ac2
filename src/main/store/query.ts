import { QUICK_FILTERS, type QuickFilter, type SORT_COLUMNS, type trackQuerySchema } from '#shared/contract/schemas';
import type { z } from 'zod';
import type { Database, SqlValue } from './driver';
import { searchWords } from './text';

type FullQuery = z.output<typeof trackQuerySchema>;
export type Filter = Pick<FullQuery, 'text' | 'quick' | 'rootId' | 'ids'>;
type SortColumn = (typeof SORT_COLUMNS)[number];

/** Bits of the `quick` column (see derive.ts); 0: no condition. */
export const QUICK: Record<QuickFilter, number> = {
  all: 0,
  'no-genre': 1,
  disagrees: 2,
  unsure: 4,
  unreviewed: 8,
  decided: 16,
  failed: 32,
  'not-music': 64,
  stale: 128,
  quick: 256,
  'look-again': 512,
};

/** Each has an index of its own together with the path, so that the first rows need no sort. */
const SORT: Record<SortColumn, string> = {
  title: 't.title_key',
  artist: 't.artist_key',
  album: 't.album_key',
  ownGenre: 't.own_genre_key',
  genre: 't.genre_top',
  confidence: 't.genre_confidence',
  state: 't.state_rank',
  duration: 't.duration_sec',
  path: 't.path',
};

export function createQueries(db: Database) {
  const count = (filter: Filter): number => {
    const { where, params } = whereOf(filter);
    return db.get<{ n: number }>(`SELECT count(*) AS n FROM tracks t WHERE ${where}`, params)?.n ?? 0;
  };
  const ids = (filter: Filter, sort: FullQuery['sort'], limit: number, offset: number): number[] => {
    const { sql, params } = pageSql(filter, sort);
    const row = db.get<{ ids: string }>(`SELECT json_group_array(id) AS ids FROM (${sql})`, [...params, limit, offset]);
    return JSON.parse(row?.ids ?? '[]') as number[];
  };
  return {
    count,
    ids,
    /** How many present tracks each quick filter finds, in one pass over an index. */
    quickCounts: (rootId: number | null): Record<QuickFilter, number> => {
      const counted = (quick: QuickFilter) => (quick === 'all' ? '1' : `(t.quick & ${QUICK[quick]}) <> 0`);
      const sums = QUICK_FILTERS.map((quick) => `coalesce(sum(${counted(quick)}), 0) AS "${quick}"`).join(', ');
      const { where, params } = whereOf({ text: '', quick: 'all', rootId });
      const row = db.get<Record<QuickFilter, number>>(`SELECT ${sums} FROM tracks t WHERE ${where}`, params)!;
      return Object.fromEntries(QUICK_FILTERS.map((quick) => [quick, row[quick]])) as Record<QuickFilter, number>;
    },
  };
}

/** SQL for the ids of a page; limit and offset are its last two parameters. */
export function pageSql(filter: Filter, sort: FullQuery['sort']): { sql: string; params: SqlValue[] } {
  // With the plus the folder is no reason to leave the sort's index for that of folders and sort by hand.
  const { where, params } = whereOf(filter, '+t.root_id');
  return { sql: `SELECT t.id FROM tracks t WHERE ${where} ORDER BY ${orderOf(sort)} LIMIT ? OFFSET ?`, params };
}

function whereOf(filter: Filter, rootColumn = 't.root_id'): { where: string; params: SqlValue[] } {
  const parts = ['t.missing = 0'];
  const params: SqlValue[] = [];
  if (filter.quick !== 'all') parts.push(`t.quick & ${QUICK[filter.quick]}`);
  if (filter.rootId !== null) {
    parts.push(`${rootColumn} = ?`);
    params.push(filter.rootId);
  }
  if (filter.ids) {
    parts.push('t.id IN (SELECT value FROM json_each(?))');
    params.push(JSON.stringify(filter.ids));
  }
  for (const word of searchWords(filter.text)) {
    parts.push('instr(t.search, ?) > 0');
    params.push(word);
  }
  return { where: parts.join(' AND '), params };
}

/** What has no value comes last in either direction. */
function orderOf({ column, descending }: FullQuery['sort']): string {
  const direction = descending ? 'DESC' : 'ASC';
  const byPath = `t.path ${direction}`;
  if (column === 'path') return byPath;
  return `${SORT[column]} ${direction} NULLS LAST, ${byPath}`;
}
