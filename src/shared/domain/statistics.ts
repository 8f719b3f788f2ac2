/** The two-sided normal quantile of 95%. */
const Z = 1.959964;

/**
 * The interval in which a proportion lies with 95% confidence when `hits` of `trials` were seen (Wilson 1927): it stays within
 * 0..1 and is of use for few trials too.
 *
 * @param trials at least 1
 * @returns lower and upper end, each 0..1
 */
export function wilsonInterval(hits: number, trials: number): [low: number, high: number] {
  const share = hits / trials;
  const centre = share + Z ** 2 / (2 * trials);
  const reach = Z * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2));
  const scale = 1 + Z ** 2 / trials;
  return [Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale)];
}
