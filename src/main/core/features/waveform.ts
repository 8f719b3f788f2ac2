/** What counts as zero for its sign. */
const NO_SIGN = 1e-10;

/**
 * Root mean square of each frame (librosa.feature.rms): `length` samples around sample t * hop, zeros beyond both ends.
 * @param samples -1..1. @returns 1 + floor(samples / hop) values, 0..1.
 */
export function rootMeanSquares(samples: Float32Array, length: number, hop: number): Float64Array {
  const sums = runningSums(samples.length, (i) => samples[i]! ** 2);
  return eachFrame(samples.length, length, hop, (from, end) => Math.sqrt((sums[end]! - sums[from]!) / length));
}

/**
 * Share of each frame's samples that have another sign than the one before (librosa.feature.zero_crossing_rate): `length` samples around
 * sample t * hop, the first and the last sample going on beyond the ends. Zero is positive, and so is what lies within 1e-10 of it.
 * @returns 1 + floor(samples / hop) values, 0..1.
 */
export function zeroCrossingRates(samples: Float32Array, length: number, hop: number): Float64Array {
  const negative = (i: number): boolean => samples[i]! < -NO_SIGN;
  const sums = runningSums(samples.length, (i) => (i > 0 && negative(i) !== negative(i - 1) ? 1 : 0));
  // A frame's first sample has none before it.
  return eachFrame(samples.length, length, hop, (from, end) => (sums[end]! - sums[Math.min(end, from + 1)]!) / length);
}

/** Sums of the first 0, 1, 2, …, `count` values. */
function runningSums(count: number, of: (i: number) => number): Float64Array {
  const sums = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) sums[i + 1] = sums[i]! + of(i);
  return sums;
}

/** @param of gets the samples `from` to `end` (not included) that a frame has of the signal. */
function eachFrame(
  samples: number,
  length: number,
  hop: number,
  of: (from: number, end: number) => number,
): Float64Array {
  return Float64Array.from({ length: 1 + Math.floor(samples / hop) }, (_, frame) => {
    const from = Math.max(0, frame * hop - length / 2);
    return of(from, Math.max(from, Math.min(samples, frame * hop + length / 2)));
  });
}
