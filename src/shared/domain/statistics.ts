/** The two-sided normal quantile of 95%. */
export const TWO_SIDED_95 = 1.959964;

/**
 * The interval in which a proportion lies when `hits` of `trials` were seen (Wilson 1927): it stays within 0..1 and is of use
 * for few trials too.
 *
 * @param trials at least 1
 * @param z the normal quantile of the confidence wanted; 95%, two-sided, where it is left out
 * @returns lower and upper end, each 0..1
 */
export function wilsonInterval(hits: number, trials: number, z = TWO_SIDED_95): [low: number, high: number] {
  const share = hits / trials;
  const centre = share + z ** 2 / (2 * trials);
  const reach = z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2));
  const scale = 1 + z ** 2 / trials;
  return [Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale)];
}
