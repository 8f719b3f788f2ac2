import type { Spectrogram } from './spectrogram';

/** Least energy that is taken to decibels: -100 dB. */
const LEAST = 1e-10;
/** Decibels under the loudest value that are kept. */
const DEPTH = 80;

/**
 * 10 log10 of energies, not lower than 80 dB under the loudest of them: librosa.power_to_db with ref 1, amin 1e-10, top_db 80.
 * @returns values of the same shape; -100 throughout for silence.
 */
export function decibels(energies: Spectrogram): Spectrogram {
  const values = energies.values.map((energy) => 10 * Math.log10(Math.max(LEAST, energy)));
  let loudest = -Infinity;
  for (const value of values) loudest = Math.max(loudest, value);
  const floor = loudest - DEPTH;
  return { ...energies, values: values.map((value) => Math.max(floor, value)) };
}
