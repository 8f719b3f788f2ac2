import { wilsonInterval } from '../statistics';

/**
 * From which confidence verdicts may be written without being looked at, so that a wanted share of them is right.
 *
 * A verdict is taken where its confidence reaches a threshold (a classifier with a reject option; El-Yaniv and Wiener 2010). How
 * often those taken are right is known from judged verdicts only, so a threshold is good enough where the lower bound of what
 * was seen is (risk control as in Geifman and El-Yaniv 2017, with Wilson's bound and the candidates below).
 */

/** Judged verdicts at or above a confidence: how many, and how many of them were right. */
export interface CurvePoint {
  /** 0..1 */
  readonly confidence: number;
  readonly tracks: number;
  readonly right: number;
}

/** The thresholds that are tried, ascending. Few, since each look at the same verdicts is a chance to be fooled by them. */
export const CANDIDATES: readonly number[] = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

/**
 * The normal quantile of 99.5 %, one-sided. All ten bounds then hold together with a confidence of 95 % (Bonferroni), and with
 * them that of whichever threshold is chosen.
 */
const Z = 2.575829;

/** A threshold, with what was seen of verdicts at or above it. */
export interface Threshold extends CurvePoint {
  /** What share of them is right at least, with a confidence of 95 %. */
  readonly bound: number;
}

/** A judged verdict. */
export interface Judgement {
  readonly confidence: number;
  readonly right: boolean;
}

/** What was seen at or above each candidate, in their order. */
export const curveOf = (judged: readonly Judgement[]): CurvePoint[] =>
  CANDIDATES.map((confidence) => {
    const taken = judged.filter((each) => each.confidence >= confidence);
    return { confidence, tracks: taken.length, right: taken.filter(({ right }) => right).length };
  });

/** The lower bound of each point that has verdicts; thresholds that are no candidates are left out. */
const boundsOf = (curve: readonly CurvePoint[]): Threshold[] =>
  curve
    .filter(({ confidence, tracks }) => tracks > 0 && CANDIDATES.includes(confidence))
    .map((point) => ({ ...point, bound: wilsonInterval(point.right, point.tracks, Z)[0] }))
    .sort((a, b) => a.confidence - b.confidence);

/**
 * The lowest threshold from which verdicts are right often enough; null where none is known to be.
 *
 * @param precision the share wanted, over 0 and under 1
 */
export const chooseThreshold = (curve: readonly CurvePoint[], precision: number): Threshold | null =>
  boundsOf(curve).find(({ bound }) => bound >= precision) ?? null;

/** The threshold of which most can be promised, the lowest of several; null where nothing was judged. */
export const surestThreshold = (curve: readonly CurvePoint[]): Threshold | null =>
  boundsOf(curve).reduce<Threshold | null>((best, each) => (best && best.bound >= each.bound ? best : each), null);

/**
 * How many judged verdicts it takes to promise a precision where not one of them is wrong: with fewer no threshold can. With n
 * of n right the bound is n / (n + z²).
 *
 * @param precision over 0 and under 1
 */
export const judgementsNeeded = (precision: number): number => Math.ceil((precision * Z ** 2) / (1 - precision));
