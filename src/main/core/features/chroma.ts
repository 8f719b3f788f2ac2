import type { Spectrogram } from './spectrogram';
import { estimateTuning } from './tuning';

const CLASSES = 12;
/** Octaves above A0 at which the bank weighs most, and standard deviation of that weight in octaves. */
const CENTRE_OCTAVE = 5;
const OCTAVE_WIDTH = 2;
/** The bank is made from A on and told from C on. */
const A_TO_C = 3;

/**
 * Energy in the twelve pitch classes, C first, each frame divided by its greatest: librosa.feature.chroma_stft with its
 * tuning estimate and its bank (Ellis 2007, "Chroma feature analysis and synthesis").
 *
 * @param powers a power spectrum
 * @returns [frames, 12], 0..1; 0 for silence
 */
export function chroma(powers: Spectrogram, sampleRate: number): Float64Array {
  const { frames, bins, values } = powers;
  const bank = chromaBank(bins, sampleRate, estimateTuning(powers, sampleRate));
  const classes = new Float64Array(frames * CLASSES);
  for (let frame = 0; frame < frames; frame++) {
    const row = values.subarray(frame * bins, (frame + 1) * bins);
    const energies = bank.map((weights) => {
      let energy = 0;
      for (let bin = 0; bin < bins; bin++) energy += weights[bin]! * row[bin]!;
      return energy;
    });
    const greatest = Math.max(...energies);
    if (greatest > 0)
      classes.set(
        energies.map((energy) => energy / greatest),
        frame * CLASSES,
      );
  }
  return classes;
}

/**
 * librosa.filters.chroma at its defaults: of each bin a bump over the classes around its pitch, as wide as a semitone or as the bin where that is
 * wider, of Euclidean norm 1, times a bump over the octaves.
 * @returns the weights of the bins for each class, C first
 */
function chromaBank(bins: number, sampleRate: number, tuning: number): Float32Array[] {
  const pitches = binPitches(bins + 1, sampleRate / (2 * (bins - 1)), tuning);
  const bank = Array.from({ length: CLASSES }, () => new Float32Array(bins));
  for (let bin = 0; bin < bins; bin++) {
    const pitch = pitches[bin]!;
    const width = Math.max(pitches[bin + 1]! - pitch, 1);
    const bumps = bank.map((_, from) => Math.exp(-0.5 * ((2 * circular(pitch - from)) / width) ** 2));
    const octave = Math.exp(-0.5 * ((pitch / CLASSES - CENTRE_OCTAVE) / OCTAVE_WIDTH) ** 2);
    const scale = octave / Math.hypot(...bumps);
    bumps.forEach((bump, from) => {
      bank[(from + CLASSES - A_TO_C) % CLASSES]![bin] = bump * scale;
    });
  }
  return bank;
}

/** Semitones of bins 0, 1, … above A0 as it is tuned; bin 0 lies one and a half octaves under bin 1. */
function binPitches(count: number, step: number, tuning: number): number[] {
  const a0 = 27.5 * 2 ** (tuning / CLASSES);
  const pitches = Array.from({ length: count }, (_, bin) => CLASSES * Math.log2((bin * step) / a0));
  pitches[0] = pitches[1]! - 1.5 * CLASSES;
  return pitches;
}

/** A distance in semitones brought to -6..6 by whole octaves. */
const circular = (semitones: number): number => {
  const half = CLASSES / 2;
  return semitones + half - CLASSES * Math.floor((semitones + half) / CLASSES) - half;
};
