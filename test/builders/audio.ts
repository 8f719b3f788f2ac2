import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './requirements';

/** A small model of genre and mood with random weights: its verdicts mean nothing, but they depend on the audio. */
export const tinyModel = join(repositoryRoot, 'test/fixtures/analysis/tiny-model');

/** A copy of the tiny model with its manifest changed; the hash in it is left as it is. */
export function alteredModel(folder: string, change: (manifest: Record<string, unknown>) => void): string {
  mkdirSync(folder, { recursive: true });
  for (const file of ['model.onnx', 'model.json']) cpSync(join(tinyModel, file), join(folder, file));
  const manifest = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as Record<string, unknown>;
  change(manifest);
  writeFileSync(join(folder, 'model.json'), JSON.stringify(manifest));
  return folder;
}

/** The tiny model with all outputs that a model may have; low tones are music to it, high ones speech, silence neither. */
export function wholeModel(folder: string): string {
  const text = readFileSync(join(tinyModel, 'further-outputs.json'), 'utf8');
  return alteredModel(folder, (manifest) => {
    (manifest['outputs'] as unknown[]).push(...(JSON.parse(text) as unknown[]));
  });
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The test signal of test/golden/analysis/make.py, sample for sample. */
export function goldenSignal(samples: number, rate: number): Float32Array {
  let state = 12_345;
  return Float32Array.from({ length: samples }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const noise = state / 2 ** 31 - 1;
    const t = i / rate;
    const tone = 0.4 * Math.cos(2 * Math.PI * (100 * t + 1500 * t * t)) + 0.1 * Math.cos(2 * Math.PI * 0.21 * rate * t);
    return (t < 0.7 ? tone : 0) + (t < 0.5 ? 0.3 : 0.001) * noise;
  });
}

/** The little-endian floats of a golden file. */
export function goldenFloats(name: string): Float32Array {
  const bytes = readFileSync(join(repositoryRoot, 'test/golden/analysis', name));
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

/** Feeds a signal in chunks of the given lengths (repeated) and joins what comes out. */
export function streamed(
  stream: { push(chunk: Float32Array): Float32Array; flush(): Float32Array },
  signal: Float32Array,
  lengths: readonly number[],
): Float32Array {
  const parts: Float32Array[] = [];
  for (let from = 0, i = 0; from < signal.length; i++) {
    const length = lengths[i % lengths.length]!;
    parts.push(stream.push(signal.subarray(from, from + length)).slice());
    from += length;
  }
  parts.push(stream.flush().slice());
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => {
    joined.set(part, at);
    return at + part.length;
  }, 0);
  return joined;
}

/** Encodes a sound file with the ffmpeg command; the target's suffix and the options say how. */
export function encode(from: string, to: string, ...options: string[]): void {
  const { status, stderr } = spawnSync('ffmpeg', ['-y', '-loglevel', 'error', '-i', from, ...options, to]);
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr.toString()}`);
}
