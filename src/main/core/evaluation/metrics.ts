import { calibrationError } from './calibration';
import { classFigures, confusionMatrix, type ClassFigures } from './confusion';
import { accuracyAtCoverages, riskCoverage, type CoveragePoint, type RiskCoveragePoint } from './risk-coverage';

/** One track's verdict beside what its label says. Labels are the model's own spellings. */
export interface Prediction {
  readonly truth: string;
  /** Labels by falling share; the first is the verdict. */
  readonly ranked: readonly string[];
  /** Calibrated probability of the verdict, 0..1. */
  readonly confidence: number;
  /** The model names nothing. */
  readonly abstained: boolean;
}

export interface EvaluationMetrics {
  readonly n: number;
  /** Share of tracks whose verdict is the label, abstained ones included. */
  readonly accuracy: number;
  /** Tracks for which the model names a label, and those of them whose label it is. */
  readonly named: number;
  readonly namedRight: number;
  /** Mean F1 over the labels that occur in the truth; a label without a track can't be judged and is left out. */
  readonly macroF1: number;
  /** Share of tracks whose label is among the two largest bars. */
  readonly top2: number;
  /** Expected calibration error, 15 equal bins (Guo et al. 2017). */
  readonly ece: number;
  readonly perClass: Readonly<Record<string, ClassFigures>>;
  /** Rows are true labels, columns verdicts. */
  readonly confusion: { readonly labels: readonly string[]; readonly matrix: readonly (readonly number[])[] };
  readonly riskCoverage: readonly RiskCoveragePoint[];
  /** Accuracy of the surest 100, 90, 80 and 70 per cent. */
  readonly atCoverage: readonly CoveragePoint[];
}

/**
 * Judges verdicts against labels.
 *
 * @param labels all labels of the model, in its order; every truth and verdict is one of them
 * @param predictions at least one
 */
export function judge(labels: readonly string[], predictions: readonly Prediction[]): EvaluationMetrics {
  if (predictions.length === 0) throw new RangeError('there is no prediction to judge');
  const matrix = confusionMatrix(
    labels,
    predictions.map(({ truth, ranked }) => ({ truth, verdict: ranked[0] ?? '' })),
  );
  const perClass = classFigures(labels, matrix);
  const judged = predictions.map(({ truth, ranked, confidence, abstained }) => ({
    confidence,
    abstained,
    isRight: ranked[0] === truth,
  }));
  const named = judged.filter(({ abstained }) => !abstained);
  const curve = riskCoverage(judged);
  const occurring = Object.values(perClass).filter(({ support }) => support > 0);
  return {
    n: predictions.length,
    accuracy: mean(judged.map(({ isRight }) => Number(isRight))),
    named: named.length,
    namedRight: named.filter(({ isRight }) => isRight).length,
    macroF1: mean(occurring.map(({ f1 }) => f1)),
    top2: mean(predictions.map(({ truth, ranked }) => Number(ranked.slice(0, 2).includes(truth)))),
    ece: calibrationError(judged),
    perClass,
    confusion: { labels, matrix },
    riskCoverage: curve,
    atCoverage: accuracyAtCoverages(curve),
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
