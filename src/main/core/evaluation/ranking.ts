/** One thing ranked by a score, and whether it is what was looked for. */
export interface Scored {
  readonly score: number;
  readonly isPositive: boolean;
}

/**
 * Area under the ROC curve: the probability that a positive is scored above a negative, a tie counting half (the Mann-Whitney
 * statistic). 0.5 is chance. Null without a positive or without a negative.
 *
 * Fawcett: An introduction to ROC analysis, Pattern Recognition Letters 2006.
 */
export function areaUnderRoc(list: readonly Scored[]): number | null {
  const positives = list.filter(({ isPositive }) => isPositive).length;
  const negatives = list.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let below = 0;
  let wins = 0;
  for (const { positive, negative } of tiesAscending(list)) {
    wins += positive * (below + negative / 2);
    below += negative;
  }
  return wins / (positives * negatives);
}

/**
 * Average precision: the mean of the precisions at the ranks of the positives, where what ties is taken in at once. The share
 * of positives is chance. Null without a positive.
 *
 * Manning, Raghavan, Schütze: Introduction to Information Retrieval, 2008, section 8.4.
 */
export function averagePrecision(list: readonly Scored[]): number | null {
  const positives = list.filter(({ isPositive }) => isPositive).length;
  if (positives === 0) return null;
  let found = 0;
  let taken = 0;
  let sum = 0;
  for (const { positive, negative } of tiesAscending(list).reverse()) {
    found += positive;
    taken += positive + negative;
    sum += (positive * found) / taken;
  }
  return sum / positives;
}

/** How many positives and negatives share each score, lowest score first. */
function tiesAscending(list: readonly Scored[]): { positive: number; negative: number }[] {
  const ties = new Map<number, { positive: number; negative: number }>();
  for (const { score, isPositive } of list) {
    const tie = ties.get(score) ?? { positive: 0, negative: 0 };
    tie[isPositive ? 'positive' : 'negative']++;
    ties.set(score, tie);
  }
  return [...ties].sort(([a], [b]) => a - b).map(([, tie]) => tie);
}
