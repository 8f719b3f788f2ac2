/**
 * A streaming first-order high-pass, y[t] = x[t + 1] - coefficient x[t]: speech front ends lift the treble so before the
 * spectrum. The result is one sample shorter than the signal and half a sample early, as Kaldi-like front ends have it that
 * convolve with [-coefficient, 1] and keep what is complete.
 *
 * @param coefficient 0..1; 0 leaves the signal alone, all samples of it.
 * @returns a function that takes the next chunk and gives its part of the result, in an array of the caller's own.
 */
export function createPreEmphasis(coefficient: number): (chunk: Float32Array) => Float32Array {
  if (coefficient === 0) return (chunk) => chunk;
  let last: number | null = null;
  return (chunk) => {
    if (chunk.length === 0) return chunk;
    const skipped = last === null ? 1 : 0;
    const result = new Float32Array(chunk.length - skipped);
    for (let i = 0; i < result.length; i++) {
      const before = i + skipped === 0 ? last! : chunk[i + skipped - 1]!;
      result[i] = chunk[i + skipped]! - coefficient * before;
    }
    last = chunk.at(-1)!;
    return result;
  };
}
