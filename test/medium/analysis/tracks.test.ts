import { copyFileSync, chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TrackAnalysis } from '#shared/domain/analysis';
import { FRONT_END } from '../../../src/main/core/dsp/mel';
import { analysed, codeOf, never, temporaryFolder, watchedAnalysis } from '../../builders/analysis';
import { largestDifference, sha256, tinyModel } from '../../builders/audio';
import { missing } from '../../builders/requirements';
import { convert, noise, tone, writeWav } from '../../builders/sounds';

const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
const { service } = watchedAnalysis();

beforeAll(async () => {
  await service.start({ modelDir: tinyModel, provider: 'cpu' });
  const hiss = noise(1);
  writeWav(file('long.wav'), (t) => (t < 10 ? tone(440)(t) : 0.3 * hiss(t)), 20, 22_050);
  writeWav(file('one.wav'), tone(300), 1);
  writeWav(file('blip.wav'), tone(300), 0.3);
});
afterAll(async () => {
  await service.close();
  folder.remove();
});

/** Equal but for times, and for rounding: the matrix routines add in another order in batches of other sizes. */
function expectSame(actual: TrackAnalysis, expected: TrackAnalysis): void {
  const rest = { ms: null, genre: null, mood: null, perWindow: null };
  expect({ ...actual, ...rest }).toEqual({ ...expected, ...rest });
  for (const task of ['genre', 'mood'] as const) {
    const shares = (track: TrackAnalysis): number[] => track[task]!.histogram.map(({ share }) => share);
    expect(actual[task]!.top).toBe(expected[task]!.top);
    expect(largestDifference(shares(actual), shares(expected))).toBeLessThan(1e-5);
    expect(largestDifference(actual.perWindow[task]!.data, expected.perWindow[task]!.data)).toBeLessThanOrEqual(1);
  }
}

describe('a track', () => {
  test('gives a histogram that adds up, and what it was made with', async () => {
    const track = await analysed(service, file('long.wav'));
    expect(track).toMatchObject({
      windows: 7,
      provider: 'cpu',
      model: 'tiny-test@1.0.0',
      frontEnd: FRONT_END,
      warnings: [],
    });
    expect(track.durationSec).toBeCloseTo(20, 3);
    expect(track.windowSec).toBeCloseTo(2.992, 6);
    expect(track.startsSec.slice(0, 3)).toEqual([0, 2.992, 5.984]);
    // 1251 frames: six windows and 129 frames more, so the last one ends with the track.
    expect(track.startsSec[6]).toBeCloseTo((1251 - 187) * 0.016, 6);
    for (const verdict of [track.genre!, track.mood!]) {
      expect(verdict.histogram.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      expect(verdict.histogram.reduce((sum, { votes }) => sum + votes, 0)).toBe(7);
      expect(verdict.top).toBe(verdict.histogram[0]!.label);
    }
    expect(track.perWindow.genre!.data).toHaveLength(7 * 10);
    expect(track.perWindow.mood!.data).toHaveLength(7 * 4);
    // Of the samples alone, behind RIFF header, format and the head of their chunk.
    expect(track.contentHash).toBe(sha256(readFileSync(file('long.wav')).subarray(44)));
  });

  test('the halves of a track that changes differ per window', async () => {
    const { perWindow } = await analysed(service, file('long.wav'));
    const row = (i: number): number[] => [...perWindow.genre!.data.subarray(i * 10, (i + 1) * 10)];
    expect(row(1)).not.toEqual(row(5));
  });

  test('spread and random windows, the same each time', async () => {
    const spread = await analysed(service, file('long.wav'), { kind: 'spread', count: 4 });
    expect(spread.windows).toBe(4);
    const random = await analysed(service, file('long.wav'), { kind: 'random', count: 50 });
    expect(random.windows).toBe(50);
    const again = await analysed(service, file('long.wav'), { kind: 'random', count: 50 });
    expectSame(again, random);
  });

  test('a short one is repeated to fill a window, and says so', async () => {
    const track = await analysed(service, file('one.wav'));
    expect(track.windows).toBe(1);
    expect(track.warnings.join()).toMatch(/shorter than a window/);
  });

  test('many at once give what each gives alone', async () => {
    const alone = await analysed(service, file('long.wav'));
    const together = await Promise.all(Array.from({ length: 12 }, () => analysed(service, file('long.wav'))));
    for (const track of together) expectSame(track, alone);
  });
});

describe('bad files are failures with a code, and the next one works', () => {
  const analyse = async (name: string): Promise<string> =>
    codeOf(await service.analyze({ path: file(name), plan: { kind: 'all' } }, never));

  test('too short, empty, text, noise bytes, a folder, nothing there', async () => {
    writeFileSync(file('empty.mp3'), '');
    writeFileSync(file('text.mp3'), 'Once upon a time there was a track.\n'.repeat(100));
    writeFileSync(file('garbage.flac'), Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * i * 7) % 253)));
    mkdirSync(file('folder.mp3'));
    expect(await analyse('blip.wav')).toBe('too-short');
    expect(await analyse('empty.mp3')).toBe('empty-file');
    expect(await analyse('text.mp3')).toBe('unsupported-format');
    expect(await analyse('garbage.flac')).toMatch(/decode-failed|unsupported-format/);
    expect(await analyse('folder.mp3')).toBe('read-failed');
    expect(await analyse('gone.mp3')).toBe('not-found');
    expect(await analyse('long.wav')).toBe('ok');
  });

  test.skipIf(missing('not-root'))('one that may not be read', async () => {
    copyFileSync(file('one.wav'), file('secret.wav'));
    chmodSync(file('secret.wav'), 0);
    expect(await analyse('secret.wav')).toBe('permission-denied');
  });

  test('a misnamed one is taken for what it is', async () => {
    copyFileSync(file('long.wav'), file('long.mp3'));
    expect(await analyse('long.mp3')).toBe('ok');
  });

  test('names that look like options, protocols or patterns are only names', async () => {
    for (const name of ['-i.wav', 'http:song.wav', 'track %03d.wav', 'it\'s | a "song".wav', 'concat:a|b.wav']) {
      copyFileSync(file('one.wav'), file(name));
      expect(await analyse(name)).toBe('ok');
    }
  });
});

describe.skipIf(missing('ffmpeg'))('damaged and misnamed music', () => {
  beforeAll(() => {
    convert(file('long.wav'), file('sound.flac'));
    convert(file('long.wav'), file('sound.mp3'));
  });

  test.each(['sound.flac', 'sound.mp3'])('%s cut in half gives what it has, with a warning', async (name) => {
    const cut = file(`cut-${name}`);
    copyFileSync(file(name), cut);
    truncateSync(cut, Math.floor(readFileSync(cut).length / 2));
    const track = await analysed(service, cut);
    expect(track.durationSec).toBeGreaterThan(5);
    expect(track.durationSec).toBeLessThan(15);
    expect(track.warnings.join()).toMatch(/promises 20\.\d s but only/);
  });

  test('cut down to its header it fails', async () => {
    copyFileSync(file('sound.flac'), file('stub.flac'));
    truncateSync(file('stub.flac'), 60);
    expect(codeOf(await service.analyze({ path: file('stub.flac'), plan: { kind: 'all' } }, never))).toBe(
      'decode-failed',
    );
  });

  test('cut down to less than a window it is too short to tell', async () => {
    copyFileSync(file('sound.mp3'), file('start.mp3'));
    truncateSync(file('start.mp3'), Math.floor(readFileSync(file('sound.mp3')).length / 10));
    const outcome = await service.analyze({ path: file('start.mp3'), plan: { kind: 'all' } }, never);
    expect(outcome).toMatchObject({ code: 'too-short', message: expect.stringMatching(/promises 20\.\d s/) as string });
  });

  test('FLAC named .mp3 is FLAC', async () => {
    copyFileSync(file('sound.flac'), file('misnamed.mp3'));
    const track = await analysed(service, file('misnamed.mp3'));
    expectSame(track, await analysed(service, file('sound.flac')));
  });

  test('new tags leave the content hash as it is', async () => {
    convert(file('sound.mp3'), file('tagged.mp3'), 'title=Once', 'genre=Rock');
    const before = readFileSync(file('tagged.mp3'));
    const bare = before.subarray(10 + before[6]! * 2_097_152 + before[7]! * 16_384 + before[8]! * 128 + before[9]!);
    writeFileSync(file('bare.mp3'), bare);
    const tagged = await analysed(service, file('tagged.mp3'));
    expect((await analysed(service, file('bare.mp3'))).contentHash).toBe(tagged.contentHash);
  });
});
