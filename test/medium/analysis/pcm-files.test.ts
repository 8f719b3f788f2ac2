import { afterAll, describe, expect, test } from 'vitest';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PcmCoding } from '../../../src/main/adapters/decoders/pcm';
import { createAiffDecoder, createWavDecoder } from '../../../src/main/adapters/decoders/pcm-file';
import type { DecodedAudio } from '../../../src/main/ports';
import { never, temporaryFolder } from '../../builders/analysis';
import { largestDifference } from '../../builders/audio';
import { aiffFile, riffChunk, wavFile, type Signal } from '../../builders/pcm-files';
import { missing } from '../../builders/requirements';

const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Long enough for several reads, and no whole number of them. */
const FRAMES = 70_001;
const signalOf = (channels: number, sampleRate = 44_100): Signal => ({
  samples: Float32Array.from({ length: FRAMES * channels }, (_, i) => 0.9 * Math.sin(i * i * 1e-7 + (i % channels))),
  channels,
  sampleRate,
});
const stereo = signalOf(2);
const meanOf = ({ samples, channels }: Signal): Float32Array =>
  Float32Array.from({ length: samples.length / channels }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += samples[i * channels + c]!;
    return sum / channels;
  });

async function opened(file: Buffer, name: string): Promise<DecodedAudio> {
  const path = join(folder.path, name);
  writeFileSync(path, file);
  const decoder = name.endsWith('.wav') ? createWavDecoder() : createAiffDecoder();
  const audio = await decoder.open(path, name.endsWith('.wav') ? 'wav' : 'aiff', never);
  if (!audio.ok) throw new Error(`${audio.failure.code}: ${audio.failure.message}`);
  return audio.value;
}

async function samplesOf({ chunks }: Pick<DecodedAudio, 'chunks'>): Promise<Float32Array> {
  const all: number[] = [];
  for await (const chunk of chunks) for (const value of chunk) all.push(value);
  return Float32Array.from(all);
}

/** Half a step of each coding; G.711's steps grow with the value, and are 1/32 of full scale at its end. */
const STEPS: Readonly<Record<PcmCoding, number>> = {
  ...{ u8: 2 ** -7, s8: 2 ** -7, alaw: 2 ** -5, mulaw: 2 ** -5, s16: 2 ** -15, s24: 2 ** -23, s32: 2 ** -24 },
  ...{ f32: 1e-7, f64: 1e-7 },
};
const codings = Object.keys(STEPS) as PcmCoding[];

describe('WAV', () => {
  const wavCodings = codings.filter((coding) => coding !== 's8');
  test.each(wavCodings.flatMap((coding) => [1, 2, 6].map((channels) => [coding, channels] as const)))(
    '%s in %i channels',
    async (coding, channels) => {
      const signal = signalOf(channels);
      const audio = await opened(wavFile(signal, coding, { extensible: channels > 2 }), 'sound.wav');
      expect(audio).toMatchObject({ sampleRate: 44_100, declaredSec: FRAMES / 44_100 });
      expect(largestDifference(await samplesOf(audio), meanOf(signal))).toBeLessThanOrEqual(STEPS[coding]);
    },
  );

  const junk = riffChunk('JUNK', Buffer.alloc(3 << 20, 'data'));
  const list = riffChunk('LIST', Buffer.from('INFO-odd!'));
  const bext = riffChunk('bext', Buffer.alloc(602));
  const bytes = FRAMES * 4;
  test.each([
    ['megabytes and odd chunks before the samples', { before: [list, junk, bext], after: [list] }, FRAMES],
    ['RF64', { magic: 'RF64', before: [bext] }, FRAMES],
    ['BW64 with something behind', { magic: 'BW64', after: [list] }, FRAMES],
    ['a stream of unknown length (all ones)', { dataSize: 0xffff_ffff }, null],
    ['a stream of unknown length (0)', { dataSize: 0 }, null],
    ['RF64 whose ds64 promises far too much', { magic: 'RF64', wideSize: 2 ** 52 }, 2 ** 50],
    ['a file that was cut off', { dataSize: 2 * bytes }, 2 * FRAMES],
  ] as const)('%s', async (_, options, declaredFrames) => {
    const audio = await opened(wavFile(stereo, 's16', options), 'odd.wav');
    expect(audio.declaredSec).toBe(declaredFrames === null ? null : declaredFrames / 44_100);
    expect(largestDifference(await samplesOf(audio), meanOf(stereo))).toBeLessThanOrEqual(STEPS.s16);
  });

  test('chunks behind no samples at all are not taken for samples', async () => {
    const audio = await opened(
      wavFile({ ...stereo, samples: new Float32Array(0) }, 's16', { after: [list] }),
      'no.wav',
    );
    expect(await samplesOf(audio)).toHaveLength(0);
  });

  test.each([
    ['ADPCM', (file: Buffer) => file.writeUInt16LE(2, 20)],
    ['no channels', (file: Buffer) => file.writeUInt16LE(0, 22)],
    ['no rate', (file: Buffer) => file.writeUInt32LE(0, 24)],
    ['a format chunk that is too long', (file: Buffer) => file.writeUInt32LE(0x7000_0000, 16)],
  ] as const)('%s is refused with a remedy', async (_, damage) => {
    const file = wavFile(stereo, 's16');
    damage(file);
    await expect(opened(file, 'bad.wav')).rejects.toThrow(/^unsupported-format: .*install ffmpeg/);
  });
});

describe('AIFF', () => {
  const types: [string | undefined, PcmCoding, boolean][] = [
    ...(['s8', 's16', 's24', 's32'] as const).map((coding): [undefined, PcmCoding, boolean] => [
      undefined,
      coding,
      false,
    ]),
    ['NONE', 's16', false],
    ['twos', 's24', false],
    ['sowt', 's16', true],
    ['raw ', 'u8', false],
    ['in24', 's24', false],
    ['in32', 's32', false],
    ['fl32', 'f32', false],
    ['FL32', 'f32', false],
    ['fl64', 'f64', false],
    ['alaw', 'alaw', false],
    ['ulaw', 'mulaw', false],
  ];
  test.each(types)('%s %s', async (type, coding, little) => {
    const file = aiffFile(stereo, coding, little, type === undefined ? {} : { type });
    const audio = await opened(file, 'sound.aiff');
    expect(audio).toMatchObject({ sampleRate: 44_100, declaredSec: FRAMES / 44_100 });
    expect(largestDifference(await samplesOf(audio), meanOf(stereo))).toBeLessThanOrEqual(STEPS[coding]);
  });

  test.each([
    ['the samples before their description', { soundFirst: true }, FRAMES],
    ['bytes to be skipped', { skip: 12 }, FRAMES],
    ['a stream of unknown length', { streamed: true }, null],
  ] as const)('%s', async (_, options, declaredFrames) => {
    const audio = await opened(aiffFile(stereo, 's24', false, options), 'odd.aiff');
    expect(audio.declaredSec).toBe(declaredFrames === null ? null : declaredFrames / 44_100);
    expect(largestDifference(await samplesOf(audio), meanOf(stereo))).toBeLessThanOrEqual(STEPS.s24);
  });

  test.each([8000, 11_025, 22_050, 48_000, 96_000, 192_000])('%i Hz', async (rate) => {
    const audio = await opened(aiffFile(signalOf(1, rate), 's16', false), 'rate.aiff');
    expect(audio.sampleRate).toBe(rate);
    expect(await samplesOf(audio)).toHaveLength(FRAMES);
  });

  test('what is compressed is refused with a remedy', async () => {
    const file = aiffFile(stereo, 's16', false, { type: 'ima4' });
    await expect(opened(file, 'bad.aiff')).rejects.toThrow(/^unsupported-format: .*install ffmpeg/);
  });
});

describe.skipIf(missing('ffmpeg'))('what ffmpeg writes is read as ffmpeg reads it', () => {
  const cases: [string, string, string[]][] = [
    ...['pcm_u8', 'pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_f32le', 'pcm_f64le', 'pcm_alaw', 'pcm_mulaw'].map(
      (codec): [string, string, string[]] => [codec, 'x.wav', []],
    ),
    ['pcm_s24le', 'rf64.wav', ['-rf64', 'always']],
    ['pcm_s16le', 'bext.wav', ['-write_bext', '1', '-metadata', 'description=a session']],
    ...[
      'pcm_s8',
      'pcm_s16be',
      'pcm_s16le',
      'pcm_s24be',
      'pcm_s32be',
      'pcm_f32be',
      'pcm_f64be',
      'pcm_alaw',
      'pcm_mulaw',
    ].map((codec): [string, string, string[]] => [codec, 'x.aiff', []]),
  ];
  test.each(cases)('%s in %s', async (codec, name, options) => {
    const source = join(folder.path, 'source.wav');
    const path = join(folder.path, `${codec}-${name}`);
    writeFileSync(source, wavFile(signalOf(2, 22_050), 'f32'));
    const quiet = ['-y', '-v', 'error'];
    expect(spawnSync('ffmpeg', [...quiet, '-i', source, '-c:a', codec, ...options, path]).status).toBe(0);
    const raw = spawnSync('ffmpeg', [...quiet, '-i', path, '-c:a', 'pcm_f32le', '-f', 'f32le', '-'], {
      maxBuffer: 1e8,
    });
    const interleaved = new Float32Array(Uint8Array.from(raw.stdout).buffer);
    const audio = await opened(readFileSync(path), `again-${name}`);
    const mean = meanOf({ samples: interleaved, channels: 2, sampleRate: 22_050 });
    expect(largestDifference(await samplesOf(audio), mean)).toBeLessThan(1e-7);
  });
});
