import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { analysed, temporaryFolder, watchedAnalysis } from '../../builders/analysis';
import { writeSidecarPack } from '../../builders/model-packs';
import { missing, sharedFolder } from '../../builders/requirements';
import { tone, writeWav } from '../../builders/sounds';

const folder = temporaryFolder();
const { service } = watchedAnalysis();
afterAll(async () => {
  await service.close();
  folder.remove();
});

test('a pack with another front end listens: its verdict is derived, its labels are the wide genres', async () => {
  const dir = writeSidecarPack(join(folder.path, 'pack'), () => undefined);
  expect((await service.tryModel(dir)).msPerWindow).toBeGreaterThan(0);
  const { model } = await service.start({ modelDir: dir, provider: 'cpu' });
  writeWav(join(folder.path, 'tone.wav'), tone(440), 7);
  const heard = await analysed(service, join(folder.path, 'tone.wav'));
  expect(heard.model).toBe(`tiny-tagger@${model.version}`);
  expect(heard.genre!.derived).toBe(true);
  expect(heard.genre!.histogram.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  expect(heard.wide).toHaveLength(10);
  expect(heard).toMatchObject({ mood: null, content: null, affect: null });
});

test('a hash that is known already is taken over', async () => {
  const asked = { path: join(folder.path, 'tone.wav'), plan: { kind: 'all' }, contentHash: 'ab'.repeat(32) } as const;
  const outcome = await service.analyze(asked, new AbortController().signal);
  expect(outcome).toMatchObject({ status: 'ok', contentHash: 'ab'.repeat(32) });
});

describe.skipIf(missing('shared-data', 'ffmpeg'))('real packs on real recordings', () => {
  const songs = join(sharedFolder, 'data/songs');
  const pack = (name: string): string => join(sharedFolder, 'data/packs', name);
  const speech = join(songs, 'data/3436-172162-0000.ogg');
  const orchestra = join(songs, 'data/Kevin_MacLeod_-_P_I_Tchaikovsky_Dance_of_the_Sugar_Plum_Fairy.ogg');

  test('AudioSet’s classes tell speech from music, and name the genre', async () => {
    await service.start({ modelDir: pack('mn04-audioset'), provider: 'cpu' });
    const read = await analysed(service, speech);
    expect(read.content).toMatchObject({ top: 'speech', derived: true });
    expect(read.genre).toMatchObject({ abstained: true, abstainReason: 'not-music' });
    const played = await analysed(service, orchestra, { kind: 'spread', count: 4 });
    expect(played.windowSec).toBe(10);
    expect(played.content?.top).toBe('music');
    expect(played.genre).toMatchObject({ top: 'classical', derived: true });
  });

  test('musicnn’s tags hear a woman sing folk where one does', async () => {
    await service.start({ modelDir: pack('msd-musicnn'), provider: 'cpu' });
    const song = await analysed(service, join(songs, 'data/Karissa_Hobbs_-_Lets_Go_Fishin.hq.ogg'), {
      kind: 'spread',
      count: 8,
    });
    expect(song.wide!.slice(0, 3).map(({ label }) => label)).toContain('female vocalists');
    expect(song.genre!.histogram.slice(0, 3).map(({ label }) => label)).toContain('folk');
    expect(song.content).toBeNull();
  });
});
