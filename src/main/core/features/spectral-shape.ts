import type { Spectrogram } from './spectrogram';

/** Share of a frame's magnitudes that lies under the roll-off. */
const ROLL_OFF_SHARE = 0.85;
/** Least power that counts for flatness. */
const LEAST_POWER = 1e-10;

/** The mean frequency of each frame in Hz, weighted by magnitude (librosa.feature.spectral_centroid); 0 for silence. */
export function centroids(magnitudes: Spectrogram, sampleRate: number): Float64Array {
  const step = binWidth(magnitudes, sampleRate);
  return eachFrame(magnitudes, (values, from, bins) => step * meanBin(values, from, bins).mean);
}

/** The spread of each frame around its centroid in Hz, weighted by magnitude (librosa.feature.spectral_bandwidth, p = 2); 0 for silence. */
export function bandwidths(magnitudes: Spectrogram, sampleRate: number): Float64Array {
  const step = binWidth(magnitudes, sampleRate);
  return eachFrame(magnitudes, (values, from, bins) => {
    const { sum, mean } = meanBin(values, from, bins);
    if (sum === 0) return 0;
    let spread = 0;
    for (let bin = 0; bin < bins; bin++) spread += values[from + bin]! * (bin - mean) ** 2;
    return step * Math.sqrt(spread / sum);
  });
}

/** The lowest bin of each frame, in Hz, up to which 85 % of its magnitudes lie (librosa.feature.spectral_rolloff); 0 for silence. */
export function rollOffs(magnitudes: Spectrogram, sampleRate: number): Float64Array {
  const step = binWidth(magnitudes, sampleRate);
  return eachFrame(magnitudes, (values, from, bins) => {
    let total = 0;
    for (let bin = 0; bin < bins; bin++) total += values[from + bin]!;
    let [bin, sum] = [0, values[from]!];
    while (bin < bins - 1 && sum < ROLL_OFF_SHARE * total) sum += values[from + ++bin]!;
    return step * bin;
  });
}

/**
 * Geometric over arithmetic mean of each frame's powers, 0..1 (librosa.feature.spectral_flatness; Dubnov 2004): near 0 for tones, about
 * 0.56 for white noise, 1 for silence, whose powers all count as 1e-10.
 */
export function flatnesses(powers: Spectrogram): Float64Array {
  return eachFrame(powers, (values, from, bins) => {
    let [sum, logarithms] = [0, 0];
    for (let bin = 0; bin < bins; bin++) {
      const power = Math.max(LEAST_POWER, values[from + bin]!);
      sum += power;
      logarithms += Math.log(power);
    }
    return Math.exp(logarithms / bins) / (sum / bins);
  });
}

/** The mean of a frame's bins weighted by magnitude, and the sum of its magnitudes; both 0 for silence. */
function meanBin(values: Float32Array, from: number, bins: number): { sum: number; mean: number } {
  let [sum, moment] = [0, 0];
  for (let bin = 0; bin < bins; bin++) {
    sum += values[from + bin]!;
    moment += bin * values[from + bin]!;
  }
  return { sum, mean: sum > 0 ? moment / sum : 0 };
}

const binWidth = ({ bins }: Spectrogram, sampleRate: number): number => sampleRate / (2 * (bins - 1));

function eachFrame(
  { frames, bins, values }: Spectrogram,
  of: (values: Float32Array, from: number, bins: number) => number,
): Float64Array {
  return Float64Array.from({ length: frames }, (_, frame) => of(values, frame * bins, bins));
}
