import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smartPlaylistSchema } from '#shared/contract/playlists';
import { CLASSIC_GENRES } from '#shared/domain/vocabulary';
import type { Order, Rule, SmartPlaylist, Limit } from '#shared/domain/playlists/playlist';
import type { ReadTags } from '../../../src/main/ports';
import { openDatabase } from '../../../src/main/store/driver';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { readFakeTags, writeSong } from '../../builders/fake-files';

const ROCK = CLASSIC_GENRES.indexOf('rock');
const JAZZ = CLASSIC_GENRES.indexOf('jazz');

const folder = temporaryFolder();
let backend: TestBackend;
let libraries = 0;
let libraryPath: string;
const read: string[] = [];
const readTags: ReadTags = (path) => {
  read.push(path);
  return readFakeTags(path);
};

const song = (name: string): string => join(folder.path, 'music', `${name}.mp3`);
/** By the payload's fourth byte, as an angle. */
const embeds = (payload: Uint8Array): Float32Array => {
  const angle = ((payload[3] ?? 0) * Math.PI) / 100;
  return Float32Array.from([Math.cos(angle), Math.sin(angle)]);
};
const start = (): Promise<TestBackend> => startBackend(libraryPath, { embeds, parts: { readTags } });
const byPath = { by: 'path' } as const;
const playlist = (rule: Rule, order: Order = byPath, limit: Limit | null = null): SmartPlaylist => ({
  version: 1,
  name: 'Mine',
  rule,
  order,
  limit,
});
const everything: Rule = { all: [] };

async function found(rule: Rule, order?: Order, limit?: Limit | null): Promise<string[]> {
  const ids = await backend.call('playlists.tracks', { playlist: playlist(rule, order, limit) });
  const rows = await backend.rows();
  return ids.map((id) => rows.find((row) => row.id === id)!.fileName.replace('.mp3', ''));
}

beforeEach(async () => {
  libraryPath = join(folder.path, `${libraries++}.db`);
  writeSong(song('a'), {
    payload: [ROCK, 0, 90, 0],
    tags: { durationSec: 1800, genres: ['Hard Rock'], rating: 5, texts: { COMPOSER: ['Bach'] } },
  });
  writeSong(song('b'), { payload: [JAZZ, 1, 80, 40], tags: { durationSec: 3600, rating: 3.5 } });
  writeSong(song('c'), { payload: [ROCK, 2, 70, 10], tags: { durationSec: 1800, title: 'Élan' } });
  writeSong(song('d'), { payload: [JAZZ, 3, 95, 90], tags: { durationSec: 600 } });
  backend = await start();
  await backend.call('roots.add', { path: join(folder.path, 'music') });
  await backend.job('jobs.scan');
});
afterEach(() => backend.close());

describe('kept playlists', () => {
  it('are added as the last, changed, moved and removed, and windows are told', async () => {
    const first = await backend.call('playlists.add', { playlist: playlist(everything) });
    const second = await backend.call('playlists.add', { playlist: { ...playlist(everything), name: 'Other' } });
    expect((await backend.call('playlists.list', {})).map(({ id }) => id)).toEqual([first.id, second.id]);
    const changed = { ...second.playlist, comment: 'x' };
    await backend.call('playlists.change', { id: second.id, playlist: changed, position: first.position - 1 });
    expect(await backend.call('playlists.list', {})).toEqual([
      { id: second.id, playlist: changed, position: 0 },
      first,
    ]);
    await backend.call('playlists.remove', { id: first.id });
    expect((await backend.call('playlists.list', {})).map(({ id }) => id)).toEqual([second.id]);
    expect(backend.seen.filter(({ data }) => (data as { of?: string }).of === 'playlists')).toHaveLength(4);
  });

  it('have names of their own, and rules that can be evaluated', async () => {
    const { id } = await backend.call('playlists.add', { playlist: playlist(everything) });
    await expect(
      backend.call('playlists.add', { playlist: { ...playlist(everything), name: 'MINE' } }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
    const bad = playlist({ any: [everything, { field: 'title', op: 'matches', value: '(a+)+' }] });
    for (const wrong of [
      backend.call('playlists.add', { playlist: { ...bad, name: 'Bad' } }),
      backend.call('playlists.change', { id, playlist: bad }),
      backend.call('playlists.preview', { playlist: bad }),
      backend.call('playlists.tracks', { playlist: bad }),
    ])
      await expect(wrong).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringMatching(/^Condition 2: /) as string,
      });
    await expect(backend.call('playlists.remove', { id: 99 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that are ready-made find something each, under names of their own', async () => {
    const ready = await backend.call('playlists.readyMade', {});
    const names = ready.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        'Rock',
        'Jazz',
        'Hard Rock',
        'Untagged, but sure',
        'Four stars and more',
        'Fifty at random',
      ]),
    );
    expect(names).not.toContain('Confirmed in the last 30 days');
    for (const each of ready) {
      expect(smartPlaylistSchema.parse(each)).toEqual(each);
      expect((await backend.call('playlists.preview', { playlist: each })).tracks).toBeGreaterThan(0);
    }
  });
});

describe('finding', () => {
  it('follows tags, verdicts and decisions', async () => {
    const rock: Rule = { field: 'genre', op: 'isWithin', value: 'rock' };
    expect(await found(rock)).toEqual(['a']);
    expect(await found({ any: [rock, { field: 'heardGenre', op: 'is', value: 'Rock' }] })).toEqual(['a', 'c']);
    const [b] = await backend.call('playlists.tracks', {
      playlist: playlist({ field: 'fileName', op: 'is', value: 'B.MP3' }),
    });
    await backend.call('decisions.set', { trackIds: [b!], action: 'change', genres: ['Metal'] });
    expect(await found({ field: 'confirmedGenre', op: 'present' })).toEqual(['b']);
    expect(
      await found({
        all: [
          { field: 'decided', op: 'inLast', days: 1 },
          { field: 'state', op: 'is', value: 'decided' },
        ],
      }),
    ).toEqual(['b']);
    expect(await found({ field: 'tag', tag: 'tcom', op: 'contains', value: 'BACH' })).toEqual(['a']);
    expect(await found({ field: 'tag', tag: 'COMPOSER', op: 'isNot', value: 'Bach' })).toEqual(['b', 'c', 'd']);
    expect(await found({ field: 'title', op: 'matches', value: '^é' })).toEqual(['c']);
    expect(await found({ field: 'rating', op: 'atLeast', value: 3.5 }, { by: 'rating', descending: true })).toEqual([
      'a',
      'b',
    ]);
  });

  it('leaves out what is gone, and keeps it for when it is back', async () => {
    const { rm } = await import('node:fs/promises');
    await rm(song('a'));
    await backend.job('jobs.scan');
    expect(await found(everything)).toEqual(['b', 'c', 'd']);
    expect(await backend.call('playlists.preview', { playlist: playlist(everything) })).toMatchObject({
      tracks: 3,
      durationSec: 6000,
    });
  });

  it('compares sounds, and says so where that can’t be done', async () => {
    const near: Rule = { field: 'similarity', op: 'atLeast', to: song('a'), value: Math.cos((15 * Math.PI) / 100) };
    expect(await found(near)).toEqual(['a', 'c']);
    expect(await found(everything, { by: 'similarity', to: song('b') })).toEqual(['b', 'c', 'a', 'd']);
    await expect(found({ all: [{ ...near, to: '/gone.mp3' }] })).rejects.toMatchObject({
      code: 'invalid-input',
      message: 'Condition 1: The library has no track /gone.mp3; choose another one that others should sound like.',
    });
    await expect(found(everything, { by: 'similarity', to: '/gone.mp3' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('orders, those without a value last, and takes what there is room for', async () => {
    expect(await found(everything, { by: 'rating' })).toEqual(['b', 'a', 'c', 'd']);
    expect(await found(everything, { by: 'rating', descending: true })).toEqual(['a', 'b', 'c', 'd']);
    expect(await found(everything, { by: 'path', descending: true })).toEqual(['d', 'c', 'b', 'a']);
    expect(await found(everything, { by: 'genre' })).toEqual(['a', 'b', 'c', 'd']);
    expect(await found(everything, { by: 'confidence', descending: true })).toEqual(['d', 'a', 'b', 'c']);
    const shuffled = await found(everything, { by: 'random', seed: 5 });
    expect([...shuffled].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(await found(everything, { by: 'random', seed: 5 }, { tracks: 2 })).toEqual(shuffled.slice(0, 2));
    expect(await found(everything, byPath, { hours: 1.5 })).toEqual(['a', 'b']);
    expect(await found(everything, byPath, { hours: 1 })).toEqual(['a']);
    expect(await found(everything, byPath, { megabytes: 0.000001 })).toEqual([]);
    expect(
      await backend.call('playlists.preview', { playlist: playlist(everything, byPath, { tracks: 3 }) }),
    ).toMatchObject({ tracks: 3, matching: 4, durationSec: 7200 });
  });
});

describe('a library that an older Genregram read', () => {
  it('gets ratings and texts by its next scan, which hears nothing anew, and then is left in peace', async () => {
    await backend.close();
    const db = openDatabase(libraryPath);
    db.exec(
      'UPDATE tracks SET rating = NULL, tags_read = 0; DELETE FROM track_texts; UPDATE rule_facts SET rating = NULL',
    );
    db.close();
    backend = await start();
    expect(await found({ field: 'rating', op: 'present' })).toEqual([]);

    read.length = 0;
    const { scan } = await backend.job('jobs.scan');
    expect(scan).toMatchObject({ new: 0, changed: 0, unchanged: 4 });
    expect(read).toHaveLength(4);
    expect(backend.fake.asked).toEqual([]);
    expect(await found({ field: 'rating', op: 'present' })).toEqual(['a', 'b']);
    expect(await found({ field: 'tag', tag: 'COMPOSER', op: 'present' })).toEqual(['a']);

    await backend.job('jobs.scan');
    expect(read).toHaveLength(4);
  });

  it('does not try what failed in vain again', async () => {
    await backend.close();
    const fails = (path: string) =>
      path === song('d') ? ({ code: 'decode-failed', message: 'Damaged.' } as const) : null;
    libraryPath = join(folder.path, `${libraries++}.db`);
    backend = await startBackend(libraryPath, { fails });
    await backend.call('roots.add', { path: join(folder.path, 'music') });
    await backend.job('jobs.scan');
    await backend.close();
    const db = openDatabase(libraryPath);
    db.exec('UPDATE tracks SET tags_read = 0');
    db.close();
    backend = await startBackend(libraryPath, { fails });
    await backend.job('jobs.scan');
    expect(backend.fake.asked).toEqual([]);
    expect((await backend.rows()).find(({ fileName }) => fileName === 'd.mp3')?.failure).toMatchObject({
      code: 'decode-failed',
    });
  });
});
