import { QUICK_FILTERS, type QuickFilter, type SORT_COLUMNS, type trackQuerySchema } from '#shared/contract/schemas';
import { parseSearch } from '#shared/domain/search/parse';
import type { z } from 'zod';
import type { Database, SqlValue } from './driver';
import { createGroups, type GroupHead } from './groups';
import { conditionOf } from './search-sql';

type FullQuery = z.output<typeof trackQuerySchema>;
export type Filter = Pick<FullQuery, 'text' | 'quick' | 'rootId' | 'ids'> & Partial<Pick<FullQuery, 'groupBy'>>;
type Sort = FullQuery['sort'];
type SortColumn = (typeof SORT_COLUMNS)[number];

const BY_PATH: Sort = { column: 'path', descending: false };

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
const SORT = {
  title: 't.title_key',
  artist: 't.artist_key',
  album: 't.album_key',
  ownGenre: 't.own_genre_key',
  genre: 't.genre_top',
  confidence: 't.genre_confidence',
  state: 't.state_rank',
  duration: 't.duration_sec',
  path: 't.path',
} as const satisfies Partial<Record<SortColumn, string>>;

/** These are sorted by hand: a pass over the facts, which are narrow. */
const FACT_SORT = { year: 'year', mood: 'mood', analysedAt: 'analysed_at' } as const;

const isIndexed = (column: SortColumn): column is keyof typeof SORT => column in SORT;

/** How many lists found last are kept, for their further pages. */
const KEPT = 3;

/** All ids that a listing finds, in its order; where it is grouped, how many tracks each group has, in order. */
interface Found {
  readonly ids: readonly number[];
  readonly groups: readonly number[];
}

export function createQueries(db: Database) {
  const groups = createGroups(db);
  const idsOf = (sql: string, params: readonly SqlValue[]): number[] => {
    // One text is read much faster than as many rows.
    const row = db.get<{ ids: string }>(`SELECT json_group_array(id) AS ids FROM (${sql})`, params);
    return JSON.parse(row?.ids ?? '[]') as number[];
  };

  /** Everything that a quick filter and a folder leave, in order. */
  const ordered = (filter: Filter, sort: Sort): number[] => {
    if (isIndexed(sort.column)) {
      const { sql, params } = pageSql(filter, sort);
      return idsOf(sql, [...params, -1, 0]);
    }
    const { where, params } = whereOf(filter);
    const there = membership(idsOf(`SELECT t.id FROM tracks t WHERE ${where}`, params));
    const direction = sort.descending ? 'DESC' : 'ASC';
    const order = `${FACT_SORT[sort.column]} ${direction} NULLS LAST, track_id ${direction}`;
    return idsOf(`SELECT track_id AS id FROM track_facts ORDER BY ${order}`, []).filter((id) => there[id]);
  };

  const matching = (text: string): Uint8Array | null => {
    const search = parseSearch(text);
    if (search.clauses.length === 0) return null;
    const { sql, params } = conditionOf(search);
    return membership(idsOf(`SELECT track_id AS id FROM track_facts WHERE ${sql}`, params));
  };

  const find = (filter: Filter, sort: Sort): Found => {
    const matches = matching(filter.text);
    const named = filter.ids && new Set(filter.ids);
    const ids = ordered(filter, sort).filter((id) => (!matches || matches[id]) && (!named || named.has(id)));
    return filter.groupBy ? groups.arrange(ids, filter.groupBy) : { ids, groups: [] };
  };

  const kept = new Map<string, Found>();
  let keptAt = -1;
  /** Lists are found anew once anything in the library has changed. */
  const found = (filter: Filter, sort: Sort): Found => {
    const changes = db.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
    if (changes !== keptAt) kept.clear();
    keptAt = changes;
    const { text, quick, rootId, ids, groupBy } = filter;
    const key = JSON.stringify([text, quick, rootId, ids, groupBy, sort]);
    const known = kept.get(key) ?? find(filter, sort);
    kept.delete(key);
    kept.set(key, known);
    for (const oldest of kept.keys()) if (kept.size > KEPT) kept.delete(oldest);
    return known;
  };

  /** Plain lists are paged by the database, which has an index for each. */
  const isPlain = ({ text, ids, groupBy }: Filter, sort: Sort): boolean =>
    text.trim() === '' && !ids && !groupBy && isIndexed(sort.column);

  return {
    /** @param sort that of the pages asked for along with it, whose list then serves for both; without it nothing is kept */
    count: (filter: Filter, sort?: Sort): number => {
      const plain = isPlain({ ...filter, groupBy: null }, sort ?? BY_PATH);
      if (!plain) return (sort ? found(filter, sort) : find({ ...filter, groupBy: null }, BY_PATH)).ids.length;
      const { where, params } = whereOf(filter);
      return db.get<{ n: number }>(`SELECT count(*) AS n FROM tracks t WHERE ${where}`, params)?.n ?? 0;
    },
    /** Ids of a page; with a limit of -1 all from the offset on. */
    ids: (filter: Filter, sort: Sort, limit: number, offset: number): number[] => {
      if (!isPlain(filter, sort)) return found(filter, sort).ids.slice(offset, limit < 0 ? undefined : offset + limit);
      const { sql, params } = pageSql(filter, sort);
      return idsOf(sql, [...params, limit, offset]);
    },
    /** How many tracks each group has, in order; none where the filter has no grouping. */
    groups: (filter: Filter, sort: Sort): readonly number[] => found(filter, sort).groups,
    /** What the heads of some of these groups show. */
    groupHeads: (filter: Filter, sort: Sort, from: number, limit: number): GroupHead[] => {
      const { ids, groups: counts } = found(filter, sort);
      return filter.groupBy ? groups.heads(ids, counts, filter.groupBy, from, limit) : [];
    },
    /** How many present tracks each quick filter finds, in one pass over an index. */
    quickCounts: (rootId: number | null): Record<QuickFilter, number> => {
      const counted = (quick: QuickFilter) => (quick === 'all' ? '1' : `(t.quick & ${QUICK[quick]}) <> 0`);
      const sums = QUICK_FILTERS.map((quick) => `coalesce(sum(${counted(quick)}), 0) AS "${quick}"`).join(', ');
      const { where, params } = whereOf({ quick: 'all', rootId });
      const row = db.get<Record<QuickFilter, number>>(`SELECT ${sums} FROM tracks t WHERE ${where}`, params)!;
      return Object.fromEntries(QUICK_FILTERS.map((quick) => [quick, row[quick]])) as Record<QuickFilter, number>;
    },
  };
}

/** A byte for each id up to the highest: 1 for those given. For lists of very many, of which a set takes its time. */
function membership(ids: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(ids.reduce((most, id) => Math.max(most, id), 0) + 1);
  for (const id of ids) bytes[id] = 1;
  return bytes;
}

/** SQL for the ids of a page of what a quick filter and a folder leave; limit and offset are its last two parameters. */
export function pageSql(filter: Pick<Filter, 'quick' | 'rootId'>, sort: Sort): { sql: string; params: SqlValue[] } {
  // With the plus the folder is no reason to leave the sort's index for that of folders and sort by hand.
  const { where, params } = whereOf(filter, '+t.root_id');
  return { sql: `SELECT t.id FROM tracks t WHERE ${where} ORDER BY ${orderOf(sort)} LIMIT ? OFFSET ?`, params };
}

function whereOf(
  filter: Pick<Filter, 'quick' | 'rootId'>,
  rootColumn = 't.root_id',
): { where: string; params: SqlValue[] } {
  const parts = ['t.missing = 0'];
  const params: SqlValue[] = [];
  if (filter.quick !== 'all') parts.push(`t.quick & ${QUICK[filter.quick]}`);
  if (filter.rootId !== null) {
    parts.push(`${rootColumn} = ?`);
    params.push(filter.rootId);
  }
  return { where: parts.join(' AND '), params };
}

/** What has no value comes last in either direction. */
function orderOf({ column, descending }: Sort): string {
  const direction = descending ? 'DESC' : 'ASC';
  const byPath = `t.path ${direction}`;
  if (column === 'path' || !isIndexed(column)) return byPath;
  return `${SORT[column]} ${direction} NULLS LAST, ${byPath}`;
}
