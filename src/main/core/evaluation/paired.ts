import { TWO_SIDED_95 } from '#shared/domain/statistics';

/** Whether two models were right about the same track. */
export interface Pair {
  readonly first: boolean;
  readonly second: boolean;
}

export interface PairedFigures {
  /** Tracks that both models were judged on. */
  readonly n: number;
  /** Share of them that each was right about. */
  readonly accuracy: readonly [first: number, second: number];
  readonly bothRight: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothWrong: number;
  /** Accuracy of the first less that of the second, -1..1, with its 95 % interval (Bonett and Price 2012). */
  readonly difference: number;
  readonly interval: readonly [low: number, high: number];
  /**
   * McNemar's exact test, two-sided: how often tracks that only one was right about would fall so unevenly, or more so, between two models
   * of which neither is better. 1 where there is no such track.
   */
  readonly p: number;
}

/** Compares two models on the same tracks (McNemar 1947). @param pairs at least one */
export function judgePaired(pairs: readonly Pair[]): PairedFigures {
  const n = pairs.length;
  if (n === 0) throw new RangeError('there is no track to compare on');
  const count = (first: boolean, second: boolean): number =>
    pairs.filter((pair) => pair.first === first && pair.second === second).length;
  const [bothRight, onlyFirst, onlySecond] = [count(true, true), count(true, false), count(false, true)];
  return {
    n,
    accuracy: [(bothRight + onlyFirst) / n, (bothRight + onlySecond) / n],
    bothRight,
    onlyFirst,
    onlySecond,
    bothWrong: n - bothRight - onlyFirst - onlySecond,
    difference: (onlyFirst - onlySecond) / n,
    interval: differenceInterval(onlyFirst, onlySecond, n),
    p: exactTest(onlyFirst, onlySecond),
  };
}

/** A Wald interval of the difference of paired proportions, with one track added to each cell that counts. */
function differenceInterval(onlyFirst: number, onlySecond: number, n: number): [number, number] {
  const [first, second] = [(onlyFirst + 1) / (n + 2), (onlySecond + 1) / (n + 2)];
  const centre = first - second;
  const reach = TWO_SIDED_95 * Math.sqrt((first + second - centre ** 2) / (n + 2));
  return [Math.max(-1, centre - reach), Math.min(1, centre + reach)];
}

/** Both tails of a fair coin thrown `a + b` times; summed as logarithms, as the single terms are too small for large counts. */
function exactTest(a: number, b: number): number {
  const throws = a + b;
  let term = -throws * Math.LN2;
  let tail = 0;
  for (let heads = 0; heads <= Math.min(a, b); heads++) {
    tail += Math.exp(term);
    term += Math.log((throws - heads) / (heads + 1));
  }
  return Math.min(1, 2 * tail);
}
