import { linkSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlannedFile, TagChange } from '#shared/domain/tags';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { createReadTags } from '../../../src/main/adapters/tags/read-tags';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { errno, faultyFiles } from '../../builders/tags-faults';
import { bytes, frame, id3, id3v1, silentMp3 } from '../../builders/tags-mp3';

const song = bytes(
  id3(3, [frame(3, 'TCON', '\0Jazz'), frame(3, 'TIT2', '\0Title')], { padding: 200 }),
  silentMp3(30),
  id3v1(8),
);
const change: TagChange = { mode: 'replace', genres: ['Rock'] };

let folder: ReturnType<typeof temporaryFolder>;
let music: string;
let backend: TestBackend;

const start = async (writer = createTagWriter()): Promise<void> => {
  const readTags = createReadTags(() => ({ joinV23: '; ' }));
  backend = await startBackend(join(folder.path, 'library.db'), { parts: { tagWriter: writer, readTags } });
};
const genresByName = async (): Promise<Record<string, readonly string[]>> =>
  Object.fromEntries((await backend.rows()).map((row) => [row.fileName, row.ownGenres]));
const write = async (path: string, input: object): Promise<PlannedFile> => {
  const { planId, files } = await backend.call('write.planFiles', { paths: [path], change, ...input });
  await backend.finished((await backend.call('write.apply', { planId })).jobId);
  return files[0] as PlannedFile;
};

beforeEach(async () => {
  folder = temporaryFolder();
  music = join(folder.path, 'music');
  mkdirSync(music);
  writeFileSync(join(music, 'one.mp3'), song);
  await start();
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

describe('a file that the library knows by several names', () => {
  it('is shown with its new tags under each, though neither size nor time tells of the write', async () => {
    linkSync(join(music, 'one.mp3'), join(music, 'two.mp3'));
    symlinkSync('one.mp3', join(music, 'three.mp3'));
    await backend.job('jobs.scan', { paths: [music], analyze: false });
    const { mtimeMs } = statSync(join(music, 'one.mp3'));
    await write(join(music, 'two.mp3'), { writing: { links: 'through' } });
    expect(statSync(join(music, 'one.mp3')).mtimeMs).toBe(mtimeMs);
    const all = (genre: string) => ({ 'one.mp3': [genre], 'two.mp3': [genre], 'three.mp3': [genre] });
    expect(await genresByName()).toEqual(all('Rock'));
    const { jobId } = await backend.call('write.undo', {});
    await backend.finished(jobId);
    expect(await genresByName()).toEqual(all('Jazz'));
  });

  it('is shown so as well where only its link was written, which is not in the library', async () => {
    await backend.job('jobs.scan', { paths: [music], analyze: false });
    symlinkSync(join(music, 'one.mp3'), join(folder.path, 'link.mp3'));
    await write(join(folder.path, 'link.mp3'), { writing: { links: 'through' } });
    expect(await genresByName()).toEqual({ 'one.mp3': ['Rock'] });
  });
});

describe('a symbolic link', () => {
  it('leads a write to files of the library and to files that are named, and nowhere else', async () => {
    mkdirSync(join(folder.path, 'elsewhere'));
    const outside = join(folder.path, 'elsewhere', 'song.mp3');
    writeFileSync(outside, song);
    const link = join(music, 'link.mp3');
    symlinkSync(outside, link);
    await backend.call('settings.setWriting', { links: 'through' });
    const plan = async (...paths: string[]) => (await backend.call('write.planFiles', { paths, change })).files[0];
    expect(await plan(link)).toMatchObject({ status: 'refused', code: 'link-refused' });
    expect(await plan(link, outside)).toMatchObject({ status: 'ready', writing: { target: outside } });
    await backend.call('roots.add', { path: join(folder.path, 'elsewhere') });
    expect(await plan(link)).toMatchObject({ status: 'ready', writing: { target: outside } });
  });
});

describe('a file that could be overwritten only in part', () => {
  it('is said to be so, stays open in the journal, and is put back to the first byte by the next start', async () => {
    const path = join(music, 'one.mp3');
    await backend.close();
    let patches = 0;
    // The drive goes away before the second stretch of bytes; reading tells nothing any more either.
    const files = faultyFiles((step) => {
      if (step === 'patch') patches++;
      if (patches > 1 && ['patch', 'openToPatch', 'openToRead'].includes(step)) throw errno('EIO');
    });
    await start(createTagWriter({ files }));
    await write(path, { writing: { inPlaceAboveMiB: 0 } });
    expect(readFileSync(path).equals(song)).toBe(false);
    const [run] = await backend.call('write.history', {});
    expect(run).toMatchObject({ files: 1, written: 0, refused: 1 });
    expect(await backend.call('write.results', { runId: run!.id })).toMatchObject([
      { path, status: 'refused', code: 'half-written' },
    ]);
    // Still away at the next start, back at the one after it.
    await backend.close();
    await start(createTagWriter({ files }));
    expect(backend.seen).toContainEqual({
      name: 'notice',
      data: expect.objectContaining({ message: expect.stringContaining('overwritten in part') as string }) as object,
    });
    await backend.close();
    await start();
    expect(readFileSync(path).equals(song)).toBe(true);
    expect(await backend.call('write.results', { runId: run!.id })).toMatchObject([
      { path, status: 'refused', code: 'write-failed' },
    ]);
    await backend.close();
    await start();
    expect(backend.seen).toEqual([]);
  });
});
