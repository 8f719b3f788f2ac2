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
  const input = Float64Array.from(values);
  if (!input.every(Number.isFinite)) return null;
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
