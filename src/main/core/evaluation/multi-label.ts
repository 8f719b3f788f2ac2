import type { ClassFigures } from './confusion';
import { areaUnderRoc, averagePrecision } from './ranking';

/** One track's scores beside the labels it has. Labels are the model's own spellings. */
export interface MultiLabelPrediction {
  readonly truth: ReadonlySet<string>;
  /** One score a label, 0..1, and the threshold from which it counts as named. */
  readonly scores: readonly { readonly label: string; readonly score: number; readonly threshold: number }[];
}

/** Figures of one label; precision, recall and F1 are those at the label's threshold, 0 where the denominator is. */
export interface LabelFigures extends ClassFigures {
  readonly threshold: number;
  readonly averagePrecision: number | null;
  readonly auroc: number | null;
}

export interface MultiLabelMetrics {
  readonly n: number;
  /** Means over the labels that some, but not all, tracks have; null if there is no such label. */
  readonly meanAveragePrecision: number | null;
  readonly macroAuroc: number | null;
  /** Mean of F1 at the thresholds over the labels that any track has. */
  readonly macroF1: number | null;
  /** F1 at the thresholds over all pairs of track and label. */
  readonly microF1: number;
  readonly perLabel: Readonly<Record<string, LabelFigures>>;
}

/**
 * Judges the labels of a vocabulary in which a track may have any number of them, each label alone.
 *
 * @param predictions at least one; all have the same labels
 */
export function judgeMultiLabel(predictions: readonly MultiLabelPrediction[]): MultiLabelMetrics {
  const [first] = predictions;
  if (!first) throw new RangeError('there is no prediction to judge');
  const counted = first.scores.map(({ label }) => countLabel(label, predictions));
  const perLabel = Object.fromEntries(counted.map(({ label, figures }) => [label, figures]));
  const all = Object.values(perLabel);
  const judged = all.filter(({ support }) => support > 0 && support < predictions.length);
  const right = sum(counted.map((each) => each.right));
  const named = sum(counted.map((each) => each.named));
  return {
    n: predictions.length,
    meanAveragePrecision: mean(judged.map((each) => each.averagePrecision!)),
    macroAuroc: mean(judged.map((each) => each.auroc!)),
    macroF1: mean(all.filter(({ support }) => support > 0).map(({ f1 }) => f1)),
    microF1: ratio(2 * right, named + sum(all.map(({ support }) => support))),
    perLabel,
  };
}

function countLabel(label: string, predictions: readonly MultiLabelPrediction[]) {
  const rows = predictions.map(({ truth, scores }) => {
    const found = scores.find((each) => each.label === label);
    if (!found) throw new RangeError(`a track has no score for "${label}"`);
    return { ...found, isPositive: truth.has(label) };
  });
  const support = rows.filter(({ isPositive }) => isPositive).length;
  const named = rows.filter(({ score, threshold }) => score >= threshold);
  const right = named.filter(({ isPositive }) => isPositive).length;
  const figures: LabelFigures = {
    precision: ratio(right, named.length),
    recall: ratio(right, support),
    f1: ratio(2 * right, support + named.length),
    support,
    threshold: rows[0]!.threshold,
    averagePrecision: averagePrecision(rows),
    auroc: areaUnderRoc(rows),
  };
  return { label, figures, right, named: named.length };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : sum(values) / values.length);
const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
