import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { TrackAnalysis } from '#shared/domain/analysis';
import { createDecoders, findDecoders, type DecoderSet } from '../../../src/main/adapters/decoders';
import { decodeTrack, type DecodedTrack } from '../../../src/main/analysis/decode-track';
import { melFraming } from '../../../src/main/core/inputs/mel';
import { DEFAULT_MEL } from '../../../src/main/analysis/features';
import { analysed, never, temporaryFolder, watchedAnalysis } from '../../builders/analysis';
import { ffmpegPieces } from '../../builders/aac-pieces';
import { wavFile } from '../../builders/pcm-files';
import { missing, repositoryRoot, sharedFolder } from '../../builders/requirements';
import { musicLike } from '../../builders/sounds';

/**
 * The same sound in every format that has a built-in decoder, decoded by it and by ffmpeg: the same log-mel frames, log10(1 + 10000 x) of
 * 0 to about 6, within what stands in `FORMATS`.
 */
const EVERYTHING = process.env['GENREGRAM_LONG_TESTS'] === '1';
const folder = temporaryFolder();
afterAll(() => folder.remove());

interface Format {
  readonly name: string;
  /** Rates and numbers of channels that the format has. */
  readonly rates: readonly number[];
  readonly channels: readonly number[];
  encode(from: string, to: string): void;
  /** Of the mean and of the largest difference of a value of a frame. */
  readonly mean: number;
  readonly max: number;
  /** Blocks of AAC by which the lengths may differ. */
  readonly length: number;
}

const ffmpeg =
  (...options: string[]) =>
  (from: string, to: string): void =>
    void execFileSync('ffmpeg', ['-y', '-v', 'error', '-i', from, ...options, to]);
const byLame = (...options: string[]) => ffmpeg('-c:a', 'libmp3lame', ...options);
const byFlac = (from: string, to: string): void => quietly('flac', '-s', '-f', '--channel-map=none', '-o', to, from);
const byOggenc = (from: string, to: string): void => quietly('oggenc', '-Q', '-o', to, from);
const byOpusenc = (from: string, to: string): void => quietly('opusenc', '--quiet', from, to);
const quietly = (program: string, ...options: string[]): void =>
  void execFileSync(program, options, { stdio: 'ignore' });

const ALL = [8000, 22_050, 44_100, 48_000, 96_000];
const UP_TO_48 = [8000, 22_050, 44_100, 48_000];
/** No difference: ffmpeg and we read the same numbers. Measured: 0. */
const EXACT = { mean: 1e-7, max: 1e-6, length: 0 };
/** The same numbers, which libFLAC's wrapper scales and we scale again: a float rounds twice. Measured: mean 9e-8, largest 3.2e-6. */
const LOSSLESS = { mean: 1e-6, max: 1e-5, length: 0 };
/** Two decoders of one standard, by floats. Measured: MP3 1.2e-6 and 1.6e-4, Vorbis 3e-7 and 1e-5. */
const SAME_FLOATS = { mean: 1e-5, max: 1e-3, length: 0 };
/** ffmpeg's own Opus against libopus, which differ in noise and rounding at the quietest places. Measured: 7.4e-5 and 0.05. */
const OPUS = { mean: 5e-4, max: 0.2, length: 0 };
/** Chromium's decoder is ffmpeg's. Measured: 0; by the real one in Electron 1e-8 of a sample. */
const AAC = { mean: 1e-6, max: 1e-4, length: 0 };
/** ffmpeg leaves the last block of an MP4 file whole, of which we hear as much as its edit list says. Measured: 1e-7 and 1e-6 before it. */
const MP4 = { ...AAC, length: 1 };

const FORMATS: readonly Format[] = [
  { name: 's16.wav', rates: ALL, channels: [1, 2, 6], encode: ffmpeg('-c:a', 'pcm_s16le'), ...EXACT },
  { name: 's24.aiff', rates: ALL, channels: [1, 2], encode: ffmpeg('-c:a', 'pcm_s24be'), ...EXACT },
  { name: 'tool.flac', rates: ALL, channels: [1, 2, 6], encode: byFlac, ...LOSSLESS },
  { name: '24bit.flac', rates: ALL, channels: [2], encode: ffmpeg('-sample_fmt', 's32'), ...LOSSLESS },
  { name: 'flac.oga', rates: [44_100], channels: [2], encode: ffmpeg('-c:a', 'flac', '-f', 'ogg'), ...LOSSLESS },
  { name: 'cbr.mp3', rates: UP_TO_48, channels: [1, 2], encode: byLame('-b:a', '64k'), ...SAME_FLOATS },
  { name: 'vbr.mp3', rates: UP_TO_48, channels: [1, 2], encode: byLame('-q:a', '4'), ...SAME_FLOATS },
  { name: 'no-header.mp3', rates: [44_100], channels: [2], encode: byLame('-write_xing', '0'), ...SAME_FLOATS },
  { name: 'tool.ogg', rates: ALL, channels: [1, 2, 6], encode: byOggenc, ...SAME_FLOATS },
  { name: 'tool.opus', rates: ALL, channels: [1, 2, 6], encode: byOpusenc, ...OPUS },
  { name: 'adts.aac', rates: ALL, channels: [1, 2, 6], encode: ffmpeg('-c:a', 'aac'), ...AAC },
  { name: 'mp4.m4a', rates: ALL, channels: [1, 2, 6], encode: ffmpeg('-c:a', 'aac'), ...MP4 },
];
/** Samples per channel of a block of AAC. */
const BLOCK = 1024;

interface Decoded extends DecodedTrack {
  readonly mel: Float32Array;
}

async function decoded(path: string, decoders: DecoderSet): Promise<Decoded> {
  const parts: Float32Array[] = [];
  const track = await decodeTrack(
    path,
    decoders,
    melFraming(DEFAULT_MEL),
    never,
    (frames) => void parts.push(frames.slice()),
  );
  const mel = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (mel.set(part, at), at + part.length), 0);
  return { ...track, mel };
}

/** Over the frames that both have, but for as many at the end as reach into what one of them lacks. */
function differences(one: Decoded, other: Decoded): { mean: number; max: number } {
  const { nMels } = DEFAULT_MEL;
  const shorter = Math.min(one.mel.length, other.mel.length);
  const length = one.durationSec === other.durationSec ? shorter : shorter - LAST_FRAMES * nMels;
  let sum = 0;
  let max = 0;
  for (let i = 0; i < length; i++) {
    const difference = Math.abs(one.mel[i]! - other.mel[i]!);
    sum += difference;
    max = Math.max(max, difference);
  }
  return { mean: sum / length, max };
}

/** Half a transform and half of the resampler's filter, which is longest for 8 kHz. */
const LAST_FRAMES = 4;

const found = await findDecoders({ PATH: process.env['PATH'] });
const byFfmpeg = createDecoders({ ...found, forced: 'ffmpeg' });
const builtIn = createDecoders({ ...found, forced: 'wasm' }, ffmpegPieces);

/** Some seconds of the same music for each rate and number of channels. */
function source(rate: number, channels: number, seconds = 3): string {
  const path = join(folder.path, `${rate}-${channels}-${seconds}.wav`);
  if (!existsSync(path))
    writeFileSync(path, wavFile(musicLike(3, seconds, channels, rate), 's16', { extensible: channels > 2 }));
  return path;
}

describe.skipIf(missing('ffmpeg', 'flac', 'oggenc', 'opusenc'))(
  'each decoder gives the frames that ffmpeg gives',
  () => {
    /** Every rate and every number of channels, but not each with each; that takes some minutes. */
    const cases = FORMATS.flatMap((format) =>
      format.rates.flatMap((rate, i) =>
        format.channels
          .filter((_, j) => EVERYTHING || j === i % format.channels.length)
          .map((channels) => [format.name, rate, channels, format] as const),
      ),
    );
    test.each(cases)('%s, %i Hz, %i channels', async (name, rate, channels, format) => {
      const path = join(folder.path, `${rate}-${channels}-${name}`);
      format.encode(source(rate, channels), path);
      const one = await decoded(path, byFfmpeg);
      const other = await decoded(path, builtIn);
      expect(one.decoder).toMatch(/^ffmpeg /);
      expect(other.decoder).not.toMatch(/^ffmpeg /);
      expect([...one.warnings, ...other.warnings]).toEqual([]);
      const { mean, max } = differences(one, other);
      if (EVERYTHING) console.log(`${name} ${rate} ${channels}: ${mean.toExponential(1)} ${max.toExponential(1)}`);
      expect(mean).toBeLessThan(format.mean);
      expect(max).toBeLessThan(format.max);
      expect(Math.abs(one.durationSec - other.durationSec)).toBeLessThanOrEqual((format.length * BLOCK) / rate + 1e-9);
    });
  },
);

describe.skipIf(missing('ffmpeg', 'opusenc', 'oggenc', 'flac'))('delay and padding of the encoders', () => {
  /** Formats that say how much of the samples is the sound's own: it comes out as long as it went in. */
  const exact = FORMATS.filter(({ name }) => !['no-header.mp3', 'adts.aac'].includes(name));
  test.each(exact.map((format) => [format.name, format] as const))(
    '%s is as long as its source',
    async (name, format) => {
      const path = join(folder.path, `delay-${name}`);
      const from = source(44_100, 2);
      format.encode(from, path);
      expect((await decoded(path, builtIn)).durationSec).toBeCloseTo((await decoded(from, builtIn)).durationSec, 4);
    },
  );
});

describe.skipIf(missing('ffmpeg', 'oggenc', 'opusenc', 'flac', 'base-model'))(
  'the verdict does not hang on the decoder',
  () => {
    const formats = FORMATS.filter(({ name }) => !/aac|m4a/.test(name));
    const songs = missing('shared-data')
      ? []
      : ['mcmusic-kevin-macleod/scheming_weasel.mp3', 'hyperrogue/hr-savino-caribbean.ogg'];

    afterAll(() => {
      delete process.env['GENREGRAM_DECODER'];
    });

    test('of any format', async () => {
      const made = formats.map((format) => {
        const path = join(folder.path, `verdict-${format.name}`);
        format.encode(source(44_100, 2, 8), path);
        return path;
      });
      const paths = [...made, ...songs.map((song) => join(sharedFolder, 'data/songs', song))];
      const verdicts: TrackAnalysis[][] = [];
      for (const forced of ['ffmpeg', 'wasm']) {
        process.env['GENREGRAM_DECODER'] = forced;
        const { service } = watchedAnalysis();
        await service.start({ modelDir: join(repositoryRoot, 'models/base'), provider: 'cpu' });
        verdicts.push(await Promise.all(paths.map((path) => analysed(service, path))));
        await service.close();
      }
      const [one, other] = verdicts as [TrackAnalysis[], TrackAnalysis[]];
      one.forEach((track, i) => {
        expect(other[i]!.decoder).not.toBe(track.decoder);
        expect(other[i]!.genre!.top).toBe(track.genre!.top);
        expect(other[i]!.mood?.top).toBe(track.mood?.top);
        track.genre!.histogram.forEach(({ share }, k) =>
          expect(Math.abs(other[i]!.genre!.histogram[k]!.share - share)).toBeLessThan(0.005),
        );
      });
    });
  },
);
