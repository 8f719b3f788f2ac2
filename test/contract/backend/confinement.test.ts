import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METHODS, type MethodInput, type MethodName } from '#shared/contract/methods';
import { placesIn } from '#shared/contract/paths';
import { confineTo } from '../../../src/main/backend/confinement';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

/** A backend that is served to others: real files and links, a real store and real handlers, on both sides of the border. */
let folder: ReturnType<typeof temporaryFolder>;
let backend: TestBackend;
let music: string;
let outside: string;
const at = (...names: string[]): string => join(folder.path, ...names);
const refused = { code: 'permission-denied', message: expect.stringContaining('--folder') as string };

beforeAll(async () => {
  folder = temporaryFolder();
  [music, outside] = [at('music'), at('outside')];
  writeSong(join(music, 'in.mp3'), { payload: [1, 2, 90] });
  writeSong(join(music, 'album', 'too.mp3'), { payload: [2, 2, 90] });
  writeSong(join(outside, 'secret.mp3'), { payload: [3, 2, 90] });
  writeSong(at('music-of-others', 'near.mp3'), { payload: [4, 2, 90] });
  symlinkSync(outside, join(music, 'way-out'));
  symlinkSync(join(outside, 'secret.mp3'), join(music, 'linked.mp3'));
  symlinkSync(join(outside, 'to-come'), join(music, 'dangling'));
  symlinkSync(join(music, 'album'), join(music, 'again'));
  symlinkSync(music, at('other-name'));
  // What the library knows from the time when it was not confined.
  const before = await startBackend(at('library.sqlite'));
  await before.job('jobs.scan', { paths: [music, outside] });
  expect((await before.rows()).map(({ fileName }) => fileName).sort()).toEqual(
    ['in.mp3', 'linked.mp3', 'secret.mp3', 'secret.mp3', 'too.mp3'].sort(),
  );
  await before.close();
  backend = await startBackend(at('library.sqlite'), { parts: { confinement: await confineTo([music]) } });
});
afterAll(async () => {
  await backend.close();
  folder.cleanUp();
});

/** For each method that takes a path, an input made of one. */
const withPath: { readonly [M in MethodName]?: (path: string) => MethodInput<M> } = {
  'roots.add': (path) => ({ path }),
  'folders.list': (path) => ({ path }),
  'tracks.byPath': (path) => ({ paths: [path] }),
  'jobs.scan': (path) => ({ paths: [path] }),
  'jobs.analyze': (path) => ({ paths: [path] }),
  'write.planFiles': (path) => ({ paths: [path], change: { genres: ['Rock'] } }),
  'write.apply': (path) => ({ planId: 'any', paths: [path] }),
  'write.undo': (path) => ({ paths: [path] }),
  'models.check': (path) => ({ path }),
  'models.add': (path) => ({ path }),
  'evaluation.look': (path) => ({ source: { kind: 'tag', path }, task: 'genre' }),
  'evaluation.start': (path) => ({ source: { kind: 'folder', path }, task: 'genre' }),
  'describe.find': (path) => ({ paths: [path] }),
  'describe.file': (path) => ({ path, columns: ['tempo'] }),
  'comparison.look': (path) => ({ track: { path }, models: ['base'] }),
  'comparison.hear': (path) => ({ tracks: [{ path }], models: ['base'] }),
  'playlists.exportPlan': (folder) => ({ playlists: 'all', target: 'm3u8', folder }),
  'playlists.export': (folder) => ({ playlists: 'all', target: 'm3u8', folder }),
  'playlistFolders.add': (folder) => ({ playlists: 'all', target: 'm3u8', folder }),
  'playlistFolders.change': (folder) => ({ id: 1, folder }),
};
const inputs = Object.entries(withPath) as [MethodName, (path: string) => never][];

describe('a confined backend', () => {
  it.each(inputs)('%s goes nowhere outside of its folders', async (method, input) => {
    const ways = [
      outside,
      join(outside, 'secret.mp3'),
      join(music, '..', 'outside'),
      join(music, 'way-out'),
      join(music, 'way-out', 'secret.mp3'),
      join(music, 'linked.mp3'),
      join(music, 'dangling'),
      join(music, 'dangling', 'further'),
      join(music, 'way-out', 'not-there', 'yet'),
      at('music-of-others'),
      at('other-name', '..'),
      folder.path,
      '/',
      '/etc/passwd',
      '.',
      '../../etc',
    ];
    for (const path of ways) await expect(backend.call(method, input(path)), path).rejects.toMatchObject(refused);
  });

  it('is tried with every method that takes a path', () => {
    for (const [method, input] of inputs) expect(placesIn(METHODS[method].input, input('/x'))).toHaveLength(1);
  });

  it('runs no program that is named over the wire', async () => {
    writeFileSync(join(music, 'ffmpeg'), '#!/bin/sh\n', { mode: 0o755 });
    const choice = backend.call('settings.setListening', { ffmpegPath: join(music, 'ffmpeg') });
    await expect(choice).rejects.toMatchObject({
      code: 'permission-denied',
      message: expect.stringContaining('genregram settings set') as string,
    });
    expect(await backend.call('settings.setListening', { ffmpegPath: null })).toMatchObject({ ffmpegPath: null });
  });

  it('works within them, also by another name of the same place', async () => {
    expect(await backend.call('folders.list', { path: join(music, 'album') })).toEqual({
      path: join(music, 'album'),
      parent: music,
      folders: [],
      tables: [],
    });
    expect(await backend.call('tracks.byPath', { paths: [join(at('other-name'), 'in.mp3')] })).toHaveLength(1);
    const plan = await backend.call('write.planFiles', {
      paths: [join(music, 'again', 'too.mp3')],
      change: { genres: ['Rock'] },
    });
    expect(plan.files).toMatchObject([{ status: 'ready' }]);
  });

  it('shows its folders as the top, and no way out of them', async () => {
    const top = await backend.call('folders.list', {});
    expect(top).toMatchObject({ path: music, parent: null });
    expect(top.folders.map(({ name }) => name)).toEqual(['again', 'album']);
    mkdirSync(at('empty'));
    const two = await startBackend(at('two.sqlite'), {
      parts: { confinement: await confineTo([music, at('empty')]) },
    });
    expect(await two.call('folders.list', {})).toEqual({
      path: '',
      parent: null,
      folders: [music, at('empty')].map((path) => ({ name: path, path })),
      tables: [],
    });
    expect((await two.call('folders.list', { path: music })).parent).toBe('');
    await two.close();
  });

  it('leaves alone what its library knows of other places', async () => {
    const roots = await backend.call('roots.list', {});
    expect(roots.map(({ path, available }) => [path, available])).toEqual([
      [music, true],
      [outside, false],
    ]);
    const rows = await backend.rows();
    const secret = rows.find(({ path }) => path === join(outside, 'secret.mp3'))!;
    const linked = rows.find(({ path }) => path === join(music, 'linked.mp3'))!;
    for (const { id } of [secret, linked])
      await expect(backend.call('playback.prepare', { trackId: id })).rejects.toMatchObject({ code: 'link-refused' });
    await backend.call('decisions.set', { trackIds: [secret.id, linked.id], action: 'change', genres: ['Rock'] });
    const plan = await backend.call('write.plan', { trackIds: [secret.id, linked.id] });
    expect(plan.files.map(({ status }) => status)).toEqual(['refused', 'refused']);
    const heardBefore = backend.fake.asked.length;
    const job = await backend.job('jobs.analyze', { trackIds: [secret.id, linked.id], force: true });
    expect(job.failed).toBe(2);
    expect(backend.fake.asked).toHaveLength(heardBefore);
  });

  it('scans its folders alone, and says of links that lead out of them that they do', async () => {
    const job = await backend.job('jobs.scan', { analyze: false });
    expect(job.finishedAt).not.toBeNull();
    const failures = await backend.call('failures.list', {});
    const led = failures.filter(({ code }) => code !== 'not-found').map(({ path }) => path);
    expect(led.filter((path) => path.startsWith(music)).sort()).toEqual([
      join(music, 'linked.mp3'),
      join(music, 'way-out'),
    ]);
    expect(backend.seen.filter(({ name }) => name === 'notice')).toMatchObject([
      { data: { level: 'warning', message: expect.stringContaining(outside) as string } },
    ]);
    // Tracks of the folder out of reach are neither changed nor held for gone.
    const rows = await backend.rows();
    expect(rows.some(({ path }) => path === join(outside, 'secret.mp3'))).toBe(true);
  });

  it('takes no folder that is not there', async () => {
    await expect(confineTo([at('nowhere')])).rejects.toMatchObject({ code: 'not-found' });
  });
});
