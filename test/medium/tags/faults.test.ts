import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { asOrdinaryUser } from '../../builders/ordinary-user';
import { leftOut, repositoryRoot } from '../../builders/requirements';
import { failEachCall, WAYS, type Outcome } from '../../builders/tags-fault-trials';
import { MemoryJournal, ready } from '../../builders/tags-files';
import { bytes, frame, id3, silentMp3 } from '../../builders/tags-mp3';

const LONG = process.env['GENREGRAM_LONG_TESTS'] === '1';
const ERRNOS = (
  LONG ? 'ENOSPC EIO EACCES EPERM EROFS EBUSY EXDEV ENOTSUP ENAMETOOLONG ENOENT ESTALE' : 'ENOSPC EIO EPERM EXDEV'
).split(' ');
const folder = mkdtempSync(join(tmpdir(), 'genregram-faults-'));
const trial = join(folder, 'trial');
mkdirSync(trial);
const tables: string[] = [];
const real: string[] = [];

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (LONG) writeFileSync(join(repositoryRoot, 'test/medium/tags/FAULTS.md'), page());
});

const page = (): string =>
  `${[
    '# What a failing file system makes of a write',
    '',
    'Made by `GENREGRAM_LONG_TESTS=1 npx vitest run test/medium/tags/faults.test.ts`; run prettier over it afterwards. In the tables that follow, each call to the file system that a write makes is made to fail once with each error. A cell is the code of the refusal; the file, its links and its folder were then as before, byte for byte, in every case. `written` and `restored` say that the fault came too late to matter: the new file was in its place.',
    '',
    'Birth time can not be kept where a new file takes the place of the old one, as no system has a call to set it; in place it stays.',
    ...tables,
    '',
    '## Real faults',
    '',
    '| fault | code | file afterwards |',
    '| --- | --- | --- |',
    ...real,
  ].join('\n')}\n`;

/**
 * May this fail and the write be done nevertheless? The folder is synchronised after the rename; a time may be set by the owner
 * alone; and a link that can't be put back leaves a file of the same bytes.
 */
const isHarmless = (step: string, code: string, way: string): boolean =>
  step === 'syncFolder' ||
  (step === 'setMtime' && ['EPERM', 'EACCES'].includes(code) && /in place|hard link/.test(way)) ||
  (way.endsWith('symbolic link, undo') && ['makeLink', 'realPath', 'openToRead', 'read'].includes(step));

describe.each(WAYS)('a fault in each call: $name', (way) => {
  it('is refused with a code, and leaves everything as it was', { timeout: 600_000 }, async () => {
    const columns = new Map<string, Outcome[]>();
    for (const code of ERRNOS) {
      const outcomes = await failEachCall(trial, way, code, LONG);
      columns.set(code, outcomes);
      for (const { step, code: said, state } of outcomes) {
        const isLate = said === null;
        const tells = `${way.name}: ${code} in ${step}: ${said} ${state}`;
        expect(state.startsWith('after') ? 'after' : state, tells).toBe(isLate ? 'after' : 'before');
        if (isLate) expect(isHarmless(step, code, way.name), tells).toBe(true);
        if (state === 'after, no link') expect(way.name).toContain('symbolic link, undo');
      }
    }
    tables.push('', `## ${way.name}`, '', ...tableOf(columns, way.undo ? 'restored' : 'written'));
  });
});

/** A row for each call by name; where its occurrences differ, all codes. */
function tableOf(columns: ReadonlyMap<string, readonly Outcome[]>, done: string): string[] {
  const steps = [...new Set([...columns.values()].flat().map(({ step }) => step))];
  const cell = (code: string, step: string): string => {
    const said = (columns.get(code) ?? []).filter((outcome) => outcome.step === step).map((o) => o.code ?? done);
    return [...new Set(said)].join(', ');
  };
  return [
    `| call | ${ERRNOS.join(' | ')} |`,
    `| --- |${' --- |'.repeat(ERRNOS.length)}`,
    ...steps.map((step) => `| ${step} | ${ERRNOS.map((code) => cell(code, step)).join(' | ')} |`),
  ];
}

describe('a real fault', () => {
  const song = bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 100 }), silentMp3(40));
  const change: TagChange = { mode: 'replace', genres: ['Rock'] };
  const isRoot = process.getuid?.() === 0;
  const isLinux = process.platform === 'linux';
  const mount = (...args: string[]): boolean => isLinux && isRoot && spawnSync('mount', args).status === 0;
  if (!isRoot) leftOut('only root can mount disks and lock files');

  /** Plans on the sound file, lets the fault happen, applies, and tells how it is called; the file must be as before. */
  async function meets(
    name: string,
    path: string,
    fault: () => void,
    { inPlace = false, mend = () => undefined }: { inPlace?: boolean; mend?: () => void } = {},
  ): Promise<string> {
    const writer = createTagWriter(inPlace ? { inPlaceAboveMiB: 0 } : {});
    const plan = ready(await writer.plan(path, change));
    fault();
    const result = await writer.apply(plan, new MemoryJournal());
    mend();
    const code = result.status === 'refused' ? result.code : result.status;
    const isBefore = readFileSync(path).equals(song);
    real.push(`| ${name}${inPlace ? ', in place' : ''} | ${code} | ${isBefore ? 'as before' : 'changed'} |`);
    expect(isBefore).toBe(true);
    return code;
  }
  const fresh = (name: string): string => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'song.mp3'), song);
    return join(folder, name, 'song.mp3');
  };

  it.each([false, true])('of a read-only file (in place: %s)', async (inPlace) => {
    const path = fresh('read-only');
    expect(await meets('read-only file', path, () => chmodSync(path, 0o444), { inPlace })).toBe('file-read-only');
    chmodSync(path, 0o644);
  });

  const disk = join(folder, 'disk');
  mkdirSync(disk);
  it.skipIf(!isRoot || !isLinux).each([false, true])(
    'of a disk that is mounted read-only (in place: %s)',
    async (inPlace) => {
      if (!mount('-t', 'tmpfs', '-o', 'size=4m', 'genregram-test', disk)) return leftOut('no disk can be mounted here');
      const path = fresh('disk');
      const remount = (how: string): void => void mount('-o', `remount,${how}`, disk);
      const code = await meets('disk mounted read-only', path, () => remount('ro'), {
        inPlace,
        mend: () => remount('rw'),
      });
      spawnSync('umount', [disk]);
      expect(code).toBe('file-read-only');
    },
  );

  it.skipIf(!isRoot || !isLinux).each([false, true])(
    'of a file that is a mount point (in place: %s)',
    async (inPlace) => {
      const [path, other] = [fresh('point'), join(folder, 'other.mp3')];
      writeFileSync(other, song);
      if (!mount('--bind', other, path)) return leftOut('no file can be mounted here');
      const writer = createTagWriter(inPlace ? { inPlaceAboveMiB: 0 } : {});
      const result = await writer.apply(ready(await writer.plan(path, change)), new MemoryJournal());
      const isBefore = readFileSync(path).equals(song);
      spawnSync('umount', [path]);
      const code = result.status === 'refused' ? result.code : result.status;
      const state = isBefore ? 'as before' : 'as planned';
      real.push(`| file that can't be replaced (a mount point)${inPlace ? ', in place' : ''} | ${code} | ${state} |`);
      expect([code, isBefore]).toEqual(inPlace ? ['written', false] : ['busy', true]);
    },
  );

  it.skipIf(!isRoot || !isLinux)('of a file that is locked against changes', async () => {
    const path = fresh('immutable');
    if (spawnSync('chattr', ['+i', path]).status !== 0) return leftOut('this disk has no immutable files');
    spawnSync('chattr', ['-i', path]);
    const lock = (): void => void spawnSync('chattr', ['+i', path]);
    const mend = (): void => void spawnSync('chattr', ['-i', path]);
    expect(await meets('immutable file (chattr +i)', path, lock, { mend })).toBe('permission-denied');
  });

  it('of a folder where no file may be made; in place it works', async () => {
    if (process.platform === 'win32') return leftOut('folders have other permissions on Windows');
    const path = fresh('closed');
    chmodSync(path, 0o666);
    const codes = await asOrdinaryUser(dirname(path), async () => {
      if (process.getuid?.() !== 0) chmodSync(dirname(path), 0o555);
      const code = await meets('folder where no file may be made', path, () => undefined);
      const writer = createTagWriter({ inPlaceAboveMiB: 0 });
      const result = await writer.apply(ready(await writer.plan(path, change)), new MemoryJournal());
      return [code, result.status === 'refused' ? result.code : result.status];
    });
    chmodSync(dirname(path), 0o755);
    expect(codes).toEqual(['permission-denied', 'written']);
    real.push(`| folder where no file may be made, in place | written | as planned |`);
  });

  it('of a path that has no room for a temporary name', async () => {
    if (!isLinux) return leftOut('the length of paths is tested on Linux');
    // PATH_MAX is 4096 bytes with the closing zero; the temporary name is 29 bytes longer than the file's own.
    let deep = join(folder, 'deep');
    while (deep.length + 1 + 100 < 4096 - 20) deep = join(deep, 'd'.repeat(Math.min(100, 4096 - 20 - deep.length - 1)));
    mkdirSync(deep, { recursive: true });
    const path = join(deep, 'song.mp3');
    writeFileSync(path, song);
    expect(await meets('path without room for a temporary name', path, () => undefined)).toBe('path-too-long');
  });

  it('of a file that was changed, has vanished, or whose folder has', async () => {
    const changed = fresh('changed');
    const touch = (): void => writeFileSync(changed, song);
    expect(await meets('file changed since the plan', changed, touch)).toBe('file-changed');

    const gone = fresh('gone');
    const away = join(folder, 'away.mp3');
    const vanish = (): void => renameSync(gone, away);
    expect(await meets('file vanished', gone, vanish, { mend: () => renameSync(away, gone) })).toBe('not-found');

    const lost = fresh('lost');
    const unplug = (): void => renameSync(dirname(lost), join(folder, 'unplugged'));
    const plug = (): void => renameSync(join(folder, 'unplugged'), dirname(lost));
    expect(await meets('folder vanished', lost, unplug, { mend: plug })).toBe('not-found');
  });
});
