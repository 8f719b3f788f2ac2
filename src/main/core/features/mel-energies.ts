import { melBands } from '../dsp/mel-filters';
import type { Spectrogram } from './spectrogram';

/** Bands under librosa's MFCC and onset strength. */
const BANDS = 128;

/** librosa.feature.melspectrogram of a power spectrum at its defaults: 128 bands, 0 Hz to half the rate, Slaney's scale and norm. */
export function melEnergies({ frames, bins, values }: Spectrogram, sampleRate: number): Spectrogram {
  const bands = melBands({
    sampleRate,
    nFft: 2 * (bins - 1),
    nMels: BANDS,
    fMin: 0,
    fMax: sampleRate / 2,
    melScale: 'slaney',
    melNorm: 'slaney',
  });
  const energies = new Float32Array(frames * BANDS);
  bands.forEach(({ firstBin, weights }, band) => {
    for (let frame = 0; frame < frames; frame++) {
      const from = frame * bins + firstBin;
      let energy = 0;
      for (let i = 0; i < weights.length; i++) energy += weights[i]! * values[from + i]!;
      energies[frame * BANDS + band] = energy;
    }
  });
  return { frames, bins: BANDS, values: energies };
}
