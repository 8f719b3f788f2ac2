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
