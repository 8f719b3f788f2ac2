export type Activation = 'softmax' | 'sigmoid' | 'logits-softmax' | 'logits-sigmoid' | 'none';

/**
 * One window's output as probabilities that sum to 1.
 * @param values [labels] as the graph gave them; @param temperature divides the logits (Guo et al. 2017, "On calibration of
 * modern neural networks"); on probabilities p that is p^(1/T), renormalised. Sigmoid scores are normalised by their sum.
 * @returns null if a value is no finite number.
 */
export function toProbabilities(
  values: ArrayLike<number>,
  activation: Activation,
  temperature: number,
): Float64Array | null {
  const input = toFinite(values);
  if (!input) return null;
  switch (activation) {
    case 'logits-softmax':
      return softmax(input, temperature);
    case 'softmax':
      return sharpen(input, temperature);
    case 'logits-sigmoid':
      return normalise(input.map((logit) => 1 / (1 + Math.exp(-logit / temperature))));
    case 'sigmoid':
      return sharpen(input, temperature);
    case 'none':
      return normalise(input.map((value) => Math.max(0, value)));
  }
}

/**
 * One window's output as independent probabilities, each 0..1, for a vocabulary of which several labels may hold at once.
 * @param values [labels] as the graph gave them; the temperature divides the logits.
 * @returns null if a value is no finite number.
 */
export function toScores(
  values: ArrayLike<number>,
  activation: 'sigmoid' | 'logits-sigmoid',
  temperature: number,
): Float64Array | null {
  const logits = activation === 'sigmoid' ? toBounded(values, 0, 1)?.map(logit) : toFinite(values);
  return logits?.map((value) => 1 / (1 + Math.exp(-value / temperature))) ?? null;
}

/** One window's plain numbers, held within the bounds. @returns null if a value is no finite number. */
export function toBounded(values: ArrayLike<number>, low: number, high: number): Float64Array | null {
  return toFinite(values)?.map((value) => Math.min(high, Math.max(low, value))) ?? null;
}

/** @returns null if a value is no finite number. */
export function toFinite(values: ArrayLike<number>): Float64Array | null {
  const input = Float64Array.from(values);
  return input.every(Number.isFinite) ? input : null;
}

/** Inverse of the logistic function; infinite at 0 and 1, which it maps back. */
const logit = (p: number): number => Math.log(p / (1 - p));

export function softmax(logits: Float64Array, temperature: number): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  return normalise(logits.map((logit) => Math.exp((logit - largest) / temperature)));
}

/** p^(1/T), renormalised: T under 1 makes the largest larger. */
export function sharpen(probabilities: Float64Array, temperature: number): Float64Array {
  const floored = probabilities.map((p) => Math.max(0, p));
  return normalise(temperature === 1 ? floored : floored.map((p) => p ** (1 / temperature)));
}

/** To the sum 1; equal shares where everything is 0. */
function normalise(values: Float64Array): Float64Array {
  const sum = values.reduce((a, b) => a + b, 0);
  return sum > 0 ? values.map((value) => value / sum) : values.map(() => 1 / values.length);
}

/** 0..1 to 0..255, rounded: half a step is 0.002, far under what a model knows. */
export function quantise(probabilities: Float64Array): Uint8Array {
  return Uint8Array.from(probabilities, (p) => Math.round(p * 255));
}
