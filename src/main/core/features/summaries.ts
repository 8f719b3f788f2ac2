/** What a curve is summed up by, in the order in which the columns of a curve are listed. */
export const SUMMARIES = ['mean', 'var', 'std', 'min', 'max', 'skew', 'kurtosis'] as const;
export type Summary = (typeof SUMMARIES)[number];

/** Relative to the mean: numpy.finfo(float).resolution. */
const ROUNDING = 1e-15;

/**
 * Statistics of a curve as numpy and scipy.stats give them by default: those of a population (divided by the number of values), Fisher's
 * skewness m3 / m2^(3/2) and excess kurtosis m4 / m2^2 - 3 without correction for bias. Where all values are the same up to rounding scipy
 * gives NaN for these two; here they are 0.
 *
 * @param values at least one
 */
export function summarise(values: ArrayLike<number>): Readonly<Record<Summary, number>> {
  const count = values.length;
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    // Against the first value, so that the mean of equal values is that value and nothing is left to rounding.
    sum += value - values[0]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = values[0]! + sum / count;
  let [second, third, fourth] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const off = values[i]! - mean;
    const square = off * off;
    second += square;
    third += square * off;
    fourth += square * square;
  }
  const variance = second / count;
  // As scipy.stats tells values that differ by rounding alone.
  const same = variance <= (ROUNDING * mean) ** 2;
  return {
    mean,
    var: variance,
    std: Math.sqrt(variance),
    min,
    max,
    skew: same ? 0 : third / count / variance ** 1.5,
    kurtosis: same ? 0 : fourth / count / variance ** 2 - 3,
  };
}
