import type { MatrixCell } from '#shared/contract/insight';
import type { ModelDiff } from '#shared/contract/schemas';
import { displayLabel, foldLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import type { Matrix, Side } from './matrix-model';

const say = strings.insight.changes;
const keyOf = (label: string): string => `genre:${foldLabel(label)}`;

/** Former genre against the present one, of the tracks whose genre changed. */
export function changesMatrix({ tracks }: ModelDiff): Matrix {
  const changes = tracks.flatMap(({ genre }) => (genre ? [genre] : []));
  const rows = sides(changes.map(({ from }) => from.top));
  const columns = sides(changes.map(({ to }) => to.top));
  const rowIndex = new Map(rows.map(({ key }, i) => [key, i]));
  const columnIndex = new Map(columns.map(({ key }, i) => [key, i]));
  const counts = rows.map(() => columns.map(() => 0));
  for (const { from, to } of changes) {
    const row = counts[rowIndex.get(keyOf(from.top)) ?? -1];
    const column = columnIndex.get(keyOf(to.top)) ?? -1;
    if (row) row[column] = (row[column] ?? 0) + 1;
  }
  return { name: say.title, rowHead: say.rowHead, columnHead: say.columnHead, rows, columns, counts };
}

function sides(labels: readonly string[]): Side[] {
  const names = new Map(labels.map((label) => [keyOf(label), displayLabel(label)]));
  return [...names]
    .map(([key, name]) => ({ key, name, genre: true }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Ids of the tracks in a cell, a row or a column of the matrix. */
export const changedTracks = ({ tracks }: ModelDiff, { row, column }: MatrixCell): number[] =>
  tracks
    .filter(
      ({ genre }) =>
        genre && (row === null || keyOf(genre.from.top) === row) && (column === null || keyOf(genre.to.top) === column),
    )
    .map(({ trackId }) => trackId);

/** What was heard before in each track that changed, in words. */
export const formerVerdicts = ({ tracks }: ModelDiff): ReadonlyMap<number, string> =>
  new Map(
    tracks.map(({ trackId, genre, mood }) => [
      trackId,
      say.was([genre, mood].flatMap((change) => (change ? [displayLabel(change.from.top)] : [])).join(' · ')),
    ]),
  );
