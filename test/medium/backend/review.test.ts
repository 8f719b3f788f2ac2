import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MethodInput } from '#shared/contract/methods';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let music: string;
let backend: TestBackend;
let ids: number[];

/** 0 hip-hop, sure · 1 rock, abstained · 2 jazz, unsure, agrees · 3 not to be decoded · 4 metal, own genre Pop */
beforeEach(async () => {
  folder = temporaryFolder();
  music = join(folder.path, 'music');
  mkdirSync(music);
  writeSong(join(music, '0.mp3'), { tags: { title: 'Émile', artist: 'Zoë' }, payload: [4, 3, 90] });
  writeSong(join(music, '1.mp3'), { payload: [9, 0, 20] });
  writeSong(join(music, '2.mp3'), { tags: { genres: ['JAZZ'] }, payload: [5, 1, 45] });
  writeSong(join(music, '3.mp3'), { payload: [1, 1, 99] });
  writeSong(join(music, '4.mp3'), { tags: { genres: ['Pop'], artist: 'abba' }, payload: [6, 1, 70] });
  backend = await startBackend(join(folder.path, 'library.db'), {
    fails: (path) => (path.endsWith('3.mp3') ? { code: 'decode-failed', message: 'Damaged.' } : null),
  });
  await backend.job('jobs.scan', { paths: [music] });
  ids = await backend.call('tracks.ids', {});
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

const decide = (index: number, action: 'accept' | 'change' | 'skip' | 'clear', more: object = {}) =>
  backend.call('decisions.set', { trackIds: [ids[index]!], action, ...more });
const states = async () => (await backend.rows()).map(({ state }) => state);
const names = async (query: MethodInput<'tracks.query'>) =>
  (await backend.call('tracks.query', query)).rows.map(({ fileName }) => fileName[0]).join('');
const apply = async (input: MethodInput<'write.plan'> = {}) => {
  const { planId } = await backend.call('write.plan', input);
  const { jobId, runId } = await backend.call('write.apply', { planId });
  await backend.finished(jobId);
  return runId;
};
const contents = () => ids.map((_, n) => readFileSync(join(music, `${n}.mp3`), 'latin1'));

describe('queries', () => {
  it('filter by the quick filters, and the summary counts the same', async () => {
    await decide(0, 'accept');
    const found: Record<string, string> = {};
    const { quick, tracks } = await backend.call('library.summary', {});
    for (const name of ['all', 'no-genre', 'disagrees', 'unsure', 'unreviewed', 'decided', 'failed'] as const) {
      found[name] = await names({ quick: name });
      expect((await backend.call('tracks.query', { quick: name })).total).toBe(found[name].length);
      expect(quick[name]).toBe(found[name].length);
    }
    expect(tracks).toBe(5);
    expect(found).toEqual({
      all: '01234',
      'no-genre': '013',
      disagrees: '4',
      unsure: '12',
      unreviewed: '124',
      decided: '0',
      failed: '3',
    });
  });

  it('search without regard to case and accents, all words, also names of files and folders', async () => {
    expect(await names({ text: 'EMILE zoe' })).toBe('0');
    expect(await names({ text: 'émile abba' })).toBe('');
    expect(await names({ text: '4.mp3' })).toBe('4');
    expect(await names({ text: 'music' })).toBe('01234');
    expect(await names({ text: '%' })).toBe('');
  });

  it('sort by every column, with what has no value at the end', async () => {
    const sorted = (column: NonNullable<MethodInput<'tracks.query'>['sort']>['column'], descending = false) =>
      names({ sort: { column, descending } });
    expect(await sorted('artist')).toBe('40123');
    expect(await sorted('artist', true)).toBe('04321');
    expect(await sorted('ownGenre')).toBe('24013');
    expect(await sorted('confidence', true)).toBe('04213');
    expect(await sorted('genre')).toBe('02413');
    expect(await sorted('state')).toBe('01243');
    expect(await sorted('title')).toBe('12340');
    expect(await sorted('path', true)).toBe('43210');
    expect((await sorted('album')).length + (await sorted('duration')).length).toBe(10);
  });

  it('page through a query, within a folder too', async () => {
    const page = await backend.call('tracks.query', { offset: 1, limit: 2 });
    expect(page.total).toBe(5);
    expect(page.rows.map(({ id }) => id)).toEqual(ids.slice(1, 3));
    const [root] = await backend.call('roots.list', {});
    expect((await backend.call('tracks.query', { rootId: root!.id })).total).toBe(5);
    expect((await backend.call('tracks.query', { rootId: root!.id + 1 })).total).toBe(0);
    expect((await backend.call('library.summary', { rootId: root!.id + 1 })).quick.all).toBe(0);
  });

  it('find tracks by path and give all there is of one', async () => {
    expect(await backend.call('tracks.byPath', { paths: [join(music, '2.mp3'), music, join(music, '0.mp3')] })).toEqual(
      ids,
    );
    expect(await backend.call('tracks.byPath', { paths: [`${music}-not`, join(music, '2')] })).toEqual([]);
    const detail = await backend.call('tracks.detail', { id: ids[0]! });
    expect(detail).toMatchObject({
      genre: { top: 'hip-hop', confidence: 0.9, abstained: false },
      mood: { top: 'calm' },
      container: 'fake',
      analysis: { model: 'fake@1.0.0', frontEnd: 'fake-1', plan: 'all', windows: 2, startsSec: [0, 3], windowSec: 3 },
    });
    expect(detail.analysis?.perWindow.genre?.data).toEqual(Array(20).fill(7));
    expect((await backend.call('tracks.detail', { id: ids[3]! })).analysis).toBeNull();
    await expect(backend.call('tracks.detail', { id: 999 })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a decision', () => {
  it('takes the verdict in the spelling that tags use, and the mood with it', async () => {
    expect(await decide(0, 'accept')).toMatchObject([
      { decision: { action: 'accept', genres: ['Hip-Hop'], moods: ['Calm'] } },
    ]);
    expect(await states()).toEqual(['decided', 'analysed', 'analysed', 'failed', 'analysed']);
    expect(await decide(0, 'clear')).toEqual([{ trackId: ids[0], decision: null }]);
    expect((await states())[0]).toBe('analysed');
  });

  it('can not accept what the model does not say, alone; in a batch such tracks are passed over', async () => {
    await expect(decide(1, 'accept')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(decide(3, 'accept')).rejects.toMatchObject({ code: 'invalid-input' });
    const made = await backend.call('decisions.set', { trackIds: ids, action: 'accept' });
    expect(made.map(({ trackId }) => ids.indexOf(trackId))).toEqual([0, 2, 4]);
    expect(await states()).toEqual(['decided', 'analysed', 'decided', 'failed', 'decided']);
  });

  it('can be the user’s own, also of a track that failed, or to leave a track alone', async () => {
    await decide(3, 'change', { genres: ['Krautrock', 'Ambient'], moods: ['Calm'] });
    await decide(4, 'skip');
    expect(await states()).toEqual(['analysed', 'analysed', 'analysed', 'decided', 'skipped']);
    await expect(decide(0, 'change')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(backend.call('decisions.set', { trackIds: [999], action: 'skip' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('writing', () => {
  it('writes decisions, shows the new tags, and is seen as unchanged by the next scan', async () => {
    await backend.call('decisions.set', { trackIds: ids, action: 'accept' });
    const { files } = await backend.call('write.plan', {});
    expect(files).toMatchObject([
      { path: join(music, '0.mp3'), status: 'ready', diffs: [{ before: [], after: ['Hip-Hop'] }] },
      { path: join(music, '2.mp3'), diffs: [{ before: ['JAZZ'], after: ['Jazz'] }] },
      { path: join(music, '4.mp3'), diffs: [{ before: ['Pop'], after: ['Metal'] }] },
    ]);
    const runId = await apply();
    expect(await states()).toEqual(['written', 'analysed', 'written', 'failed', 'written']);
    expect((await backend.rows())[4]).toMatchObject({ ownGenres: ['Metal'], ownMoods: ['Angry'], disagrees: false });
    expect((await backend.call('write.results', { runId })).map(({ status }) => status)).toEqual(
      Array(3).fill('written'),
    );
    expect(await backend.call('write.history', {})).toMatchObject([{ id: runId, files: 3, written: 3, state: 'done' }]);

    const asked = backend.fake.asked.length;
    expect((await backend.job('jobs.scan')).scan).toMatchObject({ unchanged: 5, changed: 0 });
    expect(backend.fake.asked).toHaveLength(asked);
    expect((await backend.call('write.plan', {})).files).toEqual([]);
  });

  it('is undone byte for byte, and the decisions wait again', async () => {
    const before = contents();
    await backend.call('decisions.set', { trackIds: ids, action: 'accept' });
    const runId = await apply();
    expect(contents()).not.toEqual(before);
    const undone = await backend.undo();
    expect(undone.results).toMatchObject(Array(3).fill({ status: 'written', undo: { exact: true, left: [] } }));
    expect(contents()).toEqual(before);
    expect(await states()).toEqual(['decided', 'analysed', 'decided', 'failed', 'decided']);
    expect((await backend.rows())[4]).toMatchObject({ ownGenres: ['Pop'], disagrees: true });
    expect(await backend.call('write.history', {})).toMatchObject([
      { id: undone.runId, kind: 'undo', undoes: runId, state: 'done', written: 3 },
      { id: runId, kind: 'write', state: 'undone', undone: 3 },
    ]);
    await expect(backend.call('write.undo', {})).rejects.toMatchObject({ code: 'undo-unavailable' });
    await expect(backend.call('write.undo', { runId })).rejects.toMatchObject({ code: 'undo-unavailable' });
    expect((await backend.job('jobs.scan')).scan).toMatchObject({ unchanged: 5 });
  });

  it('keeps a track decided and lists it where its file was refused, and goes on with the rest', async () => {
    await backend.call('decisions.set', { trackIds: ids, action: 'accept' });
    const { planId } = await backend.call('write.plan', {});
    writeSong(join(music, '2.mp3'), { tags: { title: 'changed meanwhile' }, payload: [5, 1, 45] });
    const { jobId, runId } = await backend.call('write.apply', { planId });
    expect(await backend.finished(jobId)).toMatchObject({ state: 'done', done: 3, failed: 1 });
    expect(await states()).toEqual(['written', 'analysed', 'decided', 'failed', 'written']);
    expect((await backend.call('write.results', { runId })).map(({ status }) => status)).toEqual([
      'written',
      'refused',
      'written',
    ]);
    expect(await backend.call('failures.list', {})).toContainEqual({
      path: join(music, '2.mp3'),
      code: 'file-changed',
      message: 'Plan again.',
    });
    await backend.job('jobs.scan');
    await apply();
    expect((await states())[2]).toBe('written');
    expect(await backend.call('failures.list', {})).toMatchObject([{ path: join(music, '3.mp3') }]);
  });

  it('survives a bug in the writing of one file, whose track stays decided', async () => {
    await backend.call('decisions.set', { trackIds: ids, action: 'accept' });
    backend.writer.beforeRename = (path) => {
      if (path.endsWith('2.mp3')) throw new Error('ENOSPC: no space left on device');
    };
    const runId = await apply();
    expect(await backend.call('write.results', { runId })).toMatchObject([
      { status: 'written' },
      { status: 'refused', code: 'internal' },
      { status: 'written' },
    ]);
    expect((await states())[2]).toBe('decided');
    expect((await backend.undo()).results).toHaveLength(2);
    await expect(backend.close()).rejects.toThrow('ENOSPC');
    backend = await startBackend(join(folder.path, 'library.db'));
  });

  it('undoes what it can where a file was changed since', async () => {
    await backend.call('decisions.set', { trackIds: ids, action: 'accept' });
    await apply();
    writeSong(join(music, '4.mp3'), { tags: { title: 'mine' }, payload: [6, 1, 70] });
    const { results } = await backend.undo();
    expect(results.map(({ status }) => status)).toEqual(['refused', 'written', 'written']);
    expect((await backend.call('write.history', {}))[1]).toMatchObject({
      state: 'partly-undone',
      written: 3,
      undone: 2,
    });
    expect((await states())[4]).toBe('written');
  });

  it('writes the named part of a plan only, and plans for named tracks only', async () => {
    await backend.call('decisions.set', { trackIds: ids, action: 'accept' });
    const { planId } = await backend.call('write.plan', { trackIds: [ids[0]!, ids[2]!] });
    const { jobId } = await backend.call('write.apply', { planId, paths: [join(music, '2.mp3')] });
    await backend.finished(jobId);
    expect(await states()).toEqual(['decided', 'analysed', 'written', 'failed', 'decided']);
    await expect(backend.call('write.apply', { planId: 'none' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(backend.call('write.results', { runId: 77 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('writes explicit changes to files, in the library or not, without touching decisions', async () => {
    const outside = join(folder.path, 'outside.mp3');
    writeSong(outside, { payload: [1] });
    await decide(0, 'skip');
    const change = { genres: ['Folk'] };
    const { planId, files } = await backend.call('write.planFiles', {
      paths: [outside, join(music, '0.mp3'), outside],
      change,
    });
    expect(files).toHaveLength(2);
    await backend.finished((await backend.call('write.apply', { planId })).jobId);
    expect(readFileSync(outside, 'latin1')).toContain('Folk');
    expect((await backend.rows())[0]).toMatchObject({ state: 'skipped', ownGenres: ['Folk'] });
    await backend.undo();
    expect((await backend.rows())[0]).toMatchObject({ state: 'skipped', ownGenres: [] });
  });

  it('forgets a decision to accept when the audio becomes another, but keeps what the user chose', async () => {
    await decide(0, 'accept');
    await decide(4, 'change', { genres: ['Rock'] });
    writeSong(join(music, '0.mp3'), { payload: [1, 1, 88, 1] });
    writeSong(join(music, '4.mp3'), { payload: [1, 1, 88, 2] });
    await backend.job('jobs.scan');
    expect(await states()).toEqual(['analysed', 'analysed', 'analysed', 'failed', 'decided']);
  });
});

describe('folders', () => {
  it('are added once, and only folders', async () => {
    const add = (path: string) => backend.call('roots.add', { path });
    await expect(add(music)).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(add(join(music, '0.mp3'))).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(add(join(music, 'nowhere'))).rejects.toMatchObject({ code: 'not-found' });
    mkdirSync(join(music, 'inner'));
    await expect(add(join(music, 'inner'))).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('swallow the folders inside them together with their tracks', async () => {
    const root = await backend.call('roots.add', { path: folder.path });
    expect(root).toMatchObject({ path: folder.path, tracks: 5, available: true });
    expect(await backend.call('roots.list', {})).toHaveLength(1);
  });

  it('are forgotten with their tracks and failures, while files and results stay', async () => {
    await decide(0, 'accept');
    const [root] = await backend.call('roots.list', {});
    const before = contents();
    await backend.call('roots.remove', { id: root!.id });
    expect(await backend.rows()).toEqual([]);
    expect(await backend.call('failures.list', {})).toEqual([]);
    expect(contents()).toEqual(before);
    const asked = backend.fake.asked.length;
    await backend.job('jobs.scan', { paths: [music] });
    expect(await states()).toEqual(['analysed', 'analysed', 'analysed', 'failed', 'analysed']);
    // Only the failed one is listened to again.
    expect(backend.fake.asked).toHaveLength(asked + 1);
    await expect(backend.call('roots.remove', { id: 999 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are listed for choosing one', async () => {
    mkdirSync(join(folder.path, 'Älben'));
    mkdirSync(join(folder.path, '.hidden'));
    writeFileSync(join(folder.path, 'song.mp3'), '');
    const listed = await backend.call('folders.list', { path: folder.path });
    expect(listed.folders.map(({ name }) => name)).toEqual(['Älben', 'music']);
    expect(listed.tables).toEqual([]);
    const named = ['Labels.CSV', 'more.tsv', 'old.txt'];
    for (const name of [...named, '.hidden.csv', 'csv', 'labels.csv.bak']) writeFileSync(join(folder.path, name), '');
    const { folders, tables } = await backend.call('folders.list', { path: folder.path, tables: true });
    expect(folders).toEqual(listed.folders);
    expect(tables).toEqual(named.map((name) => ({ name, path: join(folder.path, name) })));
    expect(listed.parent).not.toBeNull();
    expect((await backend.call('folders.list', { path: '/' })).parent).toBeNull();
    await expect(backend.call('folders.list', { path: join(folder.path, 'none') })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(backend.call('folders.list', { path: join(folder.path, 'song.mp3') })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('moved as a whole keep results and decisions', async () => {
    await decide(0, 'accept');
    renameSync(music, join(folder.path, 'elsewhere'));
    await backend.job('jobs.scan', { paths: [join(folder.path, 'elsewhere')] });
    expect(await backend.call('roots.list', {})).toMatchObject([
      { path: join(folder.path, 'elsewhere'), tracks: 5, available: true },
      { path: music, tracks: 0, available: false },
    ]);
    expect(await backend.call('tracks.ids', {})).toEqual(ids);
    expect(await states()).toEqual(['decided', 'analysed', 'analysed', 'failed', 'analysed']);
  });
});
