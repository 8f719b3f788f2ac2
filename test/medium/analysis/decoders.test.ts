import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { createDecoders, findDecoders, type DecoderSet } from '../../../src/main/adapters/decoders';
import { decodeTrack, type DecodedTrack } from '../../../src/main/analysis/decode-track';
import { melFraming } from '../../../src/main/core/inputs/mel';
import { DEFAULT_MEL } from '../../../src/main/analysis/features';
import { codeOf, never, temporaryFolder, watchedAnalysis } from '../../builders/analysis';
import { encode, tinyModel } from '../../builders/audio';
import { missing, sharedFolder } from '../../builders/requirements';
import { noise, writeWav } from '../../builders/sounds';

/** Mean difference of log10(1 + 10000 x) between decoders; the values reach from 0 to about 6. */
const TOLERANCE = 1e-3;
/** The same numbers; what float sums round is less. */
const LOSSLESS = 1e-7;

const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
afterAll(() => folder.remove());

interface Decoded extends DecodedTrack {
  readonly mel: Float32Array;
}

async function decode(path: string, decoders: DecoderSet): Promise<Decoded> {
  const parts: number[] = [];
  const track = await decodeTrack(path, decoders, melFraming(DEFAULT_MEL), never, (frames) => {
    for (const value of frames) parts.push(value);
  });
  return { ...track, mel: Float32Array.from(parts) };
}

const meanDifference = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / length;
};

describe.skipIf(missing('ffmpeg'))('the ffmpeg command and the built-in decoders agree', () => {
  let ffmpeg: DecoderSet;
  let builtIn: DecoderSet;

  beforeAll(async () => {
    const hiss = noise(3);
    writeWav(file('sound.wav'), (t) => 0.3 * Math.sin(2 * Math.PI * (200 + 300 * t) * t) + 0.05 * hiss(t), 8, 44_100);
    const found = await findDecoders({ PATH: process.env['PATH'] });
    ffmpeg = createDecoders({ ...found, forced: 'ffmpeg' });
    builtIn = createDecoders({ ...found, forced: 'wasm' });
  });

  const formats: [string, string[], number][] = [
    ['sound.wav', [], LOSSLESS],
    ['24bit.wav', ['-c:a', 'pcm_s24le', '-ac', '2'], LOSSLESS],
    ['float.wav', ['-c:a', 'pcm_f32le', '-ar', '48000'], LOSSLESS],
    ['stereo.flac', ['-af', 'aeval=val(0)|0.5*val(0)'], LOSSLESS],
    ['mono.flac', [], LOSSLESS],
    ['stereo.mp3', ['-af', 'aeval=val(0)|-0.2*val(0)', '-b:a', '192k'], TOLERANCE],
    ['mono.mp3', ['-b:a', '64k'], TOLERANCE],
    ['low-rate.mp3', ['-ar', '22050', '-ac', '1'], TOLERANCE],
    ['vbr.mp3', ['-q:a', '4'], TOLERANCE],
    ['vorbis.ogg', ['-c:a', 'libvorbis', '-af', 'aeval=val(0)|0.5*val(0)'], TOLERANCE],
    ['opus.opus', ['-c:a', 'libopus', '-ar', '48000', '-ac', '2'], TOLERANCE],
    ['flac.oga', ['-c:a', 'flac', '-f', 'ogg'], LOSSLESS],
  ];
  test.each(formats)('%s', async (name, options, tolerance) => {
    if (name !== 'sound.wav') encode(file('sound.wav'), file(name), ...options);
    const one = await decode(file(name), ffmpeg);
    const other = await decode(file(name), builtIn);
    expect(one.decoder).toMatch(/^ffmpeg /);
    expect(other.decoder).not.toMatch(/^ffmpeg /);
    // A frame or two at the end: decoders differ in whether they trim the padding of the last block.
    expect(Math.abs(one.durationSec - other.durationSec)).toBeLessThan(0.06);
    expect(meanDifference(one.mel, other.mel)).toBeLessThan(tolerance);
    expect(other.warnings).toEqual([]);
    expect(one.warnings).toEqual([]);
  });

  test('six channels are averaged by both', async () => {
    encode(file('sound.wav'), file('six.flac'), '-af', 'aeval=val(0)|0|0|0.5*val(0)|0|-val(0):c=5.1');
    const one = await decode(file('six.flac'), ffmpeg);
    expect(meanDifference(one.mel, (await decode(file('six.flac'), builtIn)).mel)).toBeLessThan(1e-6);
  });

  test('what has no built-in decoder names the remedy', async () => {
    encode(file('sound.wav'), file('sound.m4a'));
    await expect(decode(file('sound.m4a'), builtIn)).rejects.toMatchObject({
      code: 'decoder-missing',
      message: expect.stringContaining('install ffmpeg') as string,
    });
    expect((await decode(file('sound.m4a'), ffmpeg)).durationSec).toBeCloseTo(8, 1);
  });
});

describe.skipIf(missing('ffmpeg', 'shared-data'))('real music', () => {
  const song = (name: string): string => join(sharedFolder, 'data/songs', name);
  afterAll(() => {
    delete process.env['GENREGRAM_DECODER'];
  });

  test('gets the same verdict from both decoders', async () => {
    const paths = [song('mcmusic-kevin-macleod/scheming_weasel.mp3'), song('hyperrogue/hr-savino-caribbean.ogg')];
    const shares: (readonly [string, number[]])[][] = [];
    for (const forced of ['ffmpeg', 'wasm']) {
      process.env['GENREGRAM_DECODER'] = forced;
      const { service } = watchedAnalysis();
      await service.start({ modelDir: tinyModel, provider: 'cpu' });
      const outcomes = await Promise.all(paths.map((path) => service.analyze({ path, plan: { kind: 'all' } }, never)));
      shares.push(
        outcomes.map((outcome) => {
          if (outcome.status === 'failed') throw new Error(codeOf(outcome));
          return [outcome.genre!.top, outcome.genre!.histogram.map(({ share }) => share)] as const;
        }),
      );
      await service.close();
    }
    const [byFfmpeg, byWasm] = shares as [(typeof shares)[0], (typeof shares)[0]];
    byFfmpeg.forEach(([top, histogram], i) => {
      expect(byWasm[i]![0]).toBe(top);
      histogram.forEach((share, k) => expect(byWasm[i]![1][k]).toBeCloseTo(share, 2));
    });
  });
});
