import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBackend, temporaryFolder } from '../../builders/backend';
import { bundleProgram, startChild } from '../../builders/child-program';
import { writeSong } from '../../builders/fake-files';

let folder: ReturnType<typeof temporaryFolder>;
let music: string;
let library: string;
let scanChild: string;
let writeChild: string;

beforeAll(async () => {
  [scanChild, writeChild] = await Promise.all([
    bundleProgram('medium/backend/scan-child.ts'),
    bundleProgram('medium/backend/write-child.ts'),
  ]);
});
beforeEach(() => {
  folder = temporaryFolder();
  music = join(folder.path, 'music');
  mkdirSync(music);
  library = join(folder.path, 'library.db');
});
afterEach(() => {
  folder.cleanUp();
});

const songs = (count: number): void => {
  for (let n = 0; n < count; n++)
    writeSong(join(music, `${String(n).padStart(2, '0')}.mp3`), {
      tags: { genres: ['Old'] },
      payload: [n % 10, 0, 90, n],
    });
};

describe('a scan that is killed', () => {
  it('loses at most the tracks in flight, and the next one goes on from there', async () => {
    songs(60);
    const child = startChild(scanChild, [library, music]);
    let stored = 0;
    while (stored < 10) stored = Number(await child.line());
    await child.kill();

    const backend = await startBackend(library);
    const kept = (await backend.rows()).filter((row) => row.state === 'analysed').length;
    expect(kept).toBeGreaterThanOrEqual(stored);
    expect(kept).toBeLessThan(60);
    const { scan, done } = await backend.job('jobs.scan');
    expect(scan).toMatchObject({ found: 60, unchanged: 60 });
    expect(done).toBe(60 - kept);
    expect(backend.fake.asked).toHaveLength(60 - kept);
    expect((await backend.rows()).every((row) => row.state === 'analysed')).toBe(true);
    await backend.close();
  });

  it('may be killed again and again at any moment', async () => {
    songs(30);
    for (const ms of [0, 60, 120, 180, 260, 350]) {
      const child = startChild(scanChild, [library, music]);
      await new Promise((resolve) => setTimeout(resolve, ms));
      await child.kill();
    }
    const backend = await startBackend(library);
    await backend.job('jobs.scan', { paths: [music] });
    expect((await backend.rows()).map((row) => row.state)).toEqual(Array(30).fill('analysed'));
    await backend.close();
  });
});

describe('a write or an undo that is killed', () => {
  const decideAll = async (): Promise<void> => {
    songs(3);
    const backend = await startBackend(library);
    await backend.job('jobs.scan', { paths: [music] });
    await backend.call('decisions.set', { trackIds: await backend.call('tracks.ids', {}), action: 'accept' });
    await backend.close();
  };
  const killedWhile = async (when: 'before' | 'after', what: 'write' | 'undo' = 'write'): Promise<void> => {
    const child = startChild(writeChild, [library, what, when]);
    expect(await child.line()).toBe('in the middle');
    await child.kill();
  };
  const contents = (): string[] => ['00', '01', '02'].map((name) => readFileSync(join(music, `${name}.mp3`), 'latin1'));

  it('is known as not written where the file had not been replaced yet, and the rest is written the next time', async () => {
    await decideAll();
    const before = contents();
    await killedWhile('before');
    const backend = await startBackend(library);
    // Several files are under way at a time, so it is not said which comes first.
    expect((await backend.rows()).map((row) => row.state).sort()).toEqual(['decided', 'decided', 'written']);
    expect(await backend.call('write.history', {})).toMatchObject([
      { state: 'interrupted', files: 3, written: 1, refused: 1, notReached: 1 },
    ]);
    expect(await backend.call('failures.list', {})).toMatchObject([{ code: 'write-failed' }]);
    expect(backend.seen).toContainEqual({
      name: 'notice',
      data: {
        level: 'warning',
        message: 'The last run was interrupted: 1 file was written, 2 were not; nothing is half-written.',
        stays: true,
      },
    });
    expect(backend.writer.swept).toEqual([music]);

    const { planId } = await backend.call('write.plan', {});
    await backend.finished((await backend.call('write.apply', { planId })).jobId);
    expect((await backend.rows()).map((row) => row.state)).toEqual(['written', 'written', 'written']);
    expect(await backend.call('failures.list', {})).toEqual([]);

    await backend.undo();
    await backend.undo();
    expect(contents()).toEqual(before);
    await backend.close();
  });

  it('is known as written where the file had been replaced, and can be undone', async () => {
    await decideAll();
    const before = contents();
    await killedWhile('after');
    const backend = await startBackend(library);
    const rows = await backend.rows();
    expect(rows.map((row) => row.state).sort()).toEqual(['decided', 'written', 'written']);
    for (const { state, ownGenres, genre } of rows)
      expect(ownGenres.map((own) => own.toLowerCase())).toEqual([state === 'written' ? genre?.top : 'old']);
    const undone = await backend.undo();
    expect(undone.results.map((result) => result.status)).toEqual(['written', 'written']);
    expect(contents()).toEqual(before);
    expect((await backend.call('write.history', {}))[1]).toMatchObject({ state: 'undone', written: 2, undone: 2 });
    await backend.close();
  });

  const writeAll = async (): Promise<{ before: string[]; written: string[] }> => {
    await decideAll();
    const before = contents();
    const backend = await startBackend(library);
    const { planId } = await backend.call('write.plan', {});
    await backend.finished((await backend.call('write.apply', { planId })).jobId);
    await backend.close();
    return { before, written: contents() };
  };

  it.each(['before', 'after'] as const)(
    'is settled where it was undoing: killed %s the file was replaced',
    async (when) => {
      const { before, written } = await writeAll();
      await killedWhile(when, 'undo');
      const put = when === 'after' ? 2 : 1;
      const isBack = contents().map((content, n) => content === before[n]);
      expect(isBack.filter(Boolean)).toHaveLength(put);
      expect(contents()).toEqual(isBack.map((back, n) => (back ? before[n] : written[n])));
      const backend = await startBackend(library);
      const note = `${put === 1 ? '1 file was' : '2 files were'} put back, ${put === 1 ? '2 were' : '1 was'} not; nothing is half-written.`;
      expect(await backend.call('write.history', {})).toMatchObject([
        { kind: 'undo', undoes: 1, state: 'interrupted', files: 3, written: put, note },
        { kind: 'write', state: 'partly-undone', written: 3, undone: put, note: null },
      ]);
      expect((await backend.rows()).map((row) => row.state)).toEqual(
        isBack.map((back) => (back ? 'decided' : 'written')),
      );
      await backend.undo({ runId: 1 });
      expect(contents()).toEqual(before);
      await backend.close();
      // It says so once.
      const again = await startBackend(library);
      expect(again.seen).toEqual([]);
      await again.close();
    },
  );

  it('is settled where it was writing again what had been undone', async () => {
    const { before, written } = await writeAll();
    const first = await startBackend(library);
    const undo = await first.undo();
    await first.close();
    await killedWhile('after', 'undo');
    const backend = await startBackend(library);
    expect(await backend.call('write.history', {})).toMatchObject([
      { kind: 'undo', undoes: undo.runId, state: 'interrupted', written: 2 },
      { kind: 'undo', undoes: 1, state: 'partly-undone', written: 3, undone: 2 },
      { kind: 'write', state: 'partly-undone', written: 3, undone: 1 },
    ]);
    await backend.undo({ runId: undo.runId });
    expect(contents()).toEqual(written);
    await backend.undo({ all: true });
    expect(contents()).toEqual(before);
    await backend.close();
  });
});
