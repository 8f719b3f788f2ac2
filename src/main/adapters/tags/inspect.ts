import { dirname } from 'node:path';
import { CodedError } from '#shared/domain/failure';
import type { FileStamp } from '#shared/domain/tags';
import { fileError, hasErrno } from '../files/errors';
import type { Files, FileStat } from '../files/files';

export const stampOf = (stat: FileStat): FileStamp => ({
  size: stat.size,
  mtimeNs: stat.mtimeNs.toString(),
  inode: stat.inode.toString(),
});

export const sameStamp = (a: FileStamp, b: FileStamp): boolean =>
  a.size === b.size && a.mtimeNs === b.mtimeNs && a.inode === b.inode;

/** What a path stands for. */
export interface Subject {
  /** The regular file that holds the bytes: the path itself, or what a symbolic link leads to. */
  readonly file: string;
  /** Of that file. */
  readonly stat: FileStat;
  /** What the symbolic link says, if the path is one. */
  readonly link: string | null;
}

/** Looks at a path; whether it may be written is another question. Fails with a coded error. */
export async function inspect(files: Files, path: string): Promise<Subject> {
  try {
    const own = await files.lstat(path);
    if (own.kind !== 'symlink') return { file: path, stat: regular(own), link: null };
    const link = await files.readLink(path);
    const file = await files.realPath(path).catch((error: unknown) => {
      if (!hasErrno(error, 'ENOENT', 'ENOTDIR')) throw error;
      throw new CodedError(
        'not-found',
        `The symbolic link leads to ${link}, which is not there; put it back, or remove the link.`,
      );
    });
    return { file, stat: regular(await files.lstat(file)), link };
  } catch (error) {
    const isAway = hasErrno(error, 'ENOENT', 'ENOTDIR') && !(await isThere(files, dirname(path)));
    throw isAway ? new CodedError('not-found', FOLDER_GONE) : fileError(error, 'read-failed');
  }
}

const FOLDER_GONE = 'The folder of this file is not there any more; connect its drive, or scan again.';

const isThere = (files: Files, path: string): Promise<boolean> =>
  files.lstat(path).then(
    () => true,
    () => false,
  );

function regular(stat: FileStat): FileStat {
  if (stat.kind === 'file') return stat;
  throw new CodedError('unsupported-format', 'This is not a regular file; choose an audio file.');
}

/**
 * Refuses read-only files: root and the owner of the folder could replace them, but whoever set them so did not want it.
 * @throws CodedError `file-read-only` or `permission-denied`
 */
export async function assertWritable(files: Files, { file, stat }: Subject): Promise<void> {
  if ((stat.mode & 0o222) === 0)
    throw new CodedError('file-read-only', 'The file is read-only; make it writable and repeat.');
  try {
    await files.checkWritable(file);
  } catch (error) {
    throw fileError(error, 'read-failed');
  }
}
