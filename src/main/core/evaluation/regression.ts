/** How numbers heard compare with numbers labelled. */
export interface RegressionFigures {
  readonly n: number;
  /** Pearson's correlation, -1..1; null where either side is constant. */
  readonly pearson: number | null;
  /** Coefficient of determination: 1 is perfect, 0 no better than the labels' mean; null where the labels are constant. */
  readonly r2: number | null;
  /** Root mean squared error, in the labels' unit. */
  readonly rmse: number;
}

/** @param pairs at least one */
export function judgeRegression(
  pairs: readonly { readonly truth: number; readonly heard: number }[],
): RegressionFigures {
  if (pairs.length === 0) throw new RangeError('there is no pair to judge');
  const truth = centred(pairs.map((pair) => pair.truth));
  const heard = centred(pairs.map((pair) => pair.heard));
  const squaredError = dot(
    pairs.map((pair) => pair.truth - pair.heard),
    pairs.map((pair) => pair.truth - pair.heard),
  );
  const [truthSpread, heardSpread] = [dot(truth, truth), dot(heard, heard)];
  return {
    n: pairs.length,
    pearson: truthSpread > 0 && heardSpread > 0 ? dot(truth, heard) / Math.sqrt(truthSpread * heardSpread) : null,
    r2: truthSpread > 0 ? 1 - squaredError / truthSpread : null,
    rmse: Math.sqrt(squaredError / pairs.length),
  };
}

function centred(values: readonly number[]): number[] {
  // A constant is exactly centred at 0, whatever the rounding of its mean.
  if (values.every((value) => value === values[0])) return values.map(() => 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

const dot = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((sum, value, i) => sum + value * right[i]!, 0);
