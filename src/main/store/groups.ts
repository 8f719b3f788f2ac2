import { basename, dirname } from 'node:path';
import type { GroupBy } from '#shared/contract/grouping';
import type { Database } from './driver';

/** What stands over a group: its name (null: its tracks have none), what tells it from others of that name, and what was heard in it. */
export interface GroupHead {
  readonly title: string | null;
  readonly subtitle: string | null;
  readonly tracks: number;
  /** Mean genre shares of its tracks that were heard, by folded label, largest first. */
  readonly bars: readonly { readonly label: string; readonly share: number }[];
}

/** Where the groups' keys are: in an index each, which is read from end to end. */
const KEYS: Readonly<Record<GroupBy, { table: string; id: string; key: string }>> = {
  album: { table: 'track_facts', id: 'track_id', key: 'album_group' },
  folder: { table: 'track_facts', id: 'track_id', key: 'folder' },
  heard: { table: 'track_facts', id: 'track_id', key: 'heard' },
  artist: { table: 'tracks t WHERE missing = 0', id: 'id', key: 'artist_key' },
};

/** A strip is a few pixels wide: of larger groups so many tracks at equal distances are summed, for the sake of the others' turn. */
const SUMMED = 2000;

const SUMS = `SELECT j.key AS label, sum(j.value) AS total FROM json_each(?) c
JOIN track_facts f ON f.track_id = c.value, json_each(f.shares) j GROUP BY j.key ORDER BY total DESC`;

interface First {
  path: string;
  artist: string | null;
  album: string | null;
  album_artist: string | null;
  genre: string | null;
}

const FIRST = `SELECT t.path, t.artist, t.album, t.album_artist, r.genre_top AS genre
FROM tracks t LEFT JOIN results r ON r.id = t.result_id AND r.genre_abstained = 0 WHERE t.id = ?`;

export function createGroups(db: Database) {
  const numbers = (sql: string): number[] => {
    const row = db.get<{ list: string }>(`SELECT json_group_array(n) AS list FROM (${sql})`);
    return JSON.parse(row?.list ?? '[]') as number[];
  };

  /** The place of each track's group among all groups, by track id; what has no key is in the last one. */
  const ranksOf = (groupBy: GroupBy): Int32Array => {
    const { table, id, key } = KEYS[groupBy];
    const ids = numbers(`SELECT ${id} AS n FROM ${table} ORDER BY ${key} NULLS LAST`);
    const counts = numbers(`SELECT count(*) AS n FROM ${table} GROUP BY ${key} ORDER BY ${key} NULLS LAST`);
    const ranks = new Int32Array(ids.reduce((most, each) => Math.max(most, each), 0) + 1);
    let at = 0;
    for (const [rank, count] of counts.entries())
      for (const end = at + count; at < end; at++) ranks[ids[at] ?? 0] = rank;
    return ranks;
  };

  const headOf = (ids: readonly number[], groupBy: GroupBy): GroupHead => {
    const step = Math.max(1, Math.ceil(ids.length / SUMMED));
    const summed = step === 1 ? ids : ids.filter((_, i) => i % step === 0);
    const sums = db.all<{ label: string; total: number }>(SUMS, [JSON.stringify(summed)]);
    const whole = sums.reduce((sum, { total }) => sum + total, 0);
    const first = db.get<First>(FIRST, [ids[0] ?? -1]);
    return {
      ...(first ? nameOf(first, groupBy) : { title: null, subtitle: null }),
      tracks: ids.length,
      bars: sums.map(({ label, total }) => ({ label, share: total / whole })),
    };
  };

  return {
    /** Puts the ids of each group together, in the groups' order and within each in that of the ids. */
    arrange: (ids: readonly number[], groupBy: GroupBy): { ids: number[]; groups: number[] } => {
      const ranks = ranksOf(groupBy);
      const buckets: number[][] = [];
      for (const id of ids) (buckets[ranks[id] ?? 0] ??= []).push(id);
      const filled = buckets.filter((bucket) => bucket.length > 0);
      return { ids: filled.flat(), groups: filled.map((bucket) => bucket.length) };
    },
    /** The heads of some groups of what `arrange` gave. */
    heads: (
      ids: readonly number[],
      counts: readonly number[],
      groupBy: GroupBy,
      from: number,
      limit: number,
    ): GroupHead[] => {
      let start = counts.slice(0, from).reduce((sum, count) => sum + count, 0);
      return counts.slice(from, from + limit).map((count) => {
        const head = headOf(ids.slice(start, start + count), groupBy);
        start += count;
        return head;
      });
    },
  };
}

function nameOf(first: First, groupBy: GroupBy): Pick<GroupHead, 'title' | 'subtitle'> {
  switch (groupBy) {
    case 'album':
      return {
        title: first.album || null,
        subtitle: first.album ? first.album_artist || basename(dirname(first.path)) : null,
      };
    case 'artist':
      return { title: first.artist || null, subtitle: null };
    case 'folder': {
      const folder = dirname(first.path);
      return { title: basename(folder) || folder, subtitle: dirname(folder) };
    }
    case 'heard':
      return { title: first.genre, subtitle: null };
  }
}
