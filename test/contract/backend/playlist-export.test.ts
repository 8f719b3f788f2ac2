import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ExportedFile } from '#shared/contract/playlist-export';
import type { Rule, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { confineTo } from '../../../src/main/backend/confinement';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

/** Real files, a real store and real handlers. */
let folder: ReturnType<typeof temporaryFolder>;
let backend: TestBackend;
const at = (...names: string[]): string => join(folder.path, ...names);
const list = (name: string, rule: Rule, more: Partial<SmartPlaylist> = {}): SmartPlaylist => ({
  version: 1,
  name,
  rule,
  order: { by: 'path' },
  limit: null,
  ...more,
});
const rock: Rule = { field: 'genre', op: 'isWithin', value: 'Rock' };
const ids: Record<string, number> = {};
const outcomes = (files: readonly ExportedFile[]): Record<string, string> =>
  Object.fromEntries(files.map(({ name, outcome, failure }) => [name, failure?.code ?? outcome]));

beforeAll(async () => {
  folder = temporaryFolder();
  writeSong(at('music', 'a.mp3'), {
    tags: { title: 'A', artist: 'X', genres: ['Rock'], year: 1999 },
    payload: [1, 2, 90],
  });
  writeSong(at('music', 'sub', '#b.mp3'), {
    tags: { title: 'B', genres: ['hard-rock'], year: 2003 },
    payload: [2, 2, 90],
  });
  writeSong(at('music', 'two\nlines.mp3'), { tags: { genres: ['Punk Rock'] }, payload: [3, 2, 90] });
  writeSong(at('music', 'jazz.mp3'), { tags: { genres: ['Jazz'] }, payload: [4, 2, 90] });
  backend = await startBackend(at('library.sqlite'));
  await backend.job('jobs.scan', { paths: [at('music')], analyze: false });
  for (const playlist of [
    list('Rock/Pop', rock),
    list('Sure', { field: 'confidence', op: 'atLeast', value: 0.5 }),
    list('Jazz', { field: 'ownGenre', op: 'is', value: 'Jazz' }),
  ])
    ids[playlist.name] = (await backend.call('playlists.add', { playlist })).id;
});
afterAll(async () => {
  await backend.close();
  folder.cleanUp();
});

describe('exporting playlists', () => {
  it('tells before what gets lost, and touches nothing', async () => {
    const what = { playlists: 'all', target: 'navidrome', folder: at('nowhere') } as const;
    const plans = await backend.call('playlists.exportPlan', what);
    expect(plans.map(({ fileName, writes, cannot }) => [fileName, writes, cannot])).toEqual([
      ['Rock_Pop.nsp', 'rule', []],
      ['Sure.m3u8', 'list', ['Navidrome knows nothing of how sure a verdict is.']],
      ['Jazz.nsp', 'rule', []],
    ]);
    // The spellings that stand in the files are asked for, besides the kinds of the graph.
    expect(plans[0]!.preview).toContain('"genre": "Rock"');
    expect(Buffer.byteLength(plans[0]!.preview)).toBeGreaterThan(100);
    const m3u = await backend.call('playlists.exportPlan', {
      playlists: [ids['Rock/Pop']!],
      target: 'm3u8',
      folder: at('music'),
    });
    expect(m3u[0]).toMatchObject({ tracks: 2, leftOutCount: 1, leftOut: [{ path: at('music', 'two\nlines.mp3') }] });
    expect(existsSync(at('nowhere'))).toBe(false);
  });

  it('says how many tracks a player finds otherwise, as long as what was confirmed is not written', async () => {
    const [id] = await backend.call('tracks.byPath', { paths: [at('music', 'jazz.mp3')] });
    await backend.call('decisions.set', { trackIds: [id!], action: 'change', genres: ['Rock'] });
    const what = { playlists: [ids['Rock/Pop']!], target: 'navidrome', folder: at('x') } as const;
    expect((await backend.call('playlists.exportPlan', what))[0]!.notes[0]).toContain(
      '1 track is found otherwise in Navidrome',
    );
    await backend.call('decisions.set', { trackIds: [id!], action: 'clear' });
    expect((await backend.call('playlists.exportPlan', what))[0]!.notes.join()).not.toContain('otherwise in');
  });

  it('writes whole files only where they differ, and none that is not ours', async () => {
    mkdirSync(at('out'));
    const what = { playlists: 'all', target: 'm3u8', folder: at('out') } as const;
    writeFileSync(at('out', 'Jazz.m3u8'), 'mine');
    symlinkSync(at('music', 'a.mp3'), at('out', 'Sure.m3u8'));
    expect(outcomes(await backend.call('playlists.export', what))).toEqual({
      'Rock/Pop': 'written',
      Sure: 'link-refused',
      Jazz: 'file-changed',
    });
    expect(readFileSync(at('out', 'Jazz.m3u8'), 'utf8')).toBe('mine');
    const text = readFileSync(at('out', 'Rock_Pop.m3u8'), 'utf8');
    expect(text).toBe(
      '#EXTM3U\n#PLAYLIST:Rock/Pop\n#EXTINF:-1,X - A\n../music/a.mp3\n#EXTINF:-1,B\n../music/sub/#b.mp3\n',
    );
    expect(readdirSync(at('out')).sort()).toEqual(['Jazz.m3u8', 'Rock_Pop.m3u8', 'Sure.m3u8']);

    utimesSync(at('out', 'Rock_Pop.m3u8'), 1000, 1000);
    // Of a writer that was killed, and of one that writes a song meanwhile.
    const [leftover, other] = [
      at('out', `.Jazz.m3u8.genregram-${'a'.repeat(12)}.tmp`),
      at('out', `.song.genregram-${'a'.repeat(12)}.tmp`),
    ];
    for (const path of [leftover, other]) writeFileSync(path, 'half');
    rmSync(at('out', 'Sure.m3u8'));
    expect(outcomes(await backend.call('playlists.export', { ...what, replace: true }))).toEqual({
      'Rock/Pop': 'unchanged',
      Sure: 'written',
      Jazz: 'written',
    });
    expect(statSync(at('out', 'Rock_Pop.m3u8')).mtimeMs).toBe(1_000_000);
    expect([existsSync(leftover), existsSync(other)]).toEqual([false, true]);

    // Ours, but edited since.
    writeFileSync(at('out', 'Rock_Pop.m3u8'), `${text}# mine\n`);
    expect(outcomes(await backend.call('playlists.export', what))).toMatchObject({ 'Rock/Pop': 'file-changed' });
    expect(readFileSync(at('out', 'Rock_Pop.m3u8'), 'utf8')).toContain('# mine');
  });

  it('names the remedy where it can’t be', async () => {
    const call = (more: object) =>
      backend.call('playlists.export', { playlists: 'all', target: 'm3u8', folder: at('out'), ...more });
    await expect(call({ folder: at('not-there') })).rejects.toMatchObject({ code: 'not-found' });
    await expect(call({ playlists: [999] })).rejects.toMatchObject({ code: 'not-found' });
    await expect(call({ options: { map: [{ from: 'music', to: '/x' }] } })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('synced folders', () => {
  afterEach(() => {
    vi.useRealTimers();
  });
  const names = (): string[] => readdirSync(at('sync')).sort();
  let id: number;

  it('hold their playlists at once, and follow names, rules and removals', async () => {
    mkdirSync(at('sync'));
    writeFileSync(at('sync', 'mine.m3u8'), 'mine');
    const added = await backend.call('playlistFolders.add', { playlists: 'all', target: 'm3u8', folder: at('sync') });
    ({ id } = added);
    expect(outcomes(added.files)).toEqual({ 'Rock/Pop': 'written', Sure: 'written', Jazz: 'written' });
    await expect(
      backend.call('playlistFolders.add', { playlists: 'all', target: 'm3u8', folder: at('sync') }),
    ).rejects.toMatchObject({ code: 'invalid-input' });

    await backend.call('playlists.change', { id: ids['Jazz']!, playlist: list('All that jazz', rock) });
    await backend.call('playlists.remove', { id: ids['Sure']! });
    const [synced] = await backend.call('playlistFolders.sync', {});
    expect(outcomes(synced!.files)).toMatchObject({ 'Rock/Pop': 'unchanged', 'All that jazz': 'written' });
    expect(names()).toEqual(['All that jazz.m3u8', 'Rock_Pop.m3u8', 'mine.m3u8']);
    expect(readFileSync(at('sync', 'All that jazz.m3u8'), 'utf8')).toContain('a.mp3');
  });

  it('swap names without losing a file', async () => {
    await backend.call('playlists.change', { id: ids['Jazz']!, playlist: list('between', rock) });
    await backend.call('playlists.change', { id: ids['Rock/Pop']!, playlist: list('All that jazz', { all: [] }) });
    await backend.call('playlistFolders.sync', { id });
    await backend.call('playlists.change', { id: ids['Rock/Pop']!, playlist: list('other', { all: [] }) });
    await backend.call('playlists.change', { id: ids['Jazz']!, playlist: list('All that jazz', rock) });
    await backend.call('playlists.change', { id: ids['Rock/Pop']!, playlist: list('between', { all: [] }) });
    const [synced] = await backend.call('playlistFolders.sync', { id });
    expect(synced!.files.filter(({ failure }) => failure)).toEqual([]);
    expect(names()).toEqual(['All that jazz.m3u8', 'between.m3u8', 'mine.m3u8']);
    expect(readFileSync(at('sync', 'between.m3u8'), 'utf8')).toContain('jazz.mp3');
  });

  it('leave what another program changed, and say so', async () => {
    writeFileSync(at('sync', 'between.m3u8'), 'edited');
    const [synced] = await backend.call('playlistFolders.sync', {});
    expect(outcomes(synced!.files)).toMatchObject({ between: 'file-changed' });
    const fewer = await backend.call('playlistFolders.change', { id, playlists: [ids['Jazz']!] });
    expect(fewer.options).toEqual(synced!.options);
    expect(outcomes(fewer.files)).toMatchObject({ 'between.m3u8': 'file-changed' });
    expect(readFileSync(at('sync', 'between.m3u8'), 'utf8')).toBe('edited');
  });

  it('are brought up to date by themselves some seconds after a change', async () => {
    await backend.call('playlistFolders.sync', {});
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    await backend.call('playlists.change', { id: ids['Jazz']!, playlist: list('In a while', rock) });
    expect(names()).not.toContain('In a while.m3u8');
    vi.advanceTimersByTime(3000);
    vi.useRealTimers();
    // Longer than the seconds: a change of the test before may have set the clock before it was ours.
    await vi.waitFor(
      () => {
        expect(names()).toEqual(['In a while.m3u8', 'between.m3u8', 'mine.m3u8']);
        expect(backend.seen.at(-1)).toEqual({ name: 'settings.changed', data: { of: 'playlistFolders' } });
      },
      { timeout: 20_000 },
    );
  });

  it('are brought up to date by themselves at the end, and by the next run of the backend', async () => {
    await backend.call('playlists.change', { id: ids['Jazz']!, playlist: list('Last change', rock) });
    await backend.close();
    expect(names()).toEqual(['Last change.m3u8', 'between.m3u8', 'mine.m3u8']);
    backend = await startBackend(at('library.sqlite'));
    expect(await backend.call('playlistFolders.list', {})).toMatchObject([{ id, folder: at('sync'), files: [] }]);
  });

  it('tell when their folder is gone, or out of bounds', async () => {
    rmSync(at('sync'), { recursive: true });
    const [gone] = await backend.call('playlistFolders.sync', {});
    expect(gone!.files).toMatchObject([{ outcome: 'failed', failure: { code: 'not-found' } }]);
    mkdirSync(at('sync'));
    await backend.close();
    backend = await startBackend(at('library.sqlite'), { parts: { confinement: await confineTo([at('music')]) } });
    const [outside] = await backend.call('playlistFolders.sync', {});
    expect(outside!.files).toMatchObject([{ outcome: 'failed', failure: { code: 'permission-denied' } }]);
    expect(names()).toEqual([]);
    await backend.close();
    backend = await startBackend(at('library.sqlite'));
  });

  it('take only their own files with them', async () => {
    await backend.call('playlistFolders.sync', {});
    writeFileSync(at('sync', 'mine.m3u8'), 'mine');
    expect(names()).toEqual(['Last change.m3u8', 'mine.m3u8']);
    await backend.call('playlistFolders.remove', { id, files: true });
    expect(names()).toEqual(['mine.m3u8']);
    expect(await backend.call('playlistFolders.list', {})).toEqual([]);
  });
});
