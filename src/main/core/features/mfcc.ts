import type { Spectrogram } from './spectrogram';

export const MFCC_COUNT = 20;

/**
 * Mel-frequency cepstral coefficients as librosa.feature.mfcc: the type-II DCT, orthonormal, over each frame's mel bands in decibels.
 * @param melDecibels [frames, bands]
 * @param which from 1, the first being the DCT's constant term
 * @returns one value a frame
 */
export function mfccCurve({ frames, bins, values }: Spectrogram, which: number): Float64Array {
  const order = which - 1;
  const scale = Math.sqrt((order === 0 ? 1 : 2) / bins);
  const basis = Float64Array.from(
    { length: bins },
    (_, band) => scale * Math.cos((Math.PI * order * (band + 0.5)) / bins),
  );
  return Float64Array.from({ length: frames }, (_, frame) => {
    let sum = 0;
    for (let band = 0; band < bins; band++) sum += basis[band]! * values[frame * bins + band]!;
    return sum;
  });
}
