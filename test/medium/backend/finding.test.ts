import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let backend: TestBackend;
const library = (): string => join(folder.path, 'library.db');

/** 0 hip-hop · 1 abstained · 2 jazz · 3 metal, decided as Doom · in two folders */
beforeEach(async () => {
  folder = temporaryFolder();
  const music = join(folder.path, 'music');
  mkdirSync(music);
  writeSong(join(music, 'a', '0.mp3'), {
    tags: { artist: 'Zoë', album: 'One', genres: ['Hip Hop'] },
    payload: [4, 3, 90],
  });
  writeSong(join(music, 'a', '1.mp3'), { tags: { artist: 'ZOE', album: 'One' }, payload: [9, 0, 20] });
  writeSong(join(music, 'b', '2.mp3'), {
    tags: { artist: 'Abba', album: 'One', genres: ['JAZZ'] },
    payload: [5, 1, 45],
  });
  writeSong(join(music, 'b', '3.mp3'), { tags: { genres: ['hip-hop', 'Polka'] }, payload: [6, 1, 70] });
  backend = await startBackend(library());
  await backend.job('jobs.scan', { paths: [music] });
  const ids = await backend.call('tracks.ids', {});
  await backend.call('decisions.set', { trackIds: [ids[3]!], action: 'change', genres: ['Doom'] });
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

const values = async (field: 'artist' | 'genre' | 'heard' | 'share' | 'state', text = '') =>
  (await backend.call('search.values', { field, text })).map(({ value, tracks }) => `${value} ${tracks}`);
const names = async (text: string) =>
  (await backend.call('tracks.query', { text })).rows.map(({ fileName }) => fileName[0]).join('');

describe('values', () => {
  it('are those of the library, the commonest first, however they are spelt', async () => {
    expect(await values('artist')).toEqual(['Zoë 2', 'Abba 1']);
    expect(await values('artist', 'zoe')).toEqual(['Zoë 2']);
    expect((await values('genre')).sort()).toEqual(['Doom 1', 'Hip Hop 2', 'JAZZ 1', 'Polka 1']);
    expect(await values('genre', 'hip-h')).toEqual(['Hip Hop 2']);
    expect((await values('heard')).sort()).toEqual(['Hip-Hop 1', 'Jazz 1', 'Metal 1']);
    expect(await values('share', 'me')).toEqual(['Metal null']);
    expect(await values('state', 'de')).toEqual(['decided 1']);
  });

  it('find as many tracks as they say', async () => {
    for (const field of ['artist', 'genre', 'heard'] as const)
      for (const { value, tracks } of await backend.call('search.values', { field }))
        expect({ value, tracks: (await names(`${field}:"${value}"`)).length }).toEqual({ value, tracks });
    expect(await names('state:unreviewed -genre:hiphop')).toBe('12');
  });
});

describe('groups', () => {
  it('say what is in them, and keep albums of one name in two folders apart', async () => {
    const query = { groupBy: 'album' as const };
    expect(await backend.call('tracks.groups', query)).toEqual([2, 1, 1]);
    const heads = await backend.call('tracks.groupHeads', { ...query, from: 0, limit: 10 });
    expect(heads.map(({ title, subtitle, tracks }) => [title, subtitle, tracks])).toEqual([
      ['One', 'a', 2],
      ['One', 'b', 1],
      [null, null, 1],
    ]);
    // 0.9 of the one, and 0.2 of the other that is rock.
    expect(heads[0]?.bars[0]).toEqual({ label: 'hiphop', share: expect.closeTo((0.9 + 0.8 / 9) / 2, 4) as number });
    expect(await backend.call('tracks.groups', { ...query, text: 'heard:jazz' })).toEqual([1]);
  });
});

describe('saved views', () => {
  const query = {
    text: 'heard:jazz',
    quick: 'all',
    sort: { column: 'year', descending: true },
    groupBy: 'artist',
  } as const;

  it('are kept over a restart, counted, renamed and brought back', async () => {
    const jazz = await backend.call('views.add', { name: ' Jazz ', query });
    const rest = await backend.call('views.add', {
      name: 'To review',
      query: { ...query, text: '', quick: 'unreviewed' },
    });
    expect(await backend.call('views.counts', { ids: [jazz.id, rest.id, 99] })).toEqual([1, 3, 0]);
    await backend.close();
    backend = await startBackend(library());
    expect(await backend.call('views.list', {})).toEqual([{ ...jazz, name: 'Jazz', query }, rest]);

    await backend.call('views.change', { id: jazz.id, name: 'Blue notes' });
    await backend.call('views.remove', { id: jazz.id });
    expect(backend.seen.filter(({ name }) => name === 'settings.changed')).toHaveLength(2);
    await backend.call('views.add', { name: 'Blue notes', query, position: jazz.position });
    expect((await backend.call('views.list', {})).map(({ name }) => name)).toEqual(['Blue notes', 'To review']);
  });

  it('have names of their own', async () => {
    const { id } = await backend.call('views.add', { name: 'Jazz', query });
    const other = await backend.call('views.add', { name: 'Rock', query });
    const taken = { code: 'invalid-input', message: 'There is a view called Jazz already. Choose another name.' };
    await expect(backend.call('views.add', { name: 'jazz', query })).rejects.toMatchObject(taken);
    await expect(backend.call('views.change', { id: other.id, name: 'JAZZ' })).rejects.toMatchObject(taken);
    await backend.call('views.change', { id, name: 'JAZZ' });
    await expect(backend.call('views.change', { id: 99, name: 'x' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(backend.call('views.remove', { id: 99 })).rejects.toMatchObject({ code: 'not-found' });
  });
});
