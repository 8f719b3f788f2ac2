import { readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { overwrittenBy } from '../../../src/main/core/tags/overwrites';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import type { UndoEntry } from '../../../src/main/ports';
import { errno, faultyFiles, type FileStep } from '../../builders/tags-faults';
import { MemoryJournal, ready, temporaryFiles, write } from '../../builders/tags-files';
import { bytes, frame, id3, id3v1, silentMp3 } from '../../builders/tags-mp3';

const temp = temporaryFiles();
// The cover lies between the genre and the padding, so it moves, and the ID3v1 byte is a second place.
const cover = frame(
  3,
  'APIC',
  new Uint8Array(3000).map((_, i) => (i * 7919) & 255),
);
const before = bytes(id3(3, [frame(3, 'TCON', '\0Jazz'), cover], { padding: 400 }), silentMp3(40), id3v1(8));
const change: TagChange = { mode: 'replace', genres: ['Progressive Rock'], moods: ['Happy'] };
const longer: TagChange = { mode: 'replace', genres: ['A genre that needs far more room. '.repeat(20).trim()] };
const always = { inPlaceAboveMiB: 0 };
const song = (): string => temp.file('song.mp3', before);
const content = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);
const writer = createTagWriter(always);

describe('what is overwritten', () => {
  const splice = (offset: number, remove: number, insert: number) => ({
    offset,
    remove,
    insert: new Uint8Array(insert),
  });
  it.each([
    [[splice(5, 3, 3)], [[5, 8]]],
    [[splice(5, 3, 5), splice(20, 2, 0)], [[5, 22]]],
    [
      [splice(5, 3, 5), splice(9, 1, 1), splice(20, 4, 2), splice(40, 1, 1)],
      [
        [5, 24],
        [40, 41],
      ],
    ],
    [[], []],
  ])('by %j is %j', (splices, ranges) => {
    expect(overwrittenBy(splices)?.map(({ start, end }) => [start, end])).toEqual(ranges);
  });

  it('is nothing where the length changes', () => {
    expect(overwrittenBy([splice(5, 3, 5), splice(20, 1, 0)])).toBeNull();
  });
});

describe('a write in place', () => {
  it('keeps the file itself: its inode, birth and modification time; no other file is made; undo is byte-exact', async () => {
    const path = song();
    utimesSync(path, 1_500_000_000.123456, 1_500_000_000.123456);
    const old = statSync(path, { bigint: true });
    const files = faultyFiles(() => undefined);
    const { plan, result, undo, entry, bytes: after } = await write(path, change, { ...always, files });
    expect(plan.writing.method).toBe('in-place');
    expect(result.receipt).toMatchObject({ method: 'in-place', sizeBefore: before.length, sizeAfter: before.length });
    expect(files.calls).not.toContain('create');
    expect(same(after, before)).toBe(false);
    expect(entry.splices.every(({ remove, insert }) => remove === insert.length)).toBe(true);
    for (const now of [statSync(path, { bigint: true }), (await undo(), statSync(path, { bigint: true }))]) {
      expect(now.ino).toBe(old.ino);
      expect(now.mtimeNs).toBe(old.mtimeNs);
      expect(now.birthtimeNs).toBe(old.birthtimeNs);
    }
    expect(same(content(path), before)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['song.mp3']);
  });

  it('gives the bytes that a new file would have', async () => {
    const inPlace = await write(song(), change, always);
    const anew = await write(song(), change);
    expect(anew.plan.writing.method).toBe('new-file');
    expect(same(inPlace.bytes, anew.bytes)).toBe(true);
    expect(inPlace.result.receipt).toEqual({ ...anew.result.receipt, method: 'in-place' });
  });

  it('is for files above the size that was set, and for changes that fit; else a new file is made and the plan says why', async () => {
    const method = async (wanted: TagChange, inPlaceAboveMiB: number | null) =>
      ready(await writer.plan(song(), wanted, { inPlaceAboveMiB })).writing.method;
    expect(await method(change, null)).toBe('new-file');
    expect(await method(change, 1)).toBe('new-file');
    truncateSync(song(), 0);
    expect(await method(change, 0)).toBe('in-place');
    const plan = ready(await writer.plan(song(), longer));
    expect(plan.writing.method).toBe('new-file');
    expect(plan.warnings).toContainEqual(expect.stringContaining('does not fit into the free space of its tag'));
    expect(await (await write(song(), longer, always)).undo()).toEqual(before);
  });

  it('is carried out as it was planned, whatever the writer is told by then', async () => {
    const path = song();
    const plan = ready(await writer.plan(path, change, { keepMtime: false }));
    const { ino } = statSync(path);
    const result = await createTagWriter().apply(plan, new MemoryJournal());
    expect(result).toMatchObject({ status: 'written', receipt: { method: 'in-place' } });
    expect(statSync(path).ino).toBe(ino);
  });

  it('has its old bytes in the journal before the first byte changes, and does not begin if that fails', async () => {
    const path = song();
    const plan = ready(await writer.plan(path, change));
    let seen: Uint8Array | null = null;
    await writer.apply(plan, { begin: () => (seen = content(path)) });
    expect(seen && same(seen, before)).toBe(true);
    const again = ready(await writer.plan(song(), change));
    const full = {
      begin: () => {
        throw errno('ENOSPC');
      },
    };
    expect(await writer.apply(again, full)).toMatchObject({ status: 'refused', code: 'no-space' });
    expect(same(content(path), before)).toBe(true);
  });
});

describe('a fault at any step in place', () => {
  /** Goes wrong at one call, or at it and all that follow. */
  const failing = (at: number, code: string, forGood: boolean) =>
    faultyFiles((_step, index) => {
      if (index === at || (forGood && index > at)) throw errno(code);
    });
  const stepsOf = async (): Promise<readonly FileStep[]> => {
    const trial = faultyFiles(() => undefined);
    await createTagWriter({ files: trial }).apply(ready(await writer.plan(song(), change)), new MemoryJournal());
    return trial.calls;
  };

  it.each(['ENOSPC', 'EIO', 'EBUSY', 'EROFS', 'ETIMEDOUT'])('%s: the file is as before', async (code) => {
    const steps = await stepsOf();
    expect(steps).toEqual(expect.arrayContaining(['openToPatch', 'patch', 'syncPatched', 'closePatched', 'setMtime']));
    for (const [at, step] of steps.entries()) {
      const path = song();
      const plan = ready(await writer.plan(path, change));
      const result = await createTagWriter({ files: failing(at, code, false) }).apply(plan, new MemoryJournal());
      expect(result, `step ${at}, ${step}`).toMatchObject({ status: 'refused' });
      expect(result, `step ${at}, ${step}`).not.toMatchObject({ code: 'half-written' });
      expect(same(content(path), before), `step ${at}, ${step}`).toBe(true);
    }
  });

  it('a file of somebody else is written although only its owner may set its time', async () => {
    const path = song();
    const files = faultyFiles((step) => {
      if (step === 'setMtime') throw errno('EPERM');
    });
    expect((await write(path, change, { ...always, files })).result.receipt.method).toBe('in-place');
  });

  it('that lasts: the file is as before, or said to be half-written and put right at the next start', async () => {
    const steps = await stepsOf();
    let half = 0;
    for (const [at, step] of steps.entries()) {
      const path = song();
      const plan = ready(await writer.plan(path, change));
      const journal = new MemoryJournal();
      const result = await createTagWriter({ files: failing(at, 'EIO', true) }).apply(plan, journal);
      expect(result.status, `step ${at}, ${step}`).toBe('refused');
      if (result.status === 'refused' && result.code === 'half-written') {
        half++;
        // The drive is still away at one start, and back at the next.
        const away = createTagWriter({ files: failing(0, 'EIO', true) });
        expect(await away.recover(path, journal.entry(path))).toBe('later');
        expect(['not-written', 'written']).toContain(await writer.recover(path, journal.entry(path)));
        if (step === 'patch') expect(same(content(path), before)).toBe(true);
      } else expect(same(content(path), before), `step ${at}, ${step}`).toBe(true);
    }
    expect(half).toBeGreaterThan(3);
  });

  it('of an undo: the file is as written', async () => {
    const path = song();
    const { entry, bytes: after } = await write(path, change, always);
    const trial = faultyFiles(() => undefined);
    await createTagWriter({ files: trial }).undo(path, entry);
    for (const [at, step] of trial.calls.entries()) {
      writeFileSync(path, after);
      const result = await createTagWriter({ files: failing(at, 'EIO', false) }).undo(path, entry);
      expect(result.status, `step ${at}, ${step}`).toBe('refused');
      expect(same(content(path), after), `step ${at}, ${step}`).toBe(true);
    }
  });

  it('a disk that writes something else is found out, and the old bytes are put back', async () => {
    const path = song();
    const plan = ready(await writer.plan(path, change));
    let flipped = false;
    const files = faultyFiles((step) => {
      if (step !== 'closePatched' || flipped) return;
      flipped = true;
      const wrong = content(path);
      const at = wrong.findIndex((value, index) => value !== before[index]);
      wrong[at] = 0x55;
      writeFileSync(path, wrong);
    });
    const result = await createTagWriter({ files }).apply(plan, new MemoryJournal());
    expect(result).toMatchObject({ status: 'refused', code: 'verify-failed' });
    expect(same(content(path), before)).toBe(true);
  });

  it('a file that is changed while it is being looked at is not overwritten', async () => {
    const path = song();
    const plan = ready(await writer.plan(path, change));
    const meddled = bytes(before, 'x');
    const files = faultyFiles((step) => {
      if (step === 'openToPatch') writeFileSync(path, meddled);
    });
    const result = await createTagWriter({ files }).apply(plan, new MemoryJournal());
    expect(result).toMatchObject({ status: 'refused', code: 'file-changed' });
    expect(same(content(path), meddled)).toBe(true);
  });
});

describe('after a kill while bytes were being overwritten', () => {
  /** The file with the first `done` bytes of what changes written, and the entry that was journalled. */
  async function torn(done: number): Promise<{ path: string; entry: UndoEntry; after: Uint8Array }> {
    const path = song();
    const { entry, bytes: after } = await write(path, change, always);
    const half = before.slice();
    let left = done;
    for (const { offset, remove } of entry.splices) {
      const length = Math.min(left, remove);
      half.set(after.subarray(offset, offset + length), offset);
      left -= length;
    }
    writeFileSync(path, half);
    return { path, entry, after };
  }

  it('the file is put back to the first byte, with its time, wherever the kill fell', async () => {
    const { entry } = await torn(0);
    const total = entry.splices.reduce((sum, { remove }) => sum + remove, 0);
    for (let done = 1; done < total; done += 97) {
      const { path, after } = await torn(done);
      const state = same(content(path), after) ? 'written' : 'not-written';
      expect(await writer.recover(path, entry)).toBe(state);
      expect(same(content(path), state === 'written' ? after : before)).toBe(true);
      if (state === 'not-written') expect(statSync(path, { bigint: true }).mtimeNs.toString()).toBe(entry.mtimeNs);
    }
  });

  it('nothing is touched if something else changed the file as well', async () => {
    const { path, entry } = await torn(900);
    const meddled = content(path);
    meddled[meddled.length - 300] = 0x77;
    writeFileSync(path, meddled);
    expect(await writer.recover(path, entry)).toBe('unknown');
    expect(same(content(path), meddled)).toBe(true);
    writeFileSync(path, meddled.subarray(0, 100));
    expect(await writer.recover(path, entry)).toBe('unknown');
  });

  it('a file that was to be replaced whole is never patched, however it looks', async () => {
    const { path, entry } = await torn(900);
    const half = content(path);
    const { sizeBefore, sizeAfter, hashBefore, hashAfter, audioHash } = entry.receipt;
    const receipt = { sizeBefore, sizeAfter, hashBefore, hashAfter, audioHash };
    expect(await writer.recover(path, { ...entry, receipt })).toBe('unknown');
    expect(same(content(path), half)).toBe(true);
  });

  it('an undo that was cut off is taken back to what was written', async () => {
    const path = song();
    const { entry, bytes: after } = await write(path, change, always);
    const journal = new MemoryJournal();
    await writer.undo(path, entry, journal);
    const half = after.slice();
    const [first] = entry.splices;
    half.set(first!.insert.subarray(0, 10), first!.offset);
    writeFileSync(path, half);
    expect(await writer.recover(path, journal.entry(path))).toBe('not-written');
    expect(same(content(path), after)).toBe(true);
  });
});
