import { basename, dirname } from 'node:path';
import type { GroupBy } from '#shared/contract/finding';
import type { Database } from './driver';

/** What stands over a group: its name (null: its tracks have none), what tells it from others of that name, and what was heard in it. */
export interface GroupHead {
  readonly title: string | null;
  readonly subtitle: string | null;
  readonly tracks: number;
  /** Mean genre shares of its tracks that were heard, by folded label, largest first. */
  readonly bars: readonly { readonly label: string; readonly share: number }[];
}

/** Numbers the groups in their order; what has no value is the last one. Each reads one index from end to end. */
const RANKED: Readonly<Record<GroupBy, string>> = {
  album: 'SELECT track_id AS id, dense_rank() OVER (ORDER BY album_group NULLS LAST) AS rank FROM track_facts',
  folder: 'SELECT track_id AS id, dense_rank() OVER (ORDER BY folder) AS rank FROM track_facts',
  heard: 'SELECT track_id AS id, dense_rank() OVER (ORDER BY heard NULLS LAST) AS rank FROM track_facts',
  artist: 'SELECT id, dense_rank() OVER (ORDER BY artist_key NULLS LAST) AS rank FROM tracks t WHERE missing = 0',
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
  const rankOf = (groupBy: GroupBy): Map<number, number> => {
    const row = db.get<{ ids: string; ranks: string }>(
      `SELECT json_group_array(id) AS ids, json_group_array(rank) AS ranks FROM (${RANKED[groupBy]})`,
    );
    const ids = JSON.parse(row?.ids ?? '[]') as number[];
    const ranks = JSON.parse(row?.ranks ?? '[]') as number[];
    return new Map(ids.map((id, i) => [id, ranks[i] ?? 0]));
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
      const ranks = rankOf(groupBy);
      const buckets: number[][] = [];
      for (const id of ids) (buckets[ranks.get(id) ?? 0] ??= []).push(id);
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
