import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { leftOut } from '../../builders/requirements';
import { MemoryJournal, ready } from '../../builders/tags-files';
import { bytes, frame, id3, silentMp3 } from '../../builders/tags-mp3';

const disk = mkdtempSync(join(tmpdir(), 'genregram-full-'));
const mounted =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'genregram-test', disk]).status === 0;
if (!mounted) leftOut('a small disk can only be mounted by root');

afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true, force: true });
});

describe.skipIf(!mounted)('a disk that fills up during a write', () => {
  const content = bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 100 }), silentMp3(1400));
  const change = { mode: 'replace' as const, genres: ['Rock'] };
  const writer = createTagWriter();

  it('is a clear refusal, the file stays as it was and nothing is left over; with room again it works', async () => {
    const path = join(disk, 'song.mp3');
    writeFileSync(path, content);
    const filler = join(disk, 'filler');
    writeFileSync(filler, new Uint8Array(200_000));
    const plan = ready(await writer.plan(path, change));
    const journal = new MemoryJournal();
    expect(await writer.apply(plan, journal)).toMatchObject({
      status: 'refused',
      code: 'no-space',
      message: expect.stringContaining('free some space') as string,
    });
    expect(journal.entries.size).toBe(0);
    expect(readFileSync(path).equals(content)).toBe(true);
    expect(readdirSync(disk).sort()).toEqual(['filler', 'song.mp3']);

    // The undo of a write needs room as well.
    const elsewhere = mkdtempSync(join(tmpdir(), 'genregram-'));
    const copy = join(elsewhere, 'song.mp3');
    copyFileSync(path, copy);
    await writer.apply(ready(await writer.plan(copy, change)), journal);
    copyFileSync(copy, path);
    expect(await writer.undo(path, journal.entry(copy))).toMatchObject({ status: 'refused', code: 'no-space' });
    expect(readFileSync(path).equals(readFileSync(copy))).toBe(true);
    rmSync(elsewhere, { recursive: true });
  });
});
