import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { createTagWriter, removeLeftoversIn } from '../../../src/main/adapters/tags/index';
import type { UndoEntry } from '../../../src/main/ports';
import { leftOut } from '../../builders/requirements';
import { errno, faultyFiles, type FileStep } from '../../builders/tags-faults';
import { MemoryJournal, ready, temporaryFiles, write } from '../../builders/tags-files';
import { bytes, frame, id3, silentMp3 } from '../../builders/tags-mp3';

const temp = temporaryFiles();
const before = bytes(id3(3, [frame(3, 'TCON', '\0Jazz'), frame(3, 'TIT2', '\0Title')], { padding: 100 }), silentMp3());
const change: TagChange = { mode: 'replace', genres: ['Rock'] };
const song = (): string => temp.file('song.mp3', before);
const content = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
const leftovers = (path: string): string[] => readdirSync(dirname(path)).filter((name) => name.includes('.tmp'));
const writer = createTagWriter();

describe('a write', () => {
  it('keeps mode and modification time to the nanosecond, and leaves nothing else behind', async () => {
    const path = song();
    chmodSync(path, 0o640);
    utimesSync(path, 1_500_000_000.123456, 1_500_000_000.123456);
    const old = statSync(path, { bigint: true });
    const { undo } = await write(path, change);
    for (const now of [statSync(path, { bigint: true }), (await undo(), statSync(path, { bigint: true }))]) {
      expect(Number(now.mode) & 0o777).toBe(0o640);
      expect(now.mtimeNs).toBe(old.mtimeNs);
    }
    expect(content(path)).toEqual(before);
    expect(readdirSync(dirname(path))).toEqual(['song.mp3']);
  });

  it('can give the file a new modification time', async () => {
    const path = song();
    utimesSync(path, 1_000_000, 1_000_000);
    const { undo } = await write(path, change, { keepMtime: false });
    expect(statSync(path).mtimeMs).toBeGreaterThan(1_600_000_000_000);
    await undo();
    expect(statSync(path).mtimeMs).toBe(1_000_000_000);
  });

  it('has a receipt: both hashes and that of the audio, which stays', async () => {
    const path = song();
    const audioBefore = await writer.audioHash(path);
    const { result } = await write(path, change);
    expect(result.receipt).toMatchObject({ sizeBefore: before.length, sizeAfter: before.length });
    expect(await writer.audioHash(path)).toEqual(audioBefore);
    expect(audioBefore).toEqual({ ok: true, value: result.receipt.audioHash });
  });

  it('journals before the file changes, and is given up if that fails', async () => {
    const path = song();
    const plan = ready(await writer.plan(path, change));
    let seen: Uint8Array | null = null;
    await writer.apply(plan, { begin: () => (seen = content(path)) });
    expect(seen).toEqual(before);
    const again = ready(await writer.plan(path, { mode: 'replace', genres: ['Pop'] }));
    const now = content(path);
    const broken = {
      begin: () => {
        throw errno('ENOSPC');
      },
    };
    expect(await writer.apply(again, broken)).toMatchObject({ status: 'refused', code: 'no-space' });
    expect(content(path)).toEqual(now);
    expect(leftovers(path)).toEqual([]);
  });

  it('does nothing where the file already is as asked', async () => {
    const path = song();
    const plan = await writer.plan(path, { mode: 'replace', genres: ['Jazz'] });
    expect(plan).toMatchObject({ status: 'unchanged', diffs: [], warnings: [] });
    if (plan.status !== 'unchanged') return;
    const inode = statSync(path).ino;
    const journal = new MemoryJournal();
    expect(await writer.apply(plan, journal)).toEqual({ path, status: 'unchanged' });
    expect(statSync(path).ino).toBe(inode);
    expect(journal.entries.size).toBe(0);
  });

  it('copes with a name as long as the file system allows', async () => {
    const path = temp.file(`${'ü'.repeat(125)}.mp3`, before);
    const { undo } = await write(path, change);
    expect(await undo()).toEqual(before);
  });
});

describe.skipIf(process.platform !== 'linux')('on Linux a write', () => {
  const python = (...code: string[]): string =>
    execFileSync('python3', ['-c', code.join('\n')], { encoding: 'utf8' }).trim();
  const hasPython = spawnSync('python3', ['--version']).status === 0;
  if (!hasPython) leftOut('python3, which sets extended attributes, is not installed');

  it.skipIf(!hasPython)('keeps extended attributes, where ratings and labels of file managers live', async () => {
    const path = song();
    const file = JSON.stringify(path);
    const set = python(
      'import os',
      'try:',
      `  os.setxattr(${file}, 'user.rating', b'8'); print('set')`,
      'except OSError: print("no")',
    );
    if (set !== 'set') {
      leftOut('this file system has no extended attributes');
      return;
    }
    const { undo } = await write(path, change);
    const get = (): string => python('import os', `print(os.getxattr(${file}, 'user.rating').decode())`);
    expect(get()).toBe('8');
    await undo();
    expect(get()).toBe('8');
  });

  const root = process.getuid?.() === 0;
  if (!root) leftOut('only root can give files to others');
  it.skipIf(!root)('by root keeps the owner', async () => {
    const path = song();
    chownSync(path, 1234, 2345);
    await write(path, change);
    expect(statSync(path)).toMatchObject({ uid: 1234, gid: 2345 });
  });
});

describe('a write is refused, and the file untouched,', () => {
  const apply = async (path: string, meddle: () => void, files = faultyFiles(() => undefined)) => {
    const plan = ready(await writer.plan(path, change));
    meddle();
    const result = await createTagWriter({ files }).apply(plan, new MemoryJournal());
    expect(leftovers(path)).toEqual([]);
    return result;
  };

  it('when the file was changed since the plan', async () => {
    const path = song();
    const result = await apply(path, () => utimesSync(path, 5, 5));
    expect(result).toMatchObject({ status: 'refused', code: 'file-changed' });
    expect(content(path)).toEqual(before);
  });

  it('when it is changed while it is being written', async () => {
    const path = song();
    const meddled = bytes(before, 'x');
    const files = faultyFiles((step) => {
      if (step === 'copyAttributes') writeFileSync(path, meddled);
    });
    expect(await apply(path, () => undefined, files)).toMatchObject({ status: 'refused', code: 'file-changed' });
    expect(content(path)).toEqual(meddled);
  });

  it('when it is gone', async () => {
    expect(await writer.plan(temp.path('nothing.mp3'), change)).toMatchObject({ status: 'refused', code: 'not-found' });
    expect(await writer.plan(dirname(song()), change)).toMatchObject({ status: 'refused', code: 'unsupported-format' });
  });

  it('when it is read-only, for root too', async () => {
    const path = song();
    chmodSync(path, 0o444);
    expect(await writer.plan(path, change)).toMatchObject({ status: 'refused', code: 'file-read-only' });
    chmodSync(path, 0o644);
    expect(await apply(path, () => chmodSync(path, 0o444))).toMatchObject({
      status: 'refused',
      code: 'file-read-only',
    });
    expect(content(path)).toEqual(before);
  });

  it('when it is a symbolic link or has several names', async () => {
    const path = song();
    symlinkSync(path, temp.path('link.mp3'));
    expect(await writer.plan(temp.path('link.mp3'), change)).toMatchObject({ status: 'refused', code: 'link-refused' });
    linkSync(path, temp.path('second.mp3'));
    expect(await writer.plan(path, change)).toMatchObject({ status: 'refused', code: 'link-refused' });
  });

  it('when the plan says something else than the file needs', async () => {
    const path = song();
    const plan = ready(await writer.plan(path, change));
    const forged = { ...plan, change: { mode: 'replace' as const, genres: ['Polka'] } };
    expect(await writer.apply(forged, new MemoryJournal())).toMatchObject({ status: 'refused', code: 'file-changed' });
    expect(content(path)).toEqual(before);
  });

  it('when what was written does not read back: a disk that flips a bit is found out', async () => {
    const path = song();
    let temporary = '';
    const files = faultyFiles((step) => {
      if (step !== 'closeWritten') return;
      temporary = temp.path(leftovers(path)[0] ?? '');
      const flipped = content(temporary);
      flipped[flipped.length - 10] = 0x55;
      writeFileSync(temporary, flipped);
    });
    expect(await apply(path, () => undefined, files)).toMatchObject({ status: 'refused', code: 'verify-failed' });
    expect(content(path)).toEqual(before);
  });
});

describe('a fault at any step', () => {
  const expected: Readonly<Record<string, string>> = {
    ENOSPC: 'no-space',
    EACCES: 'permission-denied',
    EPERM: '(permission-denied|rename-refused)',
    EROFS: 'file-read-only',
    EIO: '(read|write)-failed',
    EXDEV: '(read-failed|write-failed|rename-refused)',
  };

  it.each(Object.keys(expected))('%s: the old file or the complete new one, no temporary file', async (code) => {
    const trial = faultyFiles(() => undefined);
    await createTagWriter({ files: trial }).apply(ready(await writer.plan(song(), change)), new MemoryJournal());
    const after = content(temp.path('song.mp3'));
    expect(trial.calls).toEqual(
      expect.arrayContaining([
        'create',
        'write',
        'sync',
        'closeWritten',
        'copyAttributes',
        'rename',
        'syncFolder',
      ] satisfies FileStep[]),
    );
    for (let failing = 0; failing < trial.calls.length; failing++) {
      const path = song();
      const plan = ready(await writer.plan(path, change));
      const files = faultyFiles((_step, index) => {
        if (index === failing) throw errno(code);
      });
      const result = await createTagWriter({ files }).apply(plan, new MemoryJournal());
      const step = trial.calls[failing];
      if (step === 'syncFolder') {
        // The rename has happened: the new file is complete, and its being there is all that can be promised.
        expect(result.status).toBe('written');
        expect(content(path).join() === after.join()).toBe(true);
      } else {
        expect(result, `step ${failing}, ${step}`).toMatchObject({
          status: 'refused',
          code: expect.stringMatching(`^${expected[code]}$`) as string,
        });
        expect(content(path).join() === before.join(), `step ${failing}, ${step}`).toBe(true);
      }
      expect(leftovers(path)).toEqual([]);
    }
  });

  it('also of an undo', async () => {
    const { entry, bytes: after } = await write(song(), change);
    const trial = faultyFiles(() => undefined);
    await createTagWriter({ files: trial }).undo(temp.path('song.mp3'), entry);
    for (let failing = 0; failing < trial.calls.length; failing++) {
      const path = temp.file('song.mp3', after);
      const files = faultyFiles((_step, index) => {
        if (index === failing) throw errno('ENOSPC');
      });
      const result = await createTagWriter({ files }).undo(path, entry);
      const done = trial.calls[failing] === 'syncFolder';
      expect(result.status).toBe(done ? 'restored' : 'refused');
      expect(content(path).join() === (done ? before : after).join()).toBe(true);
      expect(leftovers(path)).toEqual([]);
    }
  });
});

describe('undo', () => {
  it('is refused when the file is not as the write left it', async () => {
    const path = song();
    const { entry } = await write(path, change);
    await write(path, { mode: 'replace', genres: ['Polka'] });
    const now = content(path);
    expect(await writer.undo(path, entry)).toMatchObject({ status: 'refused', code: 'undo-unavailable' });
    expect(content(path)).toEqual(now);
  });

  it('undoes several writes in reverse order', async () => {
    const path = song();
    const first = await write(path, change);
    const second = await write(path, { mode: 'add', genres: ['Progressive Rock and much more'], moods: ['Happy'] });
    expect(await second.undo()).toEqual(first.bytes);
    expect(await first.undo()).toEqual(before);
  });

  it('is refused when its record is damaged', async () => {
    const path = song();
    const { entry, bytes: after } = await write(path, change);
    const broken = (splices: UndoEntry['splices']): UndoEntry => ({ ...entry, splices });
    for (const splices of [
      [],
      [{ offset: 1e9, remove: 1, insert: new Uint8Array(0) }],
      [{ offset: 3, remove: 0, insert: Uint8Array.of(1) }],
    ])
      expect(await writer.undo(path, broken(splices))).toMatchObject({ status: 'refused', code: 'undo-unavailable' });
    expect(content(path)).toEqual(after);
    expect(leftovers(path)).toEqual([]);
  });
});

describe('after a crash', () => {
  it('recover tells old, new and other files, and clears away our temporary files only', async () => {
    const path = song();
    const { entry, bytes: after } = await write(path, change);
    const ours = temp.file('.song.mp3.genregram-0123456789ab.tmp', bytes('half'));
    temp.file('.song.mp3.genregram-mine.tmp', bytes('a user file'));
    temp.file('.other.mp3.genregram-0123456789ab.tmp', bytes('of another file'));
    expect(await writer.recover(path, entry)).toBe('written');
    expect(readdirSync(dirname(path))).not.toContain(ours.slice(dirname(ours).length + 1));
    expect(readdirSync(dirname(path))).toHaveLength(3);
    writeFileSync(path, before);
    expect(await writer.recover(path, entry)).toBe('not-written');
    writeFileSync(path, after.subarray(1));
    expect(await writer.recover(path, entry)).toBe('unknown');
    expect(await writer.recover(temp.path('gone.mp3'), entry)).toBe('unknown');
  });

  it('a folder can be swept of the temporary files of writes that were never journalled', async () => {
    const path = song();
    temp.file('.song.mp3.genregram-0123456789ab.tmp', bytes('half'));
    temp.file('.other.mp3.genregram-ffffffffffff.tmp', bytes('half'));
    temp.file('.mine.tmp', bytes('a user file'));
    expect(await removeLeftoversIn(dirname(path))).toBe(2);
    expect(readdirSync(dirname(path)).sort()).toEqual(['.mine.tmp', 'song.mp3']);
    expect(await removeLeftoversIn(temp.path('nowhere'))).toBe(0);
  });
});
