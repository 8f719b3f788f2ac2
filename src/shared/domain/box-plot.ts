/** The box and whiskers of a set of numbers (Tukey 1977, "Exploratory Data Analysis"). */
export interface Box {
  readonly count: number;
  readonly mean: number;
  readonly quartiles: readonly [lower: number, median: number, upper: number];
  /** The least and greatest values that lie within 1.5 times the height of the box (the interquartile range) of it. */
  readonly whiskers: readonly [low: number, high: number];
  /** What lies beyond the whiskers, ascending. */
  readonly outliers: readonly number[];
}

/** How far from the box whiskers may reach, in heights of it. */
const REACH = 1.5;

/**
 * Quartiles are interpolated between the values around them (type 7 of Hyndman and Fan 1996), as numpy, R and matplotlib have them by default.
 *
 * @param values finite, in any order
 * @returns null where there are none
 */
export function boxOf(values: readonly number[]): Box | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const quartiles = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)] as const;
  const reach = REACH * (quartiles[2] - quartiles[0]);
  const within = (value: number): boolean => value >= quartiles[0] - reach && value <= quartiles[2] + reach;
  return {
    count: values.length,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    quartiles,
    // Where the value nearest to the box is an outlier, there is no whisker on that side.
    whiskers: [Math.min(quartiles[0], sorted.find(within)!), Math.max(quartiles[2], sorted.findLast(within)!)],
    outliers: sorted.filter((value) => !within(value)),
  };
}

/** @param sorted ascending, at least one; @param share 0..1 */
export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}
