/**
 * Round numbers along an axis: steps of 1, 2 or 5 times a power of ten, so that there are about `count` of them from `low` to `high`.
 *
 * @returns ascending, at least one; the first is not above `low` and the last not below `high`
 */
export function niceTicks(low: number, high: number, count = 5): number[] {
  const span = high > low ? high - low : Math.abs(high) || 1;
  const step = niceStep(span / count);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  // A product of whole steps, rounded, so that 0.1 + 0.2 stays 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((each) => each * power >= rough * (1 - 1e-9));
  return (factor ?? 10) * power;
}
