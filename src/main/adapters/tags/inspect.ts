import { CodedError } from '#shared/domain/failure';
import type { FileStamp } from '#shared/domain/tags';
import { fileError } from '../files/errors';
import type { Files, FileStat } from '../files/files';

export const stampOf = (stat: FileStat): FileStamp => ({
  size: stat.size,
  mtimeNs: stat.mtimeNs.toString(),
  inode: stat.inode.toString(),
});

export const sameStamp = (a: FileStamp, b: FileStamp): boolean =>
  a.size === b.size && a.mtimeNs === b.mtimeNs && a.inode === b.inode;

/**
 * Looks at a file that is about to be replaced. Refuses links (replacing one name would part it from the others), what is no
 * regular file, and read-only files: root and the owner of the folder could replace them, but whoever set them so did not want it.
 */
export async function statForWriting(files: Files, path: string): Promise<FileStat> {
  try {
    const stat = await files.lstat(path);
    if (stat.kind === 'symlink')
      throw new CodedError('link-refused', 'This is a symbolic link; write to the file that it points to instead.');
    if (stat.kind !== 'file')
      throw new CodedError('unsupported-format', 'This is not a regular file; choose an audio file.');
    if (stat.links > 1)
      throw new CodedError(
        'link-refused',
        `The file has ${stat.links} names (hard links); writing would part them. Copy it first if it is to be changed.`,
      );
    if ((stat.mode & 0o222) === 0)
      throw new CodedError('file-read-only', 'The file is read-only; make it writable and repeat.');
    await files.checkWritable(path);
    return stat;
  } catch (error) {
    throw fileError(error, 'read-failed');
  }
}
