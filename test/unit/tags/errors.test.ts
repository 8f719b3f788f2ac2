import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/shared/domain/failure';
import { fileError, type Moment } from '../../../src/main/adapters/files/errors';
import { errno } from '../../builders/tags-faults';

const said = (code: string, moment: Moment = 'look', platform: NodeJS.Platform = 'linux'): string => {
  const error = fileError(errno(code), 'write-failed', moment, platform);
  return `${error.code}: ${error.message}`;
};

describe('what the system says of a file', () => {
  it.each([
    ['EROFS', /^file-read-only: .*mounted read-only; mount it for writing/],
    ['ENOSPC', /^no-space: The disk is full; free some space/],
    ['EDQUOT', /^no-space: Your quota/],
    ['EBUSY', /^busy: Another program holds the file.*close it/],
    ['EACCES', /^permission-denied: .*this file; change its permissions/],
    ['ENOENT', /^not-found: The file is not there/],
    ['ENAMETOOLONG', /^path-too-long: .*shorten the names/],
    ['EIO', /^write-failed: .*the drive reports an error. Check it/],
    ['ESTALE', /^write-failed: .*does not answer. Connect it again/],
    ['EBADMSG', /^write-failed: .*\(EBADMSG\); check the disk/],
  ])('%s is named with its remedy', (code, sentence) => {
    expect(said(code)).toMatch(sentence);
  });

  it('is about the folder where a new file can not be made', () => {
    expect(said('EACCES', 'create')).toMatch(/^permission-denied: .*new file in this folder.*in place/);
    expect(said('ENOENT', 'create')).toMatch(/^not-found: The folder is not there/);
    expect(said('ENOSPC', 'create')).toBe(said('ENOSPC'));
  });

  it('names writing in place where a share does not let a file take the place of another', () => {
    for (const code of ['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENOSYS'])
      expect(said(code, 'rename')).toMatch(/^rename-refused: .*complete.*left as it was.*in place \(setting/);
    expect(said('EACCES', 'rename')).toMatch(/^permission-denied: .*folder/);
  });

  it('is an open file on Windows, in its words', () => {
    for (const code of ['EPERM', 'EACCES', 'EBUSY'])
      expect(said(code, 'rename', 'win32')).toMatch(/^busy: Windows does not let.*another program has it open/);
    expect(said('EXDEV', 'rename', 'win32')).toMatch(/^rename-refused/);
    expect(said('EPERM', 'look', 'win32')).toMatch(/^permission-denied/);
  });

  it('keeps what is coded already, and does not hide bugs', () => {
    const coded = new CodedError('file-changed', 'x');
    expect(fileError(coded, 'read-failed')).toBe(coded);
    expect(() => fileError(new TypeError('x is not a function'), 'read-failed')).toThrow(TypeError);
  });
});
