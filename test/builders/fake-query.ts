import type { TrackRow, trackQuerySchema } from '#shared/contract/schemas';
import { isNotMusic } from '#shared/domain/analysis';
import type { z } from 'zod';

type Query = Pick<z.output<typeof trackQuerySchema>, 'text' | 'quick' | 'ids' | 'sort'>;

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
  }
};

let remembered: { rows: readonly TrackRow[]; key: string; found: TrackRow[] } | null = null;

/**
 * The tracks a query finds, in its order. Pages of one answer come one after another, so the last answer is kept.
 *
 * @param version changes whenever a row does
 */
export function runQuery(rows: readonly TrackRow[], query: Query, version: number): TrackRow[] {
  const key = JSON.stringify([version, query.text, query.quick, query.ids, query.sort]);
  if (remembered?.rows !== rows || remembered.key !== key) remembered = { rows, key, found: find(rows, query) };
  return remembered.found;
}

function find(rows: readonly TrackRow[], query: Query): TrackRow[] {
  const needle = query.text.toLowerCase();
  const ids = query.ids && new Set(query.ids);
  const found = rows.filter(
    (row) =>
      isIn(row, query.quick) &&
      (!ids || ids.has(row.id)) &&
      (needle === '' ||
        [row.title, row.artist, row.album, row.fileName, ...row.ownGenres, row.genre?.top].some((text) =>
          text?.toLowerCase().includes(needle),
        )),
  );
  const { column, descending } = query.sort;
  const keyed = found.map((row) => ({ row, key: sortKey(row, column) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.id - b.row.id));
  if (descending) keyed.reverse();
  return keyed.map(({ row }) => row);
}
