import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WindowPlan } from '#shared/domain/analysis';
import { createDecoders, findDecoders, type DecoderSetup } from '../../../src/main/adapters/decoders';
import { openAudio, sniffPath } from '../../../src/main/adapters/decoders/open-audio';
import { createSeekingDecoder } from '../../../src/main/adapters/decoders/seek';
import { decodeWindows, type WindowedTrack } from '../../../src/main/analysis/decode-windows';
import { DEFAULT_MEL } from '../../../src/main/analysis/features';
import { frontEndOf } from '../../../src/main/core/inputs';
import type { InputWindow } from '../../../src/main/core/windows/cutter';
import type { SeekableAudio } from '../../../src/main/ports';
import { never, temporaryFolder } from '../../builders/analysis';
import { encode, largestDifference } from '../../builders/audio';
import { missing } from '../../builders/requirements';
import { writeTimedMusic } from '../../builders/timed-music';

const SECONDS = 70;
const frontEnd = frontEndOf({ ...DEFAULT_MEL, kind: 'mel', windowFrames: 187, layout: 'NCTM' });
const plans: WindowPlan[] = [
  { kind: 'spread', count: 4 },
  { kind: 'random', count: 4 },
];
/** Both with GENREGRAM_LONG_TESTS=1: everything is decoded once more for each. */
const compared = process.env['GENREGRAM_LONG_TESTS'] === '1' ? plans : plans.slice(1);

const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
afterAll(() => folder.remove());

let found: DecoderSetup;

interface Windows extends WindowedTrack {
  readonly windows: readonly InputWindow[];
}

async function windowsOf(path: string, plan: WindowPlan, setup: DecoderSetup, seeks: boolean): Promise<Windows> {
  const windows: InputWindow[] = [];
  const seeking = seeks ? { seeking: createSeekingDecoder(setup) } : {};
  const source = { decoders: createDecoders(setup), ...seeking, frontEnd };
  const track = await decodeWindows(path, plan, source, never, (more) => {
    windows.push(...more);
    return Promise.resolve();
  });
  return { ...track, windows };
}

const meanDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

/** The setup whose whole decoding is the measure: the same decoder where it is built in, else ffmpeg. */
const wholeSetup = (name: string): DecoderSetup => ({ ...found, forced: name.endsWith('.m4a') ? 'ffmpeg' : 'wasm' });

async function open(path: string, setup = found): Promise<SeekableAudio | null> {
  return createSeekingDecoder(setup).open(path, await sniffPath(path), never);
}

/** Is the file one that can be sought in? */
async function isSought(path: string): Promise<boolean> {
  const audio = await open(path);
  await audio?.close();
  return audio !== null;
}

async function wholeSamples(path: string, setup: DecoderSetup): Promise<Float32Array> {
  const { audio } = await openAudio(path, createDecoders(setup), never);
  const parts: number[] = [];
  for await (const chunk of audio.chunks) for (const sample of chunk) parts.push(sample);
  return Float32Array.from(parts);
}

/**
 * How far windows by seeking may be from those of decoding everything, in log10(1 + 10000 x), 0 to about 6: by the largest difference, or by the
 * mean one for Opus, whose decoders only come near to each other.
 */
interface Tolerance {
  readonly largest?: number;
  readonly mean?: number;
}

async function expectSameWindows(name: string, tolerance: Tolerance, setup = wholeSetup(name)): Promise<void> {
  for (const plan of compared) {
    const whole = await windowsOf(file(name), plan, setup, false);
    const sought = await windowsOf(file(name), plan, { ...found, forced: null }, true);
    expect(sought.startFrames).toEqual(whole.startFrames);
    expect(sought.windows.map(({ startFrame }) => startFrame)).toEqual(whole.startFrames);
    expect(sought.durationSec).toBeCloseTo(whole.durationSec, 6);
    expect(sought.warnings).toEqual(whole.warnings);
    for (const [i, { data }] of sought.windows.entries()) {
      expect(largestDifference(data, whole.windows[i]!.data)).toBeLessThanOrEqual(tolerance.largest ?? Infinity);
      expect(meanDifference(data, whole.windows[i]!.data)).toBeLessThanOrEqual(tolerance.mean ?? Infinity);
    }
  }
}

describe.skipIf(missing('ffmpeg'))('seeking', () => {
  beforeAll(async () => {
    writeTimedMusic(file('music.wav'), SECONDS, 44_100);
    encode(
      file('music.wav'),
      file('other.ogg'),
      '-ar',
      '22050',
      '-t',
      '50',
      '-c:a',
      'libvorbis',
      '-serial_offset',
      '9',
    );
    found = await findDecoders({ PATH: process.env['PATH'] });
  });

  const stereo = ['-af', 'aeval=val(0)|0.5*val(0),aformat=channel_layouts=stereo'];
  /** Measured: what float sums round, 0.00005; of Opus music 0.00001 in the mean, of speech (SILK, with longer memories) 0.003. */
  const EXACT: Tolerance = { largest: 5e-4 };
  const OPUS: Tolerance = { mean: 1e-4 };
  const OPUS_SPEECH: Tolerance = { mean: 0.03 };
  /** AAC may hold noise as a mere level (PNS), and each decoding draws it anew: 0.0001 in the mean. */
  const NOISE: Tolerance = { mean: 1e-3 };
  const formats: [string, string[], Tolerance][] = [
    ['plain.wav', [], EXACT],
    ['24bit-48k-stereo.wav', [...stereo, '-ar', '48000', '-c:a', 'pcm_s24le'], EXACT],
    ['plain.aiff', [], EXACT],
    ['stereo.flac', stereo, EXACT],
    ['mono-22k.flac', ['-ar', '22050'], EXACT],
    ['24bit-96k.flac', ['-ar', '96000', '-sample_fmt', 's32'], EXACT],
    ['cbr.mp3', [...stereo, '-b:a', '192k'], EXACT],
    ['vbr.mp3', [...stereo, '-q:a', '4'], EXACT],
    ['mono-64k.mp3', ['-b:a', '64k'], EXACT],
    ['low-rate.mp3', ['-ar', '22050', '-b:a', '24k'], EXACT],
    ['48k.mp3', ['-ar', '48000', '-b:a', '320k'], EXACT],
    ['no-header.mp3', ['-write_xing', '0', '-b:a', '128k'], EXACT],
    ['stereo.ogg', [...stereo, '-c:a', 'libvorbis', '-q:a', '4'], EXACT],
    ['mono-22k.ogg', ['-ar', '22050', '-c:a', 'libvorbis'], EXACT],
    ['stereo.opus', [...stereo, '-c:a', 'libopus', '-b:a', '96k'], OPUS],
    ['speech.opus', ['-c:a', 'libopus', '-b:a', '16k', '-application', 'voip'], OPUS_SPEECH],
    ['aac.m4a', [...stereo, '-c:a', 'aac', '-b:a', '128k', '-aac_pns', '0'], EXACT],
    ['aac-48k.m4a', ['-ar', '48000', '-c:a', 'aac', '-movflags', '+faststart'], NOISE],
    ['alac.m4a', [...stereo, '-c:a', 'alac'], EXACT],
  ];

  /** Makes one of these files, if that was not done before. */
  const made = (name: string): string => {
    const [, options] = formats.find(([known]) => known === name)!;
    if (!existsSync(file(name))) encode(file('music.wav'), file(name), ...options);
    return file(name);
  };

  test.each(formats)('%s: windows are those of decoding everything', async (name, _options, tolerance) => {
    expect(await isSought(made(name))).toBe(true);
    await expectSameWindows(name, tolerance);
  });

  test.each([
    ['stereo.flac', 1e-7],
    ['plain.wav', 1e-7],
    ['cbr.mp3', 1e-6],
    ['vbr.mp3', 1e-6],
    ['low-rate.mp3', 1e-6],
    ['stereo.ogg', 1e-6],
    ['stereo.opus', 1e-2],
  ])('%s: stretches begin and end on the very sample', async (name, tolerance) => {
    const whole = await wholeSamples(made(name), wholeSetup(name));
    const audio = (await open(file(name)))!;
    expect(audio.samples).toBe(whole.length);
    const places = [0, 1, 12_345, 1_000_000, audio.samples - 5000].map((start) => ({ start, end: start + 4321 }));
    const stretches = [
      ...places.slice(0, 1),
      ...places.slice(2, 4),
      { start: audio.samples - 5000, end: audio.samples },
    ];
    let i = 0;
    for await (const samples of audio.read(stretches)) {
      const { start, end } = stretches[i++]!;
      expect(largestDifference(samples, whole.subarray(start, end))).toBeLessThan(tolerance);
      // The music tells the place: a sample beside it, it is other music.
      expect(meanDifference(samples, whole.subarray(start + 1, end + 1).slice(0, samples.length))).not.toBe(0);
    }
    expect(i).toBe(stretches.length);
    await audio.close();
  });

  const cover = (bytes: number): Buffer => {
    const picture = Buffer.alloc(bytes, 0xff);
    const size = Buffer.from([(bytes >> 21) & 127, (bytes >> 14) & 127, (bytes >> 7) & 127, bytes & 127]);
    return Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), size, picture]);
  };
  const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125, 0x20)]);
  const ape = (): Buffer => {
    const footer = Buffer.alloc(32);
    footer.write('APETAGEX');
    footer.writeUInt32LE(2000, 8);
    footer.writeUInt32LE(32 + 4000, 12);
    return Buffer.concat([Buffer.alloc(4000, 0xff), footer]);
  };

  test.each<[string, string, (sound: Buffer) => Buffer]>([
    ['a cover of 2 MB', 'cbr.mp3', (sound) => Buffer.concat([cover(2_000_000), sound])],
    ['APEv2 and ID3v1 tags at the end', 'vbr.mp3', (sound) => Buffer.concat([sound, ape(), id3v1])],
    [
      'zeros before the first frame and behind the last',
      'no-header.mp3',
      (sound) => {
        const start =
          sound.length > 10 && sound.toString('latin1', 0, 3) === 'ID3' ? 10 + sound[9]! + 128 * sound[8]! : 0;
        return Buffer.concat([Buffer.alloc(500), sound.subarray(start), Buffer.alloc(700)]);
      },
    ],
    ['an ID3v2 tag before the stream', 'stereo.flac', (sound) => Buffer.concat([cover(70_000), sound])],
  ])('%s does not hinder (%s)', async (what, name, change) => {
    const odd = `tagged ${what} ${name}`.replaceAll('/', ' ');
    writeFileSync(file(odd), change(readFileSync(made(name))));
    expect(await isSought(file(odd))).toBe(true);
    await expectSameWindows(odd, EXACT);
  });

  test('a cover among the tags of Ogg Opus does not hinder', async () => {
    const bytes = readFileSync(made('stereo.opus'));
    const comment = `METADATA_BLOCK_PICTURE=${'A'.repeat(200_000)}`;
    writeFileSync(file('cover.txt'), `;FFMETADATA1\n${comment}\n`);
    encode(file('stereo.opus'), file('cover.opus'), '-i', file('cover.txt'), '-map_metadata', '1', '-c', 'copy');
    expect(readFileSync(file('cover.opus')).length).toBeGreaterThan(bytes.length + 200_000);
    expect(await isSought(file('cover.opus'))).toBe(true);
    await expectSameWindows('cover.opus', OPUS);
  });

  /** The frames that `flac` or ffmpeg wrote, with the number of samples in STREAMINFO set to unknown, as streams have it. */
  const withoutLength = (sound: Buffer): Buffer => {
    const copy = Buffer.from(sound);
    copy[21]! &= 0xf0;
    copy.fill(0, 22, 26);
    return copy;
  };
  const cut = (share: number) => (sound: Buffer) => sound.subarray(0, Math.floor(sound.length * share));
  const withGarbage = (sound: Buffer): Buffer => {
    const middle = Math.floor(sound.length / 2);
    return Buffer.concat([sound.subarray(0, middle), Buffer.from('garbage'.repeat(50)), sound.subarray(middle)]);
  };
  const chained = (sound: Buffer): Buffer => Buffer.concat([sound, readFileSync(file('other.ogg'))]);
  const twice = (sound: Buffer): Buffer => Buffer.concat([sound, sound]);

  test.each<[string, string, (sound: Buffer) => Buffer]>([
    ['cut off', 'cbr.mp3', cut(0.6)],
    ['cut off', 'vbr.mp3', cut(0.6)],
    ['cut off', 'no-header.mp3', cut(0.6)],
    ['cut off', 'stereo.flac', cut(0.6)],
    ['cut off', 'stereo.ogg', cut(0.6)],
    ['cut off', 'plain.wav', cut(0.6)],
    ['with garbage between frames', 'cbr.mp3', withGarbage],
    ['of unknown length', 'stereo.flac', withoutLength],
    ['of two streams, one after the other', 'mono-22k.ogg', chained],
    ['of two streams, one after the other', 'vbr.mp3', twice],
    ['with something behind its end', 'stereo.ogg', (sound) => Buffer.concat([sound, id3v1])],
  ])('a file %s is decoded as a whole (%s)', async (what, name, change) => {
    const odd = `odd ${what} ${name}`;
    writeFileSync(file(odd), change(readFileSync(made(name))));
    expect(await isSought(file(odd))).toBe(false);
    await expectSameWindows(odd, { largest: 0 }, { ...found, forced: null });
  });

  test('what turns out to be other than it seemed is decoded as a whole', async () => {
    const sound = readFileSync(made('stereo.flac'));
    // The place of the second window of the plan.
    sound.fill(0, Math.floor(sound.length * 0.36), Math.floor(sound.length * 0.4));
    writeFileSync(file('hole.flac'), sound);
    expect(await isSought(file('hole.flac'))).toBe(true);
    const whole = await windowsOf(file('hole.flac'), plans[0]!, wholeSetup('hole.flac'), false);
    const sought = await windowsOf(file('hole.flac'), plans[0]!, wholeSetup('hole.flac'), true);
    expect(sought.windows).toEqual(whole.windows);
    expect(sought.warnings).toEqual(whole.warnings);
    expect(sought.warnings).not.toEqual([]);
  });

  test('a short track, most of which is wanted, is decoded as a whole by the preferred decoder', async () => {
    encode(file('music.wav'), file('short.mp3'), '-t', '20', '-b:a', '128k');
    const plan = { kind: 'spread', count: 5 } as const;
    expect((await windowsOf(file('short.mp3'), plan, { ...found, forced: null }, true)).decoder).toMatch(/^ffmpeg/);
    const fewer = { kind: 'spread', count: 2 } as const;
    expect((await windowsOf(file('short.mp3'), fewer, { ...found, forced: null }, true)).decoder).toMatch(/^mpg123/);
  });

  test('only the decoders that are allowed are used', async () => {
    expect(await open(made('cbr.mp3'), { ...found, forced: 'ffmpeg' })).toBeNull();
    expect(await open(made('aac.m4a'), { ...found, forced: 'wasm' })).toBeNull();
  });

  test('a name is no instruction to ffmpeg', async () => {
    copyFileSync(made('aac.m4a'), file('-odd: [0:a] name.m4a'));
    await expectSameWindows('-odd: [0:a] name.m4a', EXACT);
  });

  test.each(['cbr.mp3', 'stereo.flac', 'stereo.ogg', 'stereo.opus', 'plain.wav', 'aac.m4a'])(
    'can be cancelled in the middle (%s)',
    async (name) => {
      const controller = new AbortController();
      const audio = await createSeekingDecoder(found).open(made(name), await sniffPath(made(name)), controller.signal);
      const starts = [1, 2, 3, 4, 5].map((i) => i * 500_000);
      const reading = async (): Promise<void> => {
        const parts = audio!.read(starts.map((start) => ({ start, end: start + 100_000 })));
        for await (const samples of parts) if (samples.length > 0) controller.abort();
      };
      await expect(reading()).rejects.toMatchObject({ code: 'cancelled' });
      await audio!.close();
      const source = { decoders: createDecoders(found), seeking: createSeekingDecoder(found), frontEnd };
      const decoding = decodeWindows(file(name), plans[0]!, source, controller.signal, () => Promise.resolve());
      await expect(decoding).rejects.toMatchObject({ code: 'cancelled' });
    },
  );
});
