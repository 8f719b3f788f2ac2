import type { TrackRow, trackQuerySchema } from '#shared/contract/schemas';
import type { GroupHead } from '#shared/contract/grouping';
import { isNotMusic } from '#shared/domain/analysis';
import { parseSearch } from '#shared/domain/search/parse';
import { foldLabel } from '#shared/domain/vocabulary';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { matchesPlainly } from './plain-search';

type Query = Pick<z.output<typeof trackQuerySchema>, 'text' | 'quick' | 'sort' | 'ids' | 'groupBy'>;

/** Whether a track is in a quick filter's list. */
export function isIn(row: TrackRow, quick: Query['quick']): boolean {
  switch (quick) {
    case 'all':
      return true;
    case 'no-genre':
      return row.ownGenres.length === 0;
    case 'disagrees':
      return row.disagrees;
    case 'unsure':
      return row.genre?.abstainReason === 'unsure';
    case 'not-music':
      return isNotMusic(row.content);
    case 'unreviewed':
      return row.state === 'analysed';
    case 'decided':
      return row.state === 'decided';
    case 'failed':
      return row.state === 'failed';
    case 'stale':
      return row.stale;
    case 'quick':
      return row.quick;
    case 'look-again':
      return row.lookAgain;
  }
}

/** What is no music has no genre to sort by. */
const namedGenre = ({ genre, content }: TrackRow) => (isNotMusic(content) ? null : genre);

const sortKey = (row: TrackRow, column: Query['sort']['column']): string | number => {
  switch (column) {
    case 'title':
      return row.title ?? row.fileName;
    case 'artist':
      return row.artist ?? '';
    case 'album':
      return row.album ?? '';
    case 'ownGenre':
      return row.ownGenres[0] ?? '';
    case 'genre':
      return namedGenre(row)?.top ?? '';
    case 'confidence':
      return namedGenre(row)?.confidence ?? -1;
    case 'state':
      return row.state;
    case 'duration':
      return row.durationSec ?? -1;
    case 'path':
      return row.path;
    case 'year':
      return row.year ?? -1;
    case 'mood':
      return row.mood?.top ?? '';
    case 'analysedAt':
      return row.analysedAt ?? -1;
  }
};

/** The name of the group that a track is in; null: it has none. */
function groupOf(row: TrackRow, groupBy: NonNullable<Query['groupBy']>): string | null {
  switch (groupBy) {
    case 'album':
      return row.album;
    case 'artist':
      return row.artist;
    case 'folder':
      return dirname(row.path);
    case 'heard':
      return row.genre && !row.genre.abstained ? row.genre.top : null;
  }
}

interface Found {
  readonly rows: TrackRow[];
  readonly groups: readonly (readonly TrackRow[])[];
}

let remembered: { rows: readonly TrackRow[]; key: string; found: Found } | null = null;

/**
 * The tracks a query finds, in its order. Pages of one answer come one after another, so the last answer is kept.
 *
 * @param version changes whenever a row does
 */
export function runQuery(rows: readonly TrackRow[], query: Query, version: number): Found {
  const { text, quick, sort, ids, groupBy } = query;
  const key = JSON.stringify([version, text, quick, sort, ids, groupBy]);
  if (remembered?.rows !== rows || remembered.key !== key)
    remembered = { rows, key, found: grouped(find(rows, query), groupBy) };
  return remembered.found;
}

function find(rows: readonly TrackRow[], query: Query): TrackRow[] {
  const search = parseSearch(query.text);
  const named = query.ids && new Set(query.ids);
  const found = rows.filter(
    (row) => (!named || named.has(row.id)) && isIn(row, query.quick) && matchesPlainly(search, row),
  );
  const { column, descending } = query.sort;
  const keyed = found.map((row) => ({ row, key: sortKey(row, column) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.id - b.row.id));
  if (descending) keyed.reverse();
  return keyed.map(({ row }) => row);
}

function grouped(rows: TrackRow[], groupBy: Query['groupBy']): Found {
  if (groupBy === null) return { rows, groups: [] };
  const groups = new Map<string, TrackRow[]>();
  // What has no name comes last.
  for (const row of rows) {
    const name = groupOf(row, groupBy) ?? '\uffff';
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const inOrder = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, members]) => members);
  return { rows: inOrder.flat(), groups: inOrder };
}

/** What stands over a group. */
export function headOf(members: readonly TrackRow[], groupBy: NonNullable<Query['groupBy']>): GroupHead {
  const sums = new Map<string, number>();
  const heard = members.filter((row) => row.genre);
  for (const { genre } of heard)
    for (const { label, share } of genre?.histogram ?? [])
      sums.set(foldLabel(label), (sums.get(foldLabel(label)) ?? 0) + share / heard.length);
  const bars = [...sums].map(([label, share]) => ({ label, share })).sort((a, b) => b.share - a.share);
  const title = members[0] ? groupOf(members[0], groupBy) : null;
  return { title, subtitle: null, tracks: members.length, bars };
}
