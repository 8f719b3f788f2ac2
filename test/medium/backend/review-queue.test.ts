import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MethodInput } from '#shared/contract/methods';
import { QUEUE_ORDERS, type QueueOrder } from '#shared/contract/review';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let music: string;
let backend: TestBackend;

const HIP_HOP = 4;
const JAZZ = 5;
const METAL = 6;
const ROCK = 9;
let next = 0;

/** A song that is heard as this, so surely (in percent), and whose embedding points that way (in degrees). No two are alike. */
const song = (file: string, [genre, percent, degrees]: readonly [number, number, number], tags: object = {}): void => {
  writeSong(join(music, file), { tags, payload: [genre, 0, percent, degrees, next++] });
};
const radians = (payload: Uint8Array): number => ((payload[3] ?? 0) * Math.PI) / 180;

beforeEach(async () => {
  next = 0;
  folder = temporaryFolder();
  music = join(folder.path, 'music');
  mkdirSync(music);
  const depot = { album: 'Live at the Depot', artist: 'Zoë' };
  song('a/1.mp3', [JAZZ, 90, 0], depot);
  song('a/2.mp3', [JAZZ, 55, 4], { ...depot, genres: ['Jazz'] });
  song('a/3.mp3', [ROCK, 80, 90], { ...depot, genres: ['Jazz'] });
  song('a/4.mp3', [JAZZ, 70, 9], { ...depot, genres: ['Pop'] });
  song('b/1.mp3', [METAL, 20, 180], { artist: 'Abba', album: 'Live at the Depot' });
  song('b/2.mp3', [HIP_HOP, 95, 12], { artist: 'zoe', genres: ['Rock'] });
  backend = await startBackend(join(folder.path, 'library.db'), {
    embeds: (payload) => Float32Array.of(Math.cos(radians(payload)), Math.sin(radians(payload))),
  });
  await backend.job('jobs.scan', { paths: [music] });
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

const names = async (ids: readonly number[]): Promise<string[]> => {
  const rows = new Map((await backend.rows()).map((row) => [row.id, row.path.slice(music.length + 1, -4)]));
  return ids.map((id) => rows.get(id)!);
};
const idOf = async (name: string): Promise<number> =>
  (await backend.rows()).find(({ path }) => path === join(music, `${name}.mp3`))!.id;
const queue = async (order: QueueOrder) => names((await backend.call('review.queue', { order })).ids);
const mates = async (name: string, of: MethodInput<'review.mates'>['of']): Promise<Record<string, number | null>> => {
  const found = await backend.call('review.mates', { trackId: await idOf(name), of });
  const labels = await names(found.mates.map(({ row }) => row.id));
  return Object.fromEntries(labels.map((label, i) => [label, found.mates[i]!.similarity]));
};
const decide = async (name: string, action: MethodInput<'decisions.set'>['action'], genres?: string[]) =>
  backend.call('decisions.set', { trackIds: [await idOf(name)], action, ...(genres && { genres }) });

describe('the queue', () => {
  it('begins with the least sure, with the surest disagreement, or follows the folders', async () => {
    expect(await queue('doubtful')).toEqual(['b/1', 'a/2', 'a/4', 'a/3', 'a/1', 'b/2']);
    expect(await queue('disagrees')).toEqual(['b/2', 'a/3', 'a/4', 'b/1', 'a/2', 'a/1']);
    expect(await queue('album')).toEqual(['a/1', 'a/2', 'a/3', 'a/4', 'b/1', 'b/2']);
  });

  it('begins with the answer that settles most others', async () => {
    const order = await queue('settles');
    // 0, 4, 9 and 12 degrees lie within 18 of each other; the first of them in the folders stands for all.
    expect(order).toEqual(['a/1', 'b/1', 'a/2', 'a/4', 'a/3', 'b/2']);
  });

  it('loses what is decided in every order, and has it back when that is undone', async () => {
    for (const order of QUEUE_ORDERS) {
      const before = await queue(order);
      expect(new Set(before).size).toBe(6);
      await decide('a/3', 'skip');
      expect(new Set(await queue(order))).toEqual(new Set(before.filter((name) => name !== 'a/3')));
      await decide('a/3', 'clear');
      expect(await queue(order)).toEqual(before);
    }
  });

  it('lets the next one settle the others when the first is decided', async () => {
    await decide('a/1', 'accept');
    expect((await queue('settles'))[0]).toBe('a/2');
  });
});

describe('not music', () => {
  it('is kept as a skip that says why, counts as not music, and is taken back', async () => {
    const trackId = await idOf('b/2');
    await decide('b/2', 'not-music');
    const { quick } = await backend.call('library.summary', {});
    expect(quick).toMatchObject({ 'not-music': 1, disagrees: 2, decided: 0 });
    const row = (await backend.call('tracks.query', { quick: 'not-music' })).rows[0]!;
    expect(row).toMatchObject({ id: trackId, state: 'skipped', disagrees: false });
    expect(row.decision).toMatchObject({ action: 'skip', notMusic: true, genres: [], moods: [] });
    expect(await backend.call('decisions.get', { trackIds: [trackId, 999] })).toEqual([
      { trackId, decision: row.decision },
    ]);
    expect((await backend.call('write.plan', {})).files).toEqual([]);
    await decide('b/2', 'clear');
    expect((await backend.call('library.summary', {})).quick).toMatchObject({ 'not-music': 0, disagrees: 3 });
    expect(await backend.call('decisions.get', { trackIds: [trackId] })).toEqual([{ trackId, decision: null }]);
  });
});

describe('tracks that may share a decision', () => {
  it('are similar ones that wait, with their scores, the nearest first', async () => {
    const found = await mates('a/1', 'similar');
    expect(Object.keys(found)).toEqual(['a/2', 'a/4', 'b/2']);
    expect(found['a/2']).toBeCloseTo(Math.cos((4 * Math.PI) / 180), 2);
    expect(found['b/2']).toBeCloseTo(Math.cos((12 * Math.PI) / 180), 2);
    expect(await mates('a/3', 'similar')).toEqual({});
    await decide('a/2', 'change', ['Bebop']);
    expect(Object.keys(await mates('a/1', 'similar'))).toEqual(['a/4', 'b/2']);
  });

  it('are counted beyond what is listed', async () => {
    const trackId = await idOf('a/1');
    const found = await backend.call('review.mates', { trackId, of: 'similar', limit: 1 });
    expect(found.total).toBe(3);
    expect(found.mates).toHaveLength(1);
  });

  it('are known as soon as they were heard, and copies of the same audio are the nearest', async () => {
    await mates('a/1', 'similar');
    song('c/1.mp3', [JAZZ, 60, 2]);
    next--;
    song('c/2.mp3', [JAZZ, 60, 2]);
    await backend.job('jobs.scan', { paths: [music] });
    const found = await mates('c/1', 'similar');
    expect(Object.entries(found)[0]).toEqual(['c/2', 1]);
    expect(Object.keys(found)).toHaveLength(5);
  });

  it('are the album’s, but not those of another one of that name, and the artist’s in any spelling', async () => {
    expect(Object.keys(await mates('a/2', 'album'))).toEqual(['a/1', 'a/3', 'a/4']);
    expect(Object.keys(await mates('b/1', 'album'))).toEqual([]);
    expect(Object.keys(await mates('b/2', 'album'))).toEqual([]);
    expect(Object.keys(await mates('b/2', 'artist'))).toEqual(['a/1', 'a/2', 'a/3', 'a/4']);
  });

  it('fail for a track that is gone', async () => {
    await expect(backend.call('review.mates', { trackId: 999, of: 'similar' })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(backend.call('review.context', { trackId: 999 })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('what stands around a track', () => {
  it('says what the album’s majority hears and who disagrees, decisions before verdicts', async () => {
    const context = async (name: string) => backend.call('review.context', { trackId: await idOf(name) });
    expect((await context('a/3')).album).toEqual({
      name: 'Live at the Depot',
      tracks: 4,
      undecided: 4,
      majority: { genre: 'Jazz', tracks: 3, of: 4, others: 1 },
      agrees: false,
    });
    await decide('a/3', 'change', ['jazz']);
    expect((await context('a/3')).album).toMatchObject({
      undecided: 3,
      majority: { tracks: 4, of: 4, others: 0 },
      agrees: true,
    });
    expect((await context('b/1')).album).toMatchObject({ tracks: 1, majority: null, agrees: null });
    expect((await context('b/2')).album).toBeNull();
    expect((await context('b/2')).artist).toMatchObject({ tracks: 5, majority: { genre: 'Jazz', tracks: 4, of: 5 } });
  });

  it('knows the genres that were decided before, the most frequent first', async () => {
    await decide('a/1', 'change', ['Zeuhl', 'Polka']);
    await decide('a/2', 'change', ['Polka']);
    expect(await backend.call('review.vocabulary', {})).toEqual({ genres: ['Polka', 'Zeuhl'] });
  });
});
