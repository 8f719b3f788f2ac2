import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analysed, temporaryFolder, watchedAnalysis } from '../../builders/analysis';
import { largestDifference, tinyModel, wholeModel } from '../../builders/audio';
import { tone, writeWav } from '../../builders/sounds';

const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
const { service } = watchedAnalysis();

/** To the tiny model: music, speech, and neither. */
const song = tone(440);
const talk = tone(6000);

beforeAll(async () => {
  writeWav(file('song.wav'), song, 18);
  writeWav(file('talk.wav'), talk, 9);
  writeWav(file('silence.wav'), () => 0, 9);
  // Whole windows of talk (2.992 s each), then the song from a window's start on.
  writeWav(file('intro.wav'), (t) => (t < 2 * 2.992 ? talk(t) : song(t)), 24);
  await service.start({ modelDir: wholeModel(file('whole')), provider: 'cpu' });
});
afterAll(async () => {
  await service.close();
  folder.remove();
});

describe('a model with all outputs', () => {
  test('says everything of a song at once', async () => {
    const track = await analysed(service, file('song.wav'));
    expect(track.content).toMatchObject({ top: 'music', abstained: false });
    expect(track.genre!.abstained).toBe(false);
    expect(track.wide).toHaveLength(24);
    expect(new Set(track.wide!.map(({ threshold }) => threshold)).size).toBeGreaterThan(20);
    expect(Math.abs(track.affect!.valence)).toBeLessThanOrEqual(1);
    // One tone throughout: all windows lie in one place.
    expect(track.affect!.valenceSpread).toBeLessThan(0.01);
    expect(track.embedding).toBeInstanceOf(Float32Array);
    expect(track.embedding).toHaveLength(16);
    expect(Math.hypot(...track.embedding!)).toBeCloseTo(1, 6);
  });

  test('names no genre of speech or silence, and says why', async () => {
    const speech = await analysed(service, file('talk.wav'));
    expect(speech.content).toMatchObject({ top: 'speech', abstained: false });
    expect(speech.genre).toMatchObject({ abstained: true, abstainReason: 'not-music' });
    expect(speech.mood).toMatchObject({ abstained: true, abstainReason: 'not-music' });
    const silence = await analysed(service, file('silence.wav'));
    expect(silence.content?.top).toBe('other');
    expect(silence.genre!.abstainReason).toBe('not-music');
  });

  test('hears a song behind a spoken introduction as the song', async () => {
    const [intro, plain] = [await analysed(service, file('intro.wav')), await analysed(service, file('song.wav'))];
    expect(intro.content!.histogram.find(({ label }) => label === 'speech')!.votes).toBe(2);
    expect(intro.genre!.histogram.reduce((sum, { votes }) => sum + votes, 0)).toBe(intro.windows - 2);
    const shares = (track: typeof intro): number[] => track.genre!.histogram.map(({ share }) => share);
    expect(largestDifference(shares(intro), shares(plain))).toBeLessThan(0.02);
    expect(intro.perWindow.genre!.data).toHaveLength(intro.windows * 10);
  });
});

test('a model of genre and mood says of the same song the same, and nothing else', async () => {
  const { service: lesser } = watchedAnalysis();
  await lesser.start({ modelDir: tinyModel, provider: 'cpu' });
  const track = await analysed(lesser, file('song.wav'));
  expect(track).toMatchObject({ content: null, wide: null, affect: null, embedding: null });
  const whole = await analysed(service, file('song.wav'));
  expect(track.genre!.top).toBe(whole.genre!.top);
  expect(track.genre!.confidence).toBeCloseTo(whole.genre!.confidence, 5);
  await lesser.close();
});
