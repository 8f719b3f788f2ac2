import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, readFileSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { WritingOptions } from '../../../src/shared/domain/writing';
import { leftOut } from '../../builders/requirements';
import { temporaryFiles, write } from '../../builders/tags-files';
import { bytes, frame, id3, silentMp3 } from '../../builders/tags-mp3';

const temp = temporaryFiles();
const song = bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 100 }), silentMp3());
const isRoot = process.getuid?.() === 0;
const hasPython = spawnSync('python3', ['--version']).status === 0;
const usable = process.platform === 'linux' && isRoot && hasPython;
if (!usable) leftOut('owners, access lists and extended attributes are tested by root on Linux with python3');

/** An access list in the kernel's form (linux/posix_acl_xattr.h): version 2, then tag, permissions and id of each entry. */
const ACL = `struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *e) for e in [(1, 6, 0xffffffff), (2, 4, 1234), (4, 4, 0xffffffff), (16, 4, 0xffffffff), (32, 0, 0xffffffff)])`;

const python = (path: string, ...code: string[]): string =>
  execFileSync('python3', ['-c', ['import os, struct, sys', `p = ${JSON.stringify(path)}`, ...code].join('\n')], {
    encoding: 'utf8',
  }).trim();

/** Sets an extended attribute; false where this disk has none of its kind. */
const setAttribute = (path: string, name: string, value: string): boolean =>
  python(path, 'try:', `  os.setxattr(p, '${name}', ${value}); print('yes')`, 'except OSError: print("no")') === 'yes';

const attributes = (path: string): string =>
  python(path, 'print(sorted((n, os.getxattr(p, n)) for n in os.listxattr(p)))');

const WAYS: readonly [string, Partial<WritingOptions>, 'file' | 'hard' | 'symbolic'][] = [
  ['a new file', {}, 'file'],
  ['in place', { inPlaceAboveMiB: 0 }, 'file'],
  ['an own file instead of a hard link', { links: 'break' }, 'hard'],
  ['an own file instead of a symbolic link', { links: 'break' }, 'symbolic'],
  ['through a symbolic link', { links: 'through' }, 'symbolic'],
];

describe.skipIf(!usable).each(WAYS)('%s', (_name, options, kind) => {
  it('keeps owner, mode, times, extended attributes and access list, and so does its undo', async () => {
    const file = temp.file('song.mp3', song);
    const path = kind === 'file' ? file : temp.path('link.mp3');
    chownSync(file, 1234, 2345);
    chmodSync(file, 0o640);
    const has = ['user.rating', 'user.xdg.tags'].map((attribute) => setAttribute(file, attribute, "b'8'"));
    if (has.includes(false)) leftOut('this disk has no extended attributes');
    if (!setAttribute(file, 'system.posix_acl_access', ACL)) leftOut('this disk has no access lists');
    utimesSync(file, 1_400_000_000.5, 1_500_000_000.123456);
    if (kind === 'hard') linkSync(file, path);
    if (kind === 'symbolic') symlinkSync('song.mp3', path);
    const [before, attributesBefore] = [statSync(file, { bigint: true }), attributes(file)];

    const isAsBefore = (): void => {
      const { uid, gid, mode, mtimeNs } = statSync(path, { bigint: true });
      expect({ uid, gid, mode, mtimeNs }).toEqual({
        uid: before.uid,
        gid: before.gid,
        mode: before.mode,
        mtimeNs: before.mtimeNs,
      });
      expect(attributes(path)).toBe(attributesBefore);
    };
    const { undo } = await write(path, { mode: 'replace', genres: ['Rock'] }, options);
    expect(readFileSync(path).equals(song)).toBe(false);
    isAsBefore();
    await undo();
    expect(readFileSync(path).equals(song)).toBe(true);
    isAsBefore();
  });
});

describe('the time of birth', () => {
  it.skipIf(process.platform !== 'linux')('stays in place alone: no system has a call that sets it', async () => {
    const birth = (path: string): bigint => statSync(path, { bigint: true }).birthtimeNs;
    const path = temp.file('song.mp3', song);
    const before = birth(path);
    if (before === 0n) return leftOut('this disk keeps no time of birth');
    await write(path, { mode: 'replace', genres: ['Rock'] }, { inPlaceAboveMiB: 0 });
    expect(birth(path)).toBe(before);
    await write(path, { mode: 'replace', genres: ['Pop'] });
    expect(birth(path)).toBeGreaterThan(before);
  });
});
