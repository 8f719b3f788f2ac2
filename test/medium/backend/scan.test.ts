import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { walk, type Walked } from '../../../src/main/adapters/walk';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let music: string;
let library: string;
let backend: TestBackend;

beforeEach(async () => {
  folder = temporaryFolder();
  music = join(folder.path, 'music');
  mkdirSync(music);
  library = join(folder.path, 'library.db');
  backend = await startBackend(library);
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

const song = (name: string, payload: number[], genres: string[] = [], title = name): void => {
  writeSong(join(music, name), { tags: { title, genres }, payload });
};

describe('a scan', () => {
  it('finds, reads and analyses what is new, and leaves it alone the next time', async () => {
    song('a.mp3', [0, 0, 90], ['Rock']);
    song('sub/b.flac', [5, 1, 40]);
    song('notes.txt', [1]);
    const first = await backend.job('jobs.scan', { paths: [music] });
    expect(first).toMatchObject({ state: 'done', done: 2, total: 2, failed: 0, detail: 'cpu · fake' });
    expect(first.scan).toEqual({ found: 2, new: 2, changed: 0, unchanged: 0, moved: 0, removed: 0, failed: 0 });
    expect(await backend.rows()).toMatchObject([
      { title: 'a.mp3', state: 'analysed', disagrees: true, genre: { top: 'blues', confidence: 0.9 } },
      { title: 'sub/b.flac', state: 'analysed', disagrees: false, genre: { top: 'jazz', abstained: false } },
    ]);

    const second = await backend.job('jobs.scan');
    expect(second.scan).toEqual({ found: 2, new: 0, changed: 0, unchanged: 2, moved: 0, removed: 0, failed: 0 });
    expect(backend.fake.asked).toHaveLength(2);
  });

  it('keeps results and decisions of a file that moved, also into another folder and under another name', async () => {
    song('a.mp3', [3, 0, 90]);
    await backend.job('jobs.scan', { paths: [music] });
    const [before] = await backend.rows();
    await backend.call('decisions.set', { trackIds: [before!.id], action: 'accept' });
    mkdirSync(join(music, 'deep'));
    renameSync(join(music, 'a.mp3'), join(music, 'deep', 'z.mp3'));

    const { scan } = await backend.job('jobs.scan');
    expect(scan).toEqual({ found: 1, new: 0, changed: 0, unchanged: 0, moved: 1, removed: 1, failed: 0 });
    expect(await backend.rows()).toMatchObject([
      { id: before!.id, path: join(music, 'deep', 'z.mp3'), state: 'decided', genre: { top: 'disco' } },
    ]);
    expect(backend.fake.asked).toHaveLength(1);
  });

  it('knows a file again that was moved and re-tagged by another program', async () => {
    song('a.mp3', [3, 0, 90]);
    await backend.job('jobs.scan', { paths: [music] });
    rmSync(join(music, 'a.mp3'));
    song('b.mp3', [3, 0, 90], ['Disco'], 'A wholly different and longer title');
    const { scan } = await backend.job('jobs.scan');
    expect(scan).toMatchObject({ moved: 1, new: 0, removed: 1 });
    expect(backend.fake.asked).toHaveLength(1);
  });

  it('analyses one of two copies', async () => {
    song('a.mp3', [4, 0, 90]);
    await backend.job('jobs.scan', { paths: [music] });
    song('copy.mp3', [4, 0, 90], ['Pop'], 'Copy');
    await backend.job('jobs.scan');
    expect(backend.fake.asked).toHaveLength(1);
    expect((await backend.rows()).map((row) => row.genre?.top)).toEqual(['hip-hop', 'hip-hop']);
  });

  it('keeps the result where only the tags changed, and analyses again where the audio did', async () => {
    song('a.mp3', [4, 0, 90]);
    song('b.mp3', [5, 0, 90]);
    await backend.job('jobs.scan', { paths: [music] });
    song('a.mp3', [4, 0, 90], ['Hip Hop'], 'Changed title');
    song('b.mp3', [6, 0, 91, 1]);
    const { scan } = await backend.job('jobs.scan');
    expect(scan).toMatchObject({ changed: 2, unchanged: 0 });
    expect(backend.fake.asked).toHaveLength(3);
    expect(await backend.rows()).toMatchObject([
      { title: 'Changed title', disagrees: false, genre: { top: 'hip-hop' } },
      { genre: { top: 'metal' } },
    ]);
  });

  it('drops vanished files from the table but knows them when they come back', async () => {
    song('a.mp3', [4, 0, 90]);
    await backend.job('jobs.scan', { paths: [music] });
    renameSync(join(music, 'a.mp3'), join(folder.path, 'elsewhere.mp3'));
    expect((await backend.job('jobs.scan')).scan).toMatchObject({ removed: 1 });
    expect(await backend.rows()).toEqual([]);
    renameSync(join(folder.path, 'elsewhere.mp3'), join(music, 'a.mp3'));
    await backend.job('jobs.scan');
    expect(await backend.rows()).toMatchObject([{ state: 'analysed' }]);
    expect(backend.fake.asked).toHaveLength(1);
  });

  it('keeps the tracks of a folder that is not there', async () => {
    song('a.mp3', [4, 0, 90]);
    await backend.job('jobs.scan', { paths: [music] });
    renameSync(music, `${music}-unplugged`);
    const { scan } = await backend.job('jobs.scan');
    expect(scan).toMatchObject({ found: 0, removed: 0, failed: 0 });
    expect(await backend.rows()).toHaveLength(1);
    expect(await backend.call('roots.list', {})).toMatchObject([{ path: music, available: false, tracks: 1 }]);
    expect(backend.seen.find((event) => event.name === 'notice')?.data).toMatchObject({ level: 'warning' });
    renameSync(`${music}-unplugged`, music);
  });

  it('goes on past one bad file in many, and names it', async () => {
    for (let n = 0; n < 30; n++) song(`${String(n).padStart(2, '0')}.mp3`, [n % 10, 0, 90, n]);
    writeFileSync(join(music, '05.mp3'), '');
    writeFileSync(join(music, '06.mp3'), 'not json\n');
    const status = await backend.job('jobs.scan', { paths: [music] });
    expect(status.state).toBe('done');
    expect(status.scan).toMatchObject({ found: 30, new: 30, failed: 2 });
    const failures = await backend.call('failures.list', {});
    expect(failures).toContainEqual({
      path: join(music, '05.mp3'),
      code: 'empty-file',
      message: 'The file is empty. Copy it again.',
    });
    expect((await backend.rows()).filter((row) => row.state === 'analysed')).toHaveLength(29);
    expect((await backend.rows())[5]).toMatchObject({ state: 'failed', failure: { code: 'empty-file' } });
  });

  it('lists an unreadable folder and keeps what was found in it before', async () => {
    song('closed/a.mp3', [1, 0, 90]);
    song('b.mp3', [2, 0, 90]);
    await backend.job('jobs.scan', { paths: [music] });
    await backend.close();
    const closed = join(music, 'closed');
    let locked = true;
    // Permissions don't stop root, who runs the tests in CI; so the walk says what it would say.
    async function* walkPastClosed(root: string): AsyncGenerator<Walked> {
      for await (const walked of walk(root)) if (!locked || !walked.path.startsWith(closed)) yield walked;
      if (locked) yield { kind: 'failure', path: closed, code: 'permission-denied', message: 'May not be read.' };
    }
    backend = await startBackend(library, { parts: { walk: walkPastClosed } });
    const { scan } = await backend.job('jobs.scan');
    expect(scan).toMatchObject({ found: 1, removed: 0, failed: 1 });
    expect(await backend.rows()).toHaveLength(2);
    expect(await backend.call('failures.list', {})).toMatchObject([{ path: closed, code: 'permission-denied' }]);
    locked = false;
    await backend.job('jobs.scan');
    expect(await backend.call('failures.list', {})).toEqual([]);
  });

  it('ends in a loop of links', async () => {
    song('a.mp3', [1, 0, 90]);
    symlinkSync(music, join(music, 'again'));
    symlinkSync('..', join(music, 'up'));
    expect((await backend.job('jobs.scan', { paths: [music] })).scan).toMatchObject({ found: 1 });
  });

  it('stores every one of many files, though it stores them in groups', async () => {
    for (let n = 0; n < 203; n++) song(`${n % 7}/${n}.mp3`, [n % 10, 0, 90, n]);
    expect((await backend.job('jobs.scan', { paths: [music], analyze: false })).scan).toMatchObject({
      found: 203,
      new: 203,
    });
    expect(await backend.rows()).toHaveLength(203);
    expect((await backend.job('jobs.scan', { analyze: false })).scan).toMatchObject({ unchanged: 203, new: 0 });
  });

  it('keeps single files without making their folder part of the library', async () => {
    song('a.mp3', [1, 0, 90]);
    song('b.mp3', [1, 0, 90]);
    await backend.job('jobs.scan', { paths: [join(music, 'a.mp3')] });
    expect(await backend.rows()).toHaveLength(1);
    expect(await backend.call('roots.list', {})).toEqual([]);
    rmSync(join(music, 'a.mp3'));
    expect((await backend.job('jobs.scan')).scan).toMatchObject({ removed: 1 });
  });

  it('refuses paths that are not there, unless others are', async () => {
    const nowhere = join(music, 'nowhere');
    await expect(backend.call('jobs.scan', { paths: [nowhere] })).rejects.toMatchObject({ code: 'not-found' });
    song('a.mp3', [1, 0, 90]);
    const status = await backend.job('jobs.scan', { paths: [nowhere, music] });
    expect(status.scan).toMatchObject({ found: 1, failed: 1 });
    expect(await backend.call('failures.list', {})).toMatchObject([{ path: nowhere, code: 'not-found' }]);
  });

  it('tries failed tracks again only when they are named, forced or changed', async () => {
    await backend.close();
    backend = await startBackend(library, {
      fails: (path) => (path.endsWith('bad.mp3') ? { code: 'decode-failed', message: 'Damaged.' } : null),
    });
    song('bad.mp3', [1, 0, 90]);
    await backend.job('jobs.scan', { paths: [music] });
    const [row] = await backend.rows();
    expect(row).toMatchObject({ state: 'failed', failure: { code: 'decode-failed' } });
    await backend.job('jobs.scan');
    await backend.job('jobs.analyze');
    await backend.job('jobs.analyze', { paths: [music] });
    expect(backend.fake.asked).toHaveLength(1);
    await backend.job('jobs.analyze', { trackIds: [row!.id] });
    expect(backend.fake.asked).toHaveLength(2);
    await backend.job('jobs.analyze', { paths: [row!.path] });
    expect(backend.fake.asked).toHaveLength(3);
    utimesSync(row!.path, 1, 1);
    await backend.job('jobs.scan');
    expect(backend.fake.asked).toHaveLength(4);
  });
});
