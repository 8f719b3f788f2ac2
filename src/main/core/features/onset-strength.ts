import type { Spectrogram } from './spectrogram';

/**
 * Spectral flux as librosa.onset.onset_strength gives it at its defaults (after Boeck and Widmer 2013): how much the mel bands, in decibels,
 * rise from one frame to the next, falls counting as 0, averaged over the bands. It is moved by half a transform, since a frame hears an onset
 * before its middle comes to it; the frames before are 0.
 *
 * @param melDecibels [frames, bands]
 * @returns a value a frame, 0 or more, in dB
 */
export function onsetStrengths({ frames, bins, values }: Spectrogram, nFft: number, hop: number): Float64Array {
  const strengths = new Float64Array(frames);
  const shift = Math.floor(nFft / (2 * hop));
  for (let frame = 1; frame + shift < frames; frame++) {
    let rise = 0;
    for (let i = frame * bins; i < (frame + 1) * bins; i++) rise += Math.max(0, values[i]! - values[i - bins]!);
    strengths[frame + shift] = rise / bins;
  }
  return strengths;
}
