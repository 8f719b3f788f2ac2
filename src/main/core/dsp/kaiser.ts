/**
 * Modified Bessel function of the first kind, order zero, by its power series (Abramowitz and Stegun 1964, 9.6.12).
 * Converges to double precision for the arguments used here (|x| up to 30).
 */
export function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

/**
 * The Kaiser window (Kaiser 1974) as a function of continuous position.
 * @param position -1..1 across the window, 0 at its middle; outside of that the window is 0.
 * @param beta shape: side lobes fall and the main lobe widens as it grows.
 */
export function kaiser(position: number, beta: number): number {
  const inside = 1 - position * position;
  return inside < 0 ? 0 : besselI0(beta * Math.sqrt(inside)) / besselI0(beta);
}

/** sin(pi x) / (pi x), 1 at 0. */
export function sinc(x: number): number {
  if (x === 0) return 1;
  const angle = Math.PI * x;
  return Math.sin(angle) / angle;
}
