import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { openStore } from '../../../src/main/store';
import { leftOut } from '../../builders/requirements';
import { MemoryJournal, ready } from '../../builders/tags-files';
import { bytes, frame, id3, silentMp3 } from '../../builders/tags-mp3';

const disk = mkdtempSync(join(tmpdir(), 'genregram-full-'));
const elsewhere = mkdtempSync(join(tmpdir(), 'genregram-'));
const mounted =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'genregram-test', disk]).status === 0;
if (!mounted) leftOut('a small disk can only be mounted by root');

afterAll(() => {
  // Lazily: SQLite lets go of a closed library when its statements are collected.
  if (mounted) spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
  rmSync(elsewhere, { recursive: true });
});

describe.skipIf(!mounted)('a disk that is full', () => {
  const content = bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 100 }), silentMp3(1400));
  const change = { mode: 'replace' as const, genres: ['Rock'] };
  const writer = createTagWriter();
  const path = join(disk, 'song.mp3');
  const filler = join(disk, 'filler');
  const isAsBefore = (): boolean => readFileSync(path).equals(content);

  /** Leaves no byte free. */
  const fill = (): void => {
    writeFileSync(filler, '');
    for (let size = 200_000; size >= 1; size = Math.floor(size / 2))
      try {
        for (;;) writeFileSync(filler, new Uint8Array(size), { flag: 'a' });
      } catch {
        // Too much at once; a smaller piece may still fit.
      }
  };

  beforeEach(() => {
    for (const name of readdirSync(disk)) rmSync(join(disk, name));
    writeFileSync(path, content);
  });

  it('is a clear refusal, the file stays as it was and nothing is left over; with room again it works', async () => {
    fill();
    const plan = ready(await writer.plan(path, change));
    const journal = new MemoryJournal();
    expect(await writer.apply(plan, journal)).toMatchObject({
      status: 'refused',
      code: 'no-space',
      message: expect.stringContaining('free some space') as string,
    });
    expect(journal.entries.size).toBe(0);
    expect(isAsBefore()).toBe(true);
    expect(readdirSync(disk).sort()).toEqual(['filler', 'song.mp3']);
    rmSync(filler);
    const other = mkdtempSync(join(tmpdir(), 'genregram-'));
    const roomy = join(other, 'song.mp3');
    copyFileSync(path, roomy);
    expect(await writer.apply(ready(await writer.plan(roomy, change)), journal)).toMatchObject({ status: 'written' });

    // The undo of a write needs room as well.
    copyFileSync(roomy, path);
    fill();
    expect(await writer.undo(path, journal.entry(roomy))).toMatchObject({ status: 'refused', code: 'no-space' });
    expect(readFileSync(path).equals(readFileSync(roomy))).toBe(true);
    rmSync(other, { recursive: true });
  });

  it('is no obstacle in place, to the write nor to its undo', async () => {
    fill();
    const inPlace = createTagWriter({ inPlaceAboveMiB: 0 });
    const journal = new MemoryJournal();
    const plan = ready(await inPlace.plan(path, change));
    expect(await inPlace.apply(plan, journal)).toMatchObject({ status: 'written', receipt: { method: 'in-place' } });
    expect(isAsBefore()).toBe(false);
    expect(await inPlace.undo(path, journal.entry(path))).toMatchObject({ status: 'restored' });
    expect(isAsBefore()).toBe(true);
  });

  it.each([null, 0])(
    'under the library keeps a write from beginning (in place above %s MiB)',
    async (inPlaceAboveMiB) => {
      rmSync(path);
      const song = join(elsewhere, 'song.mp3');
      writeFileSync(song, content);
      const store = openStore(join(disk, 'library.db'));
      const run = { kind: 'write' as const, undoes: null, fromDecisions: false, paths: [song] };
      const runId = store.writes.begin(run, 0);
      const plan = ready(await writer.plan(song, change, { inPlaceAboveMiB }));
      // A record of some size, so that the space that SQLite has at hand is not enough.
      const undo = new Uint8Array(300_000).map((_, i) => (i * 7919) >> 3);
      fill();
      const result = await writer.apply(plan, {
        begin: (_, entry) => {
          const splices = [...entry.splices, { offset: 1e6, remove: 0, insert: undo }];
          store.writes.journal(runId, { path: song, diffs: [], entry: { ...entry, splices } });
        },
      });
      rmSync(filler);
      store.close();
      expect(result).toMatchObject({
        status: 'refused',
        code: 'no-space',
        message: expect.stringContaining('library') as string,
      });
      expect(readFileSync(song).equals(content)).toBe(true);
      expect(readdirSync(elsewhere)).toEqual(['song.mp3']);
    },
  );
});
