export interface Decibels {
  /** 10 for powers; 20 on powers counts each decibel twice, as some published pictures do. */
  readonly factor: 10 | 20;
  /** Decibels below the strongest that are told apart. */
  readonly range: number;
}

/**
 * Turns energies to levels: max(factor log10(energy / strongest), -range), laid on 0..1. Where nothing is strong, all is 0.
 * @param energies not negative; overwritten.
 * @param steps how many levels are told apart, as an 8-bit picture's 256: min(steps - 1, floor(steps level)) / (steps - 1). All where absent.
 */
export function toLevels(energies: Float32Array, strongest: number, { factor, range }: Decibels, steps?: number): void {
  if (!(strongest > 0)) {
    energies.fill(0);
    return;
  }
  const reference = factor * Math.log10(strongest);
  for (let i = 0; i < energies.length; i++) {
    const below = Math.max(factor * Math.log10(energies[i]!) - reference, -range);
    const level = (below + range) / range;
    energies[i] = steps === undefined ? level : Math.min(steps - 1, Math.floor(steps * level)) / (steps - 1);
  }
}

export function largestOf(values: Float32Array): number {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}
