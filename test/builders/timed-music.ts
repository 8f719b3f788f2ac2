import { noise, writeWav } from './sounds';

/** Notes a second; each has its own pitch, so that a place in the music can't be taken for another. */
const NOTES = 8;

/**
 * A WAV file of notes whose pitches never repeat in order, over a little noise: what a decoder gives of a part tells where the part lies, to the
 * sample.
 */
export function writeTimedMusic(path: string, seconds: number, sampleRate: number): void {
  const pick = noise(11);
  const pitches = Array.from({ length: Math.ceil(seconds * NOTES) + 1 }, () => 300 + 1500 * Math.abs(pick(0)));
  const hiss = noise(5);
  const sound = (t: number): number => {
    const note = Math.floor(t * NOTES);
    const since = t - note / NOTES;
    return 0.5 * Math.exp(-6 * since) * Math.sin(2 * Math.PI * pitches[note]! * since) + 0.02 * hiss(t);
  };
  writeWav(path, sound, seconds, sampleRate);
}
