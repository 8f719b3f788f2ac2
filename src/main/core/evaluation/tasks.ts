import type { Affect, Verdict, VerdictTask, WideGenre } from '#shared/domain/analysis';
import { foldLabel } from '#shared/domain/vocabulary';
import { createLabelMatcher } from './match-labels';
import { judge, type EvaluationMetrics, type Prediction } from './metrics';
import { judgeMultiLabel, type MultiLabelMetrics } from './multi-label';
import { judgeRegression, type RegressionFigures } from './regression';
import { judgeUnknown, type UnknownFigures } from './unknown';
import { LabelError } from './label-error';

/** What can be compared with labels. */
export const EVALUATED_TASKS = ['genre', 'mood', 'genre-wide', 'valence-arousal', 'content'] as const;
export type EvaluatedTask = (typeof EVALUATED_TASKS)[number];

/** What a model says of a track; null, where it does not say. */
export interface HeardTrack {
  readonly genre: Verdict | null;
  readonly mood: Verdict | null;
  readonly content: Verdict | null;
  readonly wide: readonly WideGenre[] | null;
  readonly affect: Affect | null;
}

/** A track as it was heard, and what the table's columns of the task say of it. */
export interface LabelledTrack {
  readonly path: string;
  readonly heard: HeardTrack;
  readonly cells: readonly string[];
}

/** A label that the model does not have, as the table spells it, and how many files have it. */
export interface Stranger {
  readonly label: string;
  readonly count: number;
}

export interface VerdictReport extends EvaluationMetrics {
  readonly task: VerdictTask;
  readonly skipped: readonly Stranger[];
  /** Of the rows whose label is "unknown": none of the model's. */
  readonly unknown: UnknownFigures;
}

export interface WideReport extends MultiLabelMetrics {
  readonly task: 'genre-wide';
  readonly skipped: readonly Stranger[];
}

export interface AffectReport {
  readonly task: 'valence-arousal';
  readonly n: number;
  readonly valence: RegressionFigures;
  readonly arousal: RegressionFigures;
}

export type TaskReport = VerdictReport | WideReport | AffectReport;

/** The label for tracks that have none of the model's labels. */
const UNKNOWN = foldLabel('unknown');

/**
 * Compares what was heard with one label a track. Rows with an empty cell are not labelled, and left out.
 *
 * @param labels the model's, in its order
 * @returns null if no row has one of them
 */
export function evaluateVerdicts(
  task: VerdictTask,
  labels: readonly string[],
  tracks: readonly LabelledTrack[],
): VerdictReport | null {
  const match = createLabelMatcher(labels);
  const predictions: Prediction[] = [];
  const unknown: Verdict[] = [];
  const strangers = new StrangerCount();
  for (const { heard, cells } of tracks) {
    const [label = ''] = cells;
    const verdict = heard[task];
    const truth = match(label);
    if (label === '' || !verdict) continue;
    if (truth !== null) predictions.push({ truth, ...verdict, ranked: verdict.histogram.map((bar) => bar.label) });
    else if (foldLabel(label) === UNKNOWN) unknown.push(verdict);
    else strangers.add(label);
  }
  if (predictions.length === 0) return null;
  return {
    task,
    ...judge(labels, predictions),
    skipped: strangers.list(),
    unknown: judgeUnknown(predictions, unknown),
  };
}

/**
 * Compares wide genres with cells that hold any number of labels, separated by semicolons. A track whose labels are all
 * strangers to the model counts as having none of its labels; one with an empty cell is left out.
 */
export function evaluateWide(tracks: readonly LabelledTrack[]): WideReport | null {
  const strangers = new StrangerCount();
  const predictions = tracks.flatMap(({ heard: { wide }, cells: [cell = ''] }) => {
    if (cell === '' || !wide) return [];
    const match = createLabelMatcher(wide.map(({ label }) => label));
    const truth = new Set<string>();
    for (const text of cell.split(';').map((part) => part.trim())) {
      const label = match(text);
      if (label !== null) truth.add(label);
      else if (text !== '' && foldLabel(text) !== UNKNOWN) strangers.add(text);
    }
    return [{ truth, scores: wide }];
  });
  if (predictions.every(({ truth }) => truth.size === 0)) return null;
  return { task: 'genre-wide', ...judgeMultiLabel(predictions), skipped: strangers.list() };
}

/**
 * Compares valence and arousal, each -1..1, with the numbers of two cells; rows that lack either are left out.
 *
 * @throws LabelError naming the file whose cell is no such number
 */
export function evaluateAffect(tracks: readonly LabelledTrack[]): AffectReport | null {
  const pairs = tracks.flatMap(({ path, heard: { affect }, cells: [valence = '', arousal = ''] }) =>
    !affect || valence === '' || arousal === ''
      ? []
      : [{ affect, valence: toPlace(valence, path), arousal: toPlace(arousal, path) }],
  );
  if (pairs.length === 0) return null;
  return {
    task: 'valence-arousal',
    n: pairs.length,
    valence: judgeRegression(pairs.map(({ affect, valence }) => ({ truth: valence, heard: affect.valence }))),
    arousal: judgeRegression(pairs.map(({ affect, arousal }) => ({ truth: arousal, heard: affect.arousal }))),
  };
}

function toPlace(text: string, path: string): number {
  const value = Number(text);
  if (value >= -1 && value <= 1) return value;
  throw new LabelError(
    `The table says "${text}" of ${path}. Valence and arousal are numbers from -1 to 1; scale the columns to that.`,
  );
}

class StrangerCount {
  private readonly counts = new Map<string, number>();

  add(label: string): void {
    this.counts.set(label, (this.counts.get(label) ?? 0) + 1);
  }

  list(): Stranger[] {
    return [...this.counts].map(([label, count]) => ({ label, count }));
  }
}
