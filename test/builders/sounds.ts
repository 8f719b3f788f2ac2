import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** Samples -1..1 of a sound, from time in seconds. */
export type Sound = (time: number) => number;

export const tone =
  (hertz: number): Sound =>
  (time) =>
    0.4 * Math.sin(2 * Math.PI * hertz * time);

/** The same noise each time (mulberry32), so that what is tested does not depend on luck. */
export function noise(seed: number): Sound {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** Writes a 16-bit mono PCM WAV file (RIFF, WAVE_FORMAT_PCM). */
export function writeWav(path: string, sound: Sound, seconds: number, sampleRate = 16_000): void {
  const samples = Math.round(seconds * sampleRate);
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let index = 0; index < samples; index++)
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sound(index / sampleRate))) * 32_767), 44 + index * 2);
  writeFileSync(path, file);
}

/** Turns a sound file into another format with the ffmpeg command, named by the target's suffix. */
export function convert(from: string, to: string, ...tags: string[]): void {
  const metadata = tags.flatMap((tag) => ['-metadata', tag]);
  const { status, stderr } = spawnSync('ffmpeg', ['-y', '-loglevel', 'error', '-i', from, ...metadata, to]);
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr.toString()}`);
}

/**
 * Some seconds of what a song might be to a front end: chords that change, a bass, a drum of noise, in channels that differ; the same
 * for the same seed.
 * @returns interleaved samples within -0.9..0.9.
 */
export function musicLike(
  seed: number,
  seconds: number,
  channels: number,
  sampleRate: number,
): { samples: Float32Array; channels: number; sampleRate: number } {
  const hiss = noise(seed + 1);
  const frames = Math.round(seconds * sampleRate);
  const samples = new Float32Array(frames * channels);
  for (let i = 0; i < frames; i++) {
    const time = i / sampleRate;
    const root = 110 * 2 ** (((Math.floor(time) * (seed + 5)) % 12) / 12);
    const beat = (time * 2) % 1;
    const drum = hiss(0) * Math.exp(-beat * 18) * 0.35;
    for (let c = 0; c < channels; c++) {
      const chord = [1, 1.26, 1.5, 2.01].map((step, k) => Math.sin(2 * Math.PI * root * step * time + c * k));
      const tones = chord.reduce((sum, tone) => sum + tone, 0) * 0.08;
      samples[i * channels + c] = tones + 0.15 * Math.sin(Math.PI * root * time) + drum * (c % 2 === 0 ? 1 : 0.6);
    }
  }
  return { samples, channels, sampleRate };
}
