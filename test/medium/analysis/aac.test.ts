import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAacDecoder, type DecodeAacPiece } from '../../../src/main/adapters/decoders/aac/decoder';
import type { AudioKind, DecodedAudio } from '../../../src/main/ports';
import { ffmpegPieces } from '../../builders/aac-pieces';
import { never, temporaryFolder } from '../../builders/analysis';
import { wavFile } from '../../builders/pcm-files';
import { missing } from '../../builders/requirements';
import { musicLike } from '../../builders/sounds';

const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
afterAll(() => folder.remove());

const SECONDS = 30;
const RATE = 22_050;

async function open(name: string, decode: DecodeAacPiece | null = ffmpegPieces): Promise<DecodedAudio> {
  const kind: AudioKind = name.endsWith('.aac') ? 'aac' : 'mp4';
  const audio = await createAacDecoder(decode).open(file(name), kind, never);
  if (!audio.ok) throw new Error(`${audio.failure.code}: ${audio.failure.message}`);
  return audio.value;
}

async function samplesOf({ chunks }: DecodedAudio): Promise<Float32Array> {
  const all: number[] = [];
  for await (const chunk of chunks) for (const value of chunk) all.push(value);
  return Float32Array.from(all);
}

function byFfmpeg(name: string): Float32Array {
  const options = ['-v', 'error', '-i', file(name), '-c:a', 'pcm_f32le', '-f', 'f32le', '-'];
  return new Float32Array(Uint8Array.from(execFileSync('ffmpeg', options, { maxBuffer: 1e8 })).buffer);
}

const largest = (a: Float32Array, b: Float32Array): number =>
  a.subarray(0, Math.min(a.length, b.length)).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

describe.skipIf(missing('ffmpeg'))('AAC in pieces', () => {
  beforeAll(() => {
    writeFileSync(file('source.wav'), wavFile(musicLike(4, SECONDS, 1, RATE), 's16'));
    // Noise substitution is switched off: what a decoder puts in depends on all that it has decoded before.
    const options = ['-y', '-v', 'error', '-i', file('source.wav'), '-c:a', 'aac', '-aac_pns', '0'];
    for (const name of ['sound.aac', 'sound.m4a']) execFileSync('ffmpeg', [...options, file(name)]);
    const lossless = ['-i', file('source.wav'), '-c:a', 'alac', file('lossless.m4a')];
    execFileSync('ffmpeg', ['-y', '-v', 'error', ...lossless]);
    const fragments = [
      '-i',
      file('sound.m4a'),
      '-c',
      'copy',
      '-movflags',
      'frag_keyframe+empty_moov+default_base_moof',
    ];
    execFileSync('ffmpeg', ['-y', '-v', 'error', ...fragments, file('fragments.m4a')]);
  });

  test('of ADTS fit together as if decoded in one go', async () => {
    let pieces = 0;
    const counted: DecodeAacPiece = (...args) => (pieces++, ffmpegPieces(...args));
    const audio = await open('sound.aac', counted);
    expect(audio).toMatchObject({ sampleRate: RATE, declaredSec: null });
    const [ours, theirs] = [await samplesOf(audio), byFfmpeg('sound.aac')];
    expect(pieces).toBeGreaterThan(1);
    expect(ours).toHaveLength(theirs.length);
    expect(largest(ours, theirs)).toBeLessThan(1e-6);
    expect(audio.warnings).toEqual([]);
  });

  test('of MP4 give the sound without what the encoder put around it, by the edit list', async () => {
    const audio = await open('sound.m4a');
    expect(audio.declaredSec).toBeCloseTo(SECONDS, 3);
    const ours = await samplesOf(audio);
    expect(Math.abs(ours.length - SECONDS * RATE)).toBeLessThanOrEqual(RATE / 1000);
    expect(largest(ours, byFfmpeg('sound.m4a'))).toBeLessThan(1e-6);
  });

  test('without an edit list, the comment of iTunes says it', async () => {
    const bytes = readFileSync(file('sound.m4a'));
    // The list's box becomes free space, and the encoder's name the comment, in as many bytes.
    bytes.write('free', bytes.indexOf('edts'), 'latin1');
    writeFileSync(file('no-list.m4a'), bytes);
    const whole = await samplesOf(await open('no-list.m4a'));
    const ours = await samplesOf(await open('sound.m4a'));
    expect(whole.length).toBeGreaterThan(ours.length + 1024);
    const text = ` 00000000 00000400 00000000 ${(600_000).toString(16).toUpperCase().padStart(16, '0')}`;
    writeFileSync(file('itunes.m4a'), withComment(bytes, text));
    const itunes = await samplesOf(await open('itunes.m4a'));
    expect(itunes).toHaveLength(600_000);
    expect(largest(itunes, ours)).toBeLessThan(1e-6);
  });

  test('what can’t be decoded of them is left out with a warning', async () => {
    let piece = 0;
    const failing: DecodeAacPiece = (...args) => (piece++ === 1 ? Promise.resolve(null) : ffmpegPieces(...args));
    const audio = await open('sound.aac', failing);
    const samples = await samplesOf(audio);
    expect(samples.length).toBeLessThan(SECONDS * RATE);
    expect(samples.length).toBeGreaterThan(RATE);
    expect(audio.warnings.join()).toMatch(/could not be decoded and were left out/);
    await expect(open('sound.aac', () => Promise.resolve(null))).rejects.toThrow(/^decode-failed: .*install ffmpeg/);
  });

  test('what is not for Chromium names the remedy', async () => {
    await expect(open('lossless.m4a')).rejects.toThrow(/^decoder-missing: .*Apple Lossless.*install ffmpeg/);
    await expect(open('fragments.m4a')).rejects.toThrow(/^decoder-missing: .*fragments.*install ffmpeg/);
    await expect(open('sound.m4a', null)).rejects.toThrow(/^decoder-missing: .*install ffmpeg/);
  });
});

/** An MP4 file (its description last) with a comment of iTunes as its only tag, in place of what `udta` held. */
function withComment(bytes: Buffer, text: string): Buffer {
  const box = (type: string, ...content: Buffer[]): Buffer => {
    const head = Buffer.alloc(8, type.padStart(8, '\0'), 'latin1');
    head.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0), 0);
    return Buffer.concat([head, ...content]);
  };
  const full = (type: string, content: string): Buffer => box(type, Buffer.alloc(4), Buffer.from(content, 'latin1'));
  const item = box('----', full('mean', 'com.apple.iTunes'), full('name', 'iTunSMPB'), full('data', `\0\0\0\0${text}`));
  const udta = box('udta', box('meta', Buffer.alloc(4), box('ilst', item)));
  const from = bytes.lastIndexOf('udta') - 4;
  const moov = bytes.lastIndexOf('moov') - 4;
  const result = Buffer.concat([bytes.subarray(0, from), udta]);
  result.writeUInt32BE(result.length - moov, moov);
  return result;
}
