import type { JudgedVerdict } from './calibration';

/** If only verdicts of at least this confidence were taken: how many would that be, and how many of those wrong? */
export interface RiskCoveragePoint {
  /** Share of tracks that get a verdict, 0..1. */
  readonly coverage: number;
  /** Share of these verdicts that are wrong, 0..1. */
  readonly risk: number;
  readonly threshold: number;
}

/**
 * The risk-coverage curve of the classifier with a reject option, from the surest verdicts to all of them; one point for
 * each confidence that occurs.
 *
 * El-Yaniv, Wiener: On the Foundations of Noise-free Selective Classification, JMLR 2010.
 */
export function riskCoverage(verdicts: readonly JudgedVerdict[]): RiskCoveragePoint[] {
  const surestFirst = [...verdicts].sort((left, right) => right.confidence - left.confidence);
  const points: RiskCoveragePoint[] = [];
  let wrong = 0;
  surestFirst.forEach(({ confidence, isRight }, index) => {
    wrong += Number(!isRight);
    if (surestFirst[index + 1]?.confidence === confidence) return;
    const taken = index + 1;
    points.push({ coverage: taken / verdicts.length, risk: wrong / taken, threshold: confidence });
  });
  return points;
}

/** Coverages at which the accuracy is read off the curve. */
export const COVERAGES = [1, 0.9, 0.8, 0.7] as const;

/** What taking only the surest verdicts gains. */
export interface CoveragePoint {
  /** Share of tracks asked for. */
  readonly asked: number;
  /** Share taken: the least that the curve has from `asked` on, since verdicts of one confidence come together. */
  readonly coverage: number;
  readonly accuracy: number;
  /** Confidence from which verdicts are taken. */
  readonly threshold: number;
}

/** @param curve as `riskCoverage` gives it, of at least one verdict */
export function accuracyAtCoverages(curve: readonly RiskCoveragePoint[]): CoveragePoint[] {
  return COVERAGES.map((asked) => {
    const point = curve.find(({ coverage }) => coverage >= asked - 1e-9) ?? curve.at(-1);
    if (!point) throw new RangeError('the curve has no point');
    return { asked, coverage: point.coverage, accuracy: 1 - point.risk, threshold: point.threshold };
  });
}
