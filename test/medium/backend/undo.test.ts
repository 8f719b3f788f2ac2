import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TagChange } from '#shared/domain/tags';
import { createTagWriter } from '../../../src/main/adapters/tags';
import { readTags } from '../../../src/main/adapters/tags/read-tags';
import { openStore } from '../../../src/main/store';
import { openDatabase } from '../../../src/main/store/driver';
import { DEFLATED } from '../../../src/main/store/splices';
import { MIGRATIONS } from '../../../src/main/store/migrations';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { comments, flac, padding } from '../../builders/tags-flac';
import { ready } from '../../builders/tags-files';
import { bytes, frame, id3, id3v1, silentMp3 } from '../../builders/tags-mp3';

let folder: ReturnType<typeof temporaryFolder>;
let library: string;
let backend: TestBackend;
let mp3: string;
let song: string;

/** Real files, real tags, a real journal. */
const open = async (): Promise<void> => {
  backend = await startBackend(library, { parts: { tagWriter: createTagWriter(), readTags } });
};

beforeEach(async () => {
  folder = temporaryFolder();
  library = join(folder.path, 'library.db');
  mkdirSync(join(folder.path, 'music'));
  mp3 = join(folder.path, 'music', 'a.mp3');
  song = join(folder.path, 'music', 'b.flac');
  writeFileSync(mp3, mp3With('Old title', 'Jazz'));
  writeFileSync(song, flac([comments(['TITLE=Aria', 'GENRE=Opera']), padding(64)]));
  for (const path of [mp3, song]) utimesSync(path, 1_000_000, 1_000_000);
  await open();
});
afterEach(async () => {
  await backend.close();
  folder.cleanUp();
});

const mp3With = (title: string, genre: string, audio = silentMp3(), room = 20): Uint8Array =>
  bytes(
    id3(3, [frame(3, 'TIT2', `\0${title}`), frame(3, 'TCON', `\0${genre}`)], { padding: room }),
    audio,
    id3v1(genre === 'Jazz' ? 8 : 17),
  );
const contents = () => [mp3, song].map((path) => readFileSync(path, 'latin1'));
const write = async (change: Partial<TagChange>, paths: string[] = [mp3, song]): Promise<number> => {
  const { planId } = await backend.call('write.planFiles', {
    paths,
    change: { mode: 'replace', ...change },
  });
  const { jobId, runId } = await backend.call('write.apply', { planId });
  await backend.finished(jobId);
  return runId;
};
/** As another program would: the journal hears nothing of it. */
const changeBehind = async (path: string, change: Partial<TagChange>): Promise<void> => {
  const writer = createTagWriter({ keepMtime: false });
  const plan = ready(await writer.plan(path, { mode: 'replace', ...change }));
  expect(await writer.apply(plan, { begin: () => undefined })).toMatchObject({ status: 'written' });
};
const genresAndMoods = async (path: string) => {
  const tags = await readTags(path);
  if (!tags.ok) throw new Error(tags.failure.message);
  return [tags.value.genres, tags.value.moods, tags.value.title];
};
const exact = { status: 'written', undo: { exact: true, left: [] } };

describe('an undo', () => {
  it('puts back any run, any file, also in another order than they were written', async () => {
    const before = contents();
    const first = await write({ genres: ['Rock'] }, [mp3]);
    const second = await write({ genres: ['Folk'], moods: ['Calm'] }, [song]);
    expect((await backend.undo({ runId: first })).results).toMatchObject([{ path: mp3, ...exact }]);
    expect(contents()[0]).toBe(before[0]);
    expect(contents()[1]).not.toBe(before[1]);
    expect((await backend.undo({ runId: second })).results).toMatchObject([{ path: song, ...exact }]);
    expect(contents()).toEqual(before);
    expect([mp3, song].map((path) => statSync(path).mtimeMs)).toEqual([1e9, 1e9]);
  });

  it('says what it did to the fields, and is a run in the history', async () => {
    const runId = await write({ genres: ['Rock', 'Metal'], moods: ['Happy'] }, [mp3]);
    const undo = await backend.undo({ runId });
    expect(undo.results).toMatchObject([
      {
        diffs: [
          { field: 'genre', before: ['Rock', 'Metal'], after: ['Jazz'] },
          { field: 'mood', before: ['Happy'], after: [] },
        ],
        undone: false,
      },
    ]);
    expect(await backend.call('write.results', { runId })).toMatchObject([{ status: 'written', undone: true }]);
    expect(await backend.call('write.history', {})).toMatchObject([
      { id: undo.runId, kind: 'undo', undoes: runId, files: 1, written: 1, undone: 0, notReached: 0, state: 'done' },
      { id: runId, kind: 'write', undoes: null, written: 1, undone: 1, state: 'undone' },
    ]);
  });

  it('is undone in turn, byte for byte, as often as one likes', async () => {
    const before = contents();
    const runId = await write({ genres: ['A much longer genre than there is room for in the padding'] });
    const written = contents();
    let last = (await backend.undo({ runId })).runId;
    for (let round = 0; round < 3; round++) {
      expect(contents()).toEqual(before);
      const redo = await backend.undo({ runId: last });
      expect(redo.results).toMatchObject([exact, exact]);
      expect(contents()).toEqual(written);
      expect((await backend.call('write.results', { runId }))[0]).toMatchObject({ undone: false });
      // The write is in effect again, so that the plain undo means it again.
      const again = await backend.undo();
      expect((await backend.call('write.history', {}))[0]).toMatchObject({ undoes: runId });
      last = again.runId;
    }
    await expect(backend.call('write.undo', {})).rejects.toMatchObject({ code: 'undo-unavailable' });
  });

  it('takes single files of a run back, or the files of a folder', async () => {
    const before = contents();
    const runId = await write({ genres: ['Rock'] });
    const one = await backend.undo({ runId, paths: [song] });
    expect(one.results.map(({ path }) => path)).toEqual([song]);
    expect(contents()[1]).toBe(before[1]);
    expect((await backend.call('write.history', {}))[1]).toMatchObject({ state: 'partly-undone', undone: 1 });
    expect((await backend.undo({ paths: [join(folder.path, 'music')] })).results).toMatchObject([
      { path: mp3, ...exact },
    ]);
    expect(contents()).toEqual(before);
  });

  it('without a run takes back what was written into the named file last, and answers for files it knows nothing of', async () => {
    const first = await write({ genres: ['Rock'] }, [mp3]);
    const between = contents()[0];
    await write({ genres: ['Pop'] });
    const strange = join(folder.path, 'music', 'strange.mp3');
    copyFileSync(mp3, strange);
    const { results } = await backend.undo({ paths: [mp3, strange] });
    expect(results).toMatchObject([
      { path: mp3, ...exact },
      { path: strange, status: 'refused', code: 'undo-unavailable' },
    ]);
    expect(contents()[0]).toBe(between);
    expect((await genresAndMoods(song))[0]).toEqual(['Pop']);
    await expect(backend.call('write.undo', { paths: [strange] })).rejects.toMatchObject({ code: 'undo-unavailable' });
    await expect(backend.call('write.undo', { runId: first, all: true })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('goes with a file that was moved', async () => {
    const before = contents()[0];
    await backend.job('jobs.scan', { paths: [join(folder.path, 'music')], analyze: false });
    const runId = await write({ genres: ['Rock'] }, [mp3]);
    const moved = join(folder.path, 'music', 'elsewhere.mp3');
    renameSync(mp3, moved);
    await backend.job('jobs.scan', { analyze: false });
    expect((await backend.undo({ runId })).results).toMatchObject([{ path: moved, ...exact }]);
    expect(readFileSync(moved, 'latin1')).toBe(before);
  });

  it('leaves a file that is gone, and says so', async () => {
    const runId = await write({ genres: ['Rock'] });
    rmSync(mp3);
    const { results } = await backend.undo({ runId });
    expect(results).toContainEqual(expect.objectContaining({ path: mp3, status: 'refused', code: 'not-found' }));
    expect(results.filter(({ status }) => status === 'written')).toHaveLength(1);
  });
});

describe('an undo of a file that was changed since', () => {
  it('puts back the fields that still hold what was written, leaves the others, and says which', async () => {
    const runId = await write({ genres: ['Rock'], moods: ['Happy'], custom: { MY_NOTE: ['one'] } }, [mp3]);
    await changeBehind(mp3, { moods: ['Gloomy'], custom: { OTHER: ['theirs'] } });
    const changed = contents()[0];
    const undo = await backend.undo({ runId });
    expect(undo.results).toMatchObject([
      {
        status: 'written',
        diffs: [
          { field: 'genre', before: ['Rock'], after: ['Jazz'] },
          { field: 'MY_NOTE', before: ['one'], after: [] },
        ],
        undo: { exact: false, left: [{ field: 'mood', wrote: ['Happy'], now: ['Gloomy'] }] },
      },
    ]);
    expect(await genresAndMoods(mp3)).toEqual([['Jazz'], ['Gloomy'], 'Old title']);
    expect(contents()[0]).toContain('theirs');
    expect(await backend.call('write.results', { runId })).toMatchObject([{ undone: true }]);

    // It was a write like any other: it is taken back byte for byte, and the first write is in effect again.
    expect((await backend.undo({ runId: undo.runId })).results).toMatchObject([exact]);
    expect(contents()[0]).toBe(changed);
    expect(await backend.call('write.results', { runId })).toMatchObject([{ undone: false }]);
  });

  it('leaves what another program made of everything else alone', async () => {
    const runId = await write({ genres: ['Rock'] }, [mp3]);
    writeFileSync(mp3, mp3With('Title by another program', 'Rock'));
    expect((await backend.undo({ runId })).results).toMatchObject([{ undo: { exact: false, left: [] } }]);
    expect(await genresAndMoods(mp3)).toEqual([['Jazz'], [], 'Title by another program']);
    expect(contents()[0]).toBe(Buffer.from(mp3With('Title by another program', 'Jazz')).toString('latin1'));
  });

  it('knows its own values again in a tag that another program brought to ID3v2.4', async () => {
    const runId = await write({ genres: ['Rock', 'Metal'], moods: ['Happy'] }, [mp3]);
    writeFileSync(
      mp3,
      bytes(id3(4, [frame(4, 'TCON', '\x03Rock; Metal'), frame(4, 'TXXX', '\x03MOOD\0Happy')]), silentMp3(), id3v1(17)),
    );
    expect((await backend.undo({ runId })).results).toMatchObject([{ undo: { exact: false, left: [] } }]);
    expect((await genresAndMoods(mp3)).slice(0, 2)).toEqual([['Jazz'], []]);
  });

  it('refuses where nothing of what was written is there any more', async () => {
    const runId = await write({ genres: ['Rock'] }, [mp3]);
    await changeBehind(mp3, { genres: ['Schlager'] });
    const before = contents();
    const { results } = await backend.undo({ runId });
    expect(results).toMatchObject([{ status: 'refused', code: 'file-changed' }]);
    expect(results[0]).toHaveProperty('message', expect.stringContaining('genre is Schlager now'));
    expect(contents()).toEqual(before);
    expect(await backend.call('write.results', { runId })).toMatchObject([{ undone: false }]);
  });

  it('refuses where another recording has taken the place of the file', async () => {
    const runId = await write({ genres: ['Rock'] }, [mp3]);
    writeFileSync(mp3, mp3With('Another', 'Rock', silentMp3(30)));
    const before = contents();
    expect((await backend.undo({ runId })).results).toMatchObject([{ status: 'refused', code: 'undo-unavailable' }]);
    expect(contents()).toEqual(before);
  });

  it('takes an older run back field by field where a later one wrote the file too', async () => {
    const older = await write({ genres: ['Rock'] }, [mp3]);
    await write({ moods: ['Calm'] }, [mp3]);
    expect((await backend.undo({ runId: older })).results).toMatchObject([{ undo: { exact: false, left: [] } }]);
    expect((await genresAndMoods(mp3)).slice(0, 2)).toEqual([['Jazz'], ['Calm']]);
  });

  it('names the later run that is to be undone first', async () => {
    const older = await write({ genres: ['Rock'] }, [mp3]);
    const later = await write({ genres: ['Pop'] }, [mp3]);
    const { results } = await backend.undo({ runId: older });
    expect(results).toMatchObject([{ status: 'refused', code: 'file-changed' }]);
    expect(results[0]).toHaveProperty('message', expect.stringContaining(`Run ${later} wrote it since`));
    await backend.undo({ runId: later });
    expect((await backend.undo({ runId: older })).results).toMatchObject([exact]);
  });

  it('finds that a backup was restored, and nothing is left to do', async () => {
    const before = readFileSync(mp3);
    const runId = await write({ genres: ['Rock'] }, [mp3]);
    writeFileSync(mp3, before);
    expect((await backend.undo({ runId })).results).toMatchObject([{ status: 'unchanged' }]);
    expect(await backend.call('write.results', { runId })).toMatchObject([{ undone: true }]);
    expect(await backend.call('write.undoable', {})).toEqual({ files: 0 });
  });
});

describe('back to day 0', () => {
  it('gives every file its first bytes back, in one step, whatever was written and undone since', async () => {
    const before = contents();
    const first = await write({ genres: ['Rock'] });
    await write({ genres: ['A much longer genre than there is room for in the padding'], moods: ['Calm'] });
    await write({ custom: { NOTE: ['x'] } }, [mp3]);
    // Field by field, since later runs wrote the files too.
    await backend.undo({ runId: first });
    await write({ genres: [], moods: [] });
    const last = contents();
    expect(await backend.call('write.undoable', {})).toEqual({ files: 2 });
    const undo = await backend.undo({ all: true });
    expect(undo.results).toMatchObject([exact, exact]);
    expect(contents()).toEqual(before);
    expect([mp3, song].map((path) => statSync(path).mtimeMs)).toEqual([1e9, 1e9]);
    expect(await backend.call('write.undoable', {})).toEqual({ files: 0 });
    await expect(backend.call('write.undo', { all: true })).rejects.toMatchObject({ code: 'undo-unavailable' });

    expect((await backend.undo({ runId: undo.runId })).results).toMatchObject([exact, exact]);
    expect(contents()).toEqual(last);
    expect(await backend.call('write.undoable', {})).toEqual({ files: 2 });
  });

  it('also finishes what undos field by field left of the tag’s shape, unless something else has changed the file', async () => {
    const before = contents();
    const first = await write({ genres: ['A much longer genre than there is room for in the padding'] });
    await write({ moods: ['Calm'] });
    await backend.undo({ runId: first });
    await backend.undo();
    expect((await genresAndMoods(mp3)).slice(0, 2)).toEqual([['Jazz'], []]);
    expect(contents()).not.toEqual(before);
    await changeBehind(song, { custom: { OTHER: ['theirs'] } });
    expect(await backend.call('write.undoable', {})).toEqual({ files: 2 });
    const { results } = await backend.undo({ all: true });
    expect(results.find(({ path }) => path === mp3)).toMatchObject({ ...exact, diffs: [] });
    expect(results.find(({ path }) => path === song)).toMatchObject({ status: 'refused', code: 'file-changed' });
    expect(contents()[0]).toBe(before[0]);
    expect(contents()[1]).toContain('theirs');
  });

  it('goes field by field through what was written into a file that something else has changed', async () => {
    const original = contents();
    await write({ genres: ['Rock'], moods: ['Happy'] });
    await write({ genres: ['Pop'] });
    await changeBehind(mp3, { moods: ['Gloomy'] });
    const { results } = await backend.undo({ all: true });
    expect(results.find(({ path }) => path === song)).toMatchObject(exact);
    expect(results.find(({ path }) => path === mp3)).toMatchObject({
      diffs: [{ field: 'genre', before: ['Pop'], after: ['Jazz'] }],
      undo: { exact: false, left: [{ field: 'mood', wrote: ['Happy'], now: ['Gloomy'] }] },
    });
    expect(contents()[1]).toBe(original[1]);
    expect((await genresAndMoods(mp3)).slice(0, 2)).toEqual([['Jazz'], ['Gloomy']]);
  });

  it('stops at what another program did between two writes', async () => {
    await write({ genres: ['Rock'] }, [mp3]);
    await changeBehind(mp3, { genres: ['Schlager'] });
    await backend.undo({ paths: [mp3] });
    await write({ genres: ['Pop'] }, [mp3]);
    const { results } = await backend.undo({ all: true, paths: [mp3] });
    expect(results).toMatchObject([
      {
        diffs: [{ field: 'genre', before: ['Pop'], after: ['Schlager'] }],
        undo: { exact: false, left: [{ field: 'genre', wrote: ['Rock'], now: ['Schlager'] }] },
      },
    ]);
    expect((await genresAndMoods(mp3))[0]).toEqual(['Schlager']);
  });
});

describe('files that are written through or instead of links, or in place', () => {
  const set = (links: 'through' | 'break', inPlaceAboveMiB: number | null = null) =>
    backend.call('settings.setWriting', { links, inPlaceAboveMiB });
  /** Two runs, both undone, and everything undone at once. */
  const toAndFro = async (path: string): Promise<void> => {
    const before = readFileSync(mp3, 'latin1');
    const first = await write({ genres: ['Rock'] }, [path]);
    const between = readFileSync(path, 'latin1');
    const second = await write({ genres: ['Pop'], moods: ['Calm'] }, [path]);
    const written = readFileSync(path, 'latin1');
    const undo = await backend.undo({ runId: second });
    expect(undo.results).toMatchObject([exact]);
    expect(readFileSync(path, 'latin1')).toBe(between);
    expect((await backend.undo({ runId: undo.runId })).results).toMatchObject([exact]);
    expect(readFileSync(path, 'latin1')).toBe(written);
    const dayZero = await backend.undo({ all: true });
    expect(dayZero.results).toMatchObject([exact]);
    expect(readFileSync(path, 'latin1')).toBe(before);
    expect((await backend.undo({ runId: dayZero.runId })).results).toMatchObject([exact]);
    expect(readFileSync(path, 'latin1')).toBe(written);
    expect((await backend.undo({ runId: first, all: false })).results[0]).toMatchObject({ status: 'refused' });
    await backend.undo({ all: true });
    expect(readFileSync(path, 'latin1')).toBe(before);
  };
  let link: string;
  beforeEach(() => {
    link = join(folder.path, 'music', 'link.mp3');
  });

  it('go back through a symbolic link', async () => {
    await backend.job('jobs.scan', { paths: [join(folder.path, 'music')], analyze: false });
    symlinkSync(mp3, link);
    await set('through');
    await toAndFro(link);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  it('give way to the link again', async () => {
    symlinkSync(mp3, link);
    await set('break');
    await toAndFro(link);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
  });

  it('keep their other names', async () => {
    writeFileSync(mp3, mp3With('Room enough', 'Jazz', silentMp3(), 600));
    linkSync(mp3, link);
    await set('through');
    const { ino } = statSync(mp3);
    await toAndFro(link);
    expect(statSync(mp3)).toMatchObject({ ino, nlink: 2 });
  });
});

describe('a decision', () => {
  const states = async () => (await backend.rows()).map(({ state }) => state);
  beforeEach(async () => {
    await backend.job('jobs.scan', { paths: [join(folder.path, 'music')], analyze: false });
  });
  const decideAndWrite = async (genre: string): Promise<number> => {
    const trackIds = await backend.call('tracks.ids', {});
    await backend.call('decisions.set', { trackIds, action: 'change', genres: [genre] });
    const { planId } = await backend.call('write.plan', {});
    const { jobId, runId } = await backend.call('write.apply', { planId });
    await backend.finished(jobId);
    return runId;
  };

  it('waits again after its undo, and is written again after a redo', async () => {
    const runId = await decideAndWrite('Rock');
    expect(await states()).toEqual(['written', 'written']);
    const undo = await backend.undo({ runId });
    expect(await states()).toEqual(['decided', 'decided']);
    await backend.undo({ runId: undo.runId });
    expect(await states()).toEqual(['written', 'written']);
  });

  it('that is still in the file stays written when an older run is undone', async () => {
    const older = await decideAndWrite('Rock');
    await decideAndWrite('Pop');
    await backend.undo({ runId: older });
    expect(await states()).toEqual(['written', 'written']);
  });

  it('that was made after an undo is not taken for written by its redo', async () => {
    const undo = await backend.undo({ runId: await decideAndWrite('Rock') });
    await new Promise((resolve) => setTimeout(resolve, 5));
    const trackIds = await backend.call('tracks.ids', {});
    await backend.call('decisions.set', { trackIds, action: 'change', genres: ['Folk'] });
    await backend.undo({ runId: undo.runId });
    expect(await states()).toEqual(['decided', 'decided']);
  });
});

describe('a library of schema 3', () => {
  it('keeps its history, and what was written then can be undone', async () => {
    const before = contents();
    const runId = await write({ genres: ['Rock'] });
    await backend.close();
    const db = openDatabase(library);
    const rows = db.all<{ path: string; splices: ArrayBuffer; packing: number; receipt: string; mtime_ns: string }>(
      'SELECT * FROM write_entries ORDER BY id',
    );
    db.close();
    const old = join(folder.path, 'old.db');
    openStore(old, MIGRATIONS.slice(0, 3)).close();
    const written = openDatabase(old);
    written.run(
      `INSERT INTO write_runs (started_at, finished_at, files, from_decisions, state) VALUES (5, 6, 2, 0, 'done')`,
    );
    for (const row of rows) {
      const { packing, path, receipt, mtime_ns } = row;
      const splices = packing === DEFLATED ? inflateRawSync(row.splices) : new Uint8Array(row.splices);
      // One of them was being undone when that version was killed.
      const status = path === mp3 ? 'undoing' : 'written';
      written.run(
        `INSERT INTO write_entries (run_id, path, status, diffs, splices, receipt, mtime_ns) VALUES (1, ?, ?, '[]', ?, ?, ?)`,
        [path, status, splices, receipt, mtime_ns],
      );
      if (path === mp3)
        written.run(
          `INSERT INTO write_entries (run_id, path, status, diffs, splices, receipt, mtime_ns) VALUES (1, '/undone.mp3', 'undone', '[]', ?, ?, ?)`,
          [splices, receipt, mtime_ns],
        );
    }
    written.close();
    expect(runId).toBe(1);
    library = old;
    await open();
    expect(await backend.call('write.history', {})).toMatchObject([
      { id: 1, kind: 'write', undoes: null, startedAt: 5, files: 2, written: 3, state: 'partly-undone', note: null },
    ]);
    expect(await backend.call('write.undoable', {})).toEqual({ files: 2 });
    expect((await backend.undo({ runId: 1 })).results).toMatchObject([exact, exact]);
    expect(contents()).toEqual(before);
  });
});
