import { chroma } from './chroma';
import { decibels } from './loudness';
import { melEnergies } from './mel-energies';
import { MFCC_COUNT, mfccCurve } from './mfcc';
import { onsetStrengths } from './onset-strength';
import { bandwidths, centroids, flatnesses, rollOffs } from './spectral-shape';
import { powerSpectrogram, squareRoots, type Spectrogram } from './spectrogram';
import { tempo } from './tempo';
import { rootMeanSquares, zeroCrossingRates } from './waveform';

/** A window of samples and what its curves are worked out from; each part is made when it is first asked for. */
export class Sound {
  private readonly made = new Map<string, unknown>();

  constructor(
    readonly samples: Float32Array,
    readonly sampleRate: number,
    readonly nFft: number,
    readonly hop: number,
  ) {}

  get powers(): Spectrogram {
    return this.once('powers', () => powerSpectrogram(this.samples, this.nFft, this.hop));
  }

  get magnitudes(): Spectrogram {
    return this.once('magnitudes', () => squareRoots(this.powers));
  }

  get melDecibels(): Spectrogram {
    return this.once('mel', () => decibels(melEnergies(this.powers, this.sampleRate)));
  }

  get onsets(): Float64Array {
    return this.once('onsets', () => onsetStrengths(this.melDecibels, this.nFft, this.hop));
  }

  get tempo(): number {
    return tempo(this.onsets, this.sampleRate / this.hop);
  }

  private once<T>(name: string, make: () => T): T {
    if (!this.made.has(name)) this.made.set(name, make());
    return this.made.get(name) as T;
  }
}

/** The curves over time by the names that the columns begin with; chroma's twelve values a frame are one curve. */
export const CURVES: Readonly<Record<string, (sound: Sound) => Float64Array>> = {
  chroma_stft: (sound) => chroma(sound.powers, sound.sampleRate),
  rms: ({ samples, nFft, hop }) => rootMeanSquares(samples, nFft, hop),
  spectral_centroid: (sound) => centroids(sound.magnitudes, sound.sampleRate),
  spectral_bandwidth: (sound) => bandwidths(sound.magnitudes, sound.sampleRate),
  rolloff: (sound) => rollOffs(sound.magnitudes, sound.sampleRate),
  zero_crossing_rate: ({ samples, nFft, hop }) => zeroCrossingRates(samples, nFft, hop),
  spectral_flux: (sound) => sound.onsets,
  spectral_flatness: (sound) => flatnesses(sound.powers),
  ...Object.fromEntries(
    Array.from({ length: MFCC_COUNT }, (_, i) => [
      `mfcc${i + 1}`,
      (sound: Sound) => mfccCurve(sound.melDecibels, i + 1),
    ]),
  ),
};
