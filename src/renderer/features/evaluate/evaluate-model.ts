import type { EvaluatedTrack, EvaluatedWindows, Evaluation, JudgedModel } from '#shared/contract/evaluation';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { formatPlural } from '../../ui/format';
import type { Matrix } from '../insight/matrix-model';
import type { Picture, Shape } from '../insight/picture';
import type { Sheet } from '../insight/sheet';
import type { Span } from '../player/passages';

const say = strings.evaluate;

/** What labels are coloured as; what a window holds has no colours of its own. */
export const taskOf = ({ task }: Pick<Evaluation, 'task'>): 'genre' | 'mood' | null =>
  task === 'content' ? null : task;

/** Labels that tracks have, against those that they are heard as or have. */
export function confusionOf(evaluation: Evaluation, { labels, matrix }: JudgedModel): Matrix {
  const isLabel = labels.map((_, i) => (matrix[i] ?? []).some((tracks) => tracks > 0));
  const isHeard = labels.map((_, i) => matrix.some((row) => (row[i] ?? 0) > 0));
  const rows = labels.flatMap((label, i) => (isLabel[i] ? [{ label, i }] : []));
  const columns = labels.flatMap((label, i) => (isLabel[i] || isHeard[i] ? [{ label, i }] : []));
  const task = taskOf(evaluation);
  const side = ({ label }: { label: string }) => ({ key: label, name: displayLabel(label), genre: task !== null });
  return {
    name: say.confusion.title,
    rowHead: say.confusion.rowHead,
    columnHead: say.confusion.columnHead,
    rows: rows.map(side),
    columns: columns.map(side),
    counts: rows.map((row) => columns.map((column) => matrix[row.i]?.[column.i] ?? 0)),
    ...(task && { task }),
  };
}

/** The pair of labels that is confused most; null where nothing is. */
export function worstConfusion({
  labels,
  matrix,
}: JudgedModel): { label: string; heard: string; tracks: number } | null {
  let worst: { label: string; heard: string; tracks: number } | null = null;
  matrix.forEach((row, i) => {
    row.forEach((tracks, j) => {
      if (i !== j && tracks > (worst?.tracks ?? 0))
        worst = { label: displayLabel(labels[i] ?? ''), heard: displayLabel(labels[j] ?? ''), tracks };
    });
  });
  return worst;
}

/** A track as one of the models heard it. */
export const verdictOf = (track: EvaluatedTrack, model: number) => track.verdicts[model] ?? null;

/** Tracks of a cell of the matrix (null for a whole row or column), the surest verdicts first. */
export function tracksIn(
  tracks: readonly EvaluatedTrack[],
  model: number,
  cell: { readonly row: string | null; readonly column: string | null },
): EvaluatedTrack[] {
  return surestFirst(
    tracks.filter((track) => {
      const verdict = verdictOf(track, model);
      return (
        verdict !== null &&
        (cell.row === null || track.label === cell.row) &&
        (cell.column === null || verdict.heard === cell.column)
      );
    }),
    model,
  );
}

/** By how sure a model was of them. */
export const surestFirst = (tracks: readonly EvaluatedTrack[], model: number): EvaluatedTrack[] =>
  [...tracks].sort((a, b) => (verdictOf(b, model)?.confidence ?? 0) - (verdictOf(a, model)?.confidence ?? 0));

export const classSheet = ({ perClass }: JudgedModel): Sheet => ({
  name: say.classes.title,
  head: [say.classes.label, say.classes.precision, say.classes.recall, say.classes.f1, say.classes.tracks],
  rows: perClass
    .filter(({ support }) => support > 0)
    .map(({ label, precision, recall, f1, support }) => [
      displayLabel(label),
      ...[precision, recall, f1].map((value) => Number(value.toFixed(4))),
      support,
    ]),
});

/** Where a label is likeliest, the likeliest windows first. */
export function loudest({ labels, data, startsSec, windowSec }: EvaluatedWindows, label: string, most = 5): Span[] {
  const column = labels.indexOf(label);
  if (column < 0) return [];
  return startsSec
    .map((start, row) => ({ start, probability: data[row * labels.length + column] ?? 0 }))
    .sort((a, b) => b.probability - a.probability || a.start - b.start)
    .slice(0, most)
    .map(({ start }) => ({ start, end: start + windowSec }));
}

const BAR = { names: 152, width: 400, height: 28 } as const;

/** F1 as bars, for saving. */
export function classPicture({ perClass }: JudgedModel): Picture {
  const rows = perClass.filter(({ support }) => support > 0);
  const shapes = rows.flatMap(({ label, f1, support }, i): Shape[] => {
    const y = i * BAR.height;
    return [
      { kind: 'text', x: BAR.names - 12, y: y + 18, text: displayLabel(label), fill: 'var(--text)', align: 'end' },
      { kind: 'rect', x: BAR.names, y: y + 8, width: Math.max(1, f1 * BAR.width), height: 12, fill: 'var(--accent)' },
      {
        kind: 'text',
        x: BAR.names + f1 * BAR.width + 8,
        y: y + 18,
        text: `F1 ${f1.toFixed(3)} · ${formatPlural(support, 'track')}`,
        fill: 'var(--text-2)',
      },
    ];
  });
  return { width: BAR.names + BAR.width + 160, height: Math.max(1, rows.length) * BAR.height, shapes };
}
