import { constants, type BigIntStats } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { CodedError } from '#shared/domain/failure';
import type { AudioKind } from '../../ports';
import { fileError } from '../decoders/open-audio';
import { sniffFile } from '../decoders/sniff';
import { fileBytes } from '../files/file-bytes';

/** A file of the library as it was found to be. */
export interface LibraryFile {
  /** With every symbolic link on it followed. */
  readonly realPath: string;
  readonly size: number;
  readonly kind: AudioKind;
  /** Of the file's identity, size and time. */
  readonly etag: string;
}

/**
 * Looks at a file and makes sure of what it is: a regular file that holds audio and lies, with all links followed, where it may be read.
 * That is judged of the opened file, so that nothing can be put in its place in between.
 *
 * @param mayRead told the real path
 * @throws CodedError `not-found`, `permission-denied`, `read-failed`, `link-refused`, `unsupported-format`, `empty-file`
 */
export async function findLibraryFile(path: string, mayRead: (realPath: string) => boolean): Promise<LibraryFile> {
  return withFile(path, async (handle) => {
    const opened = await handle.stat({ bigint: true });
    if (!opened.isFile())
      throw new CodedError('unsupported-format', 'This is no file any more; scan its folder again.');
    const realPath = await realpath(path);
    if (!isSame(opened, await stat(realPath, { bigint: true })))
      throw new CodedError('read-failed', 'The file was replaced while it was being opened; try again.');
    if (!mayRead(realPath))
      throw new CodedError(
        'link-refused',
        'This name is a link that leads out of your folders, so it is not opened; add the folder that it leads to.',
      );
    const size = Number(opened.size);
    const kind = await sniffFile(fileBytes(handle, size));
    assertAudio(kind);
    return { realPath, size, kind, etag: etagOf(opened) };
  });
}

/**
 * Reads from a file that was found before, if it is still the very same. It is opened for each read and closed again: a file that somebody
 * listens to can be written, also where the system lets no open file be replaced.
 *
 * @returns what lies from `position` on, as much as goes into `target`
 * @throws CodedError `file-changed`, and what is wrong with the file
 */
export async function readLibraryFile(
  { realPath, etag }: LibraryFile,
  target: Uint8Array,
  position: number,
): Promise<Uint8Array> {
  return withFile(realPath, async (handle) => {
    if (etagOf(await handle.stat({ bigint: true })) !== etag)
      throw new CodedError('file-changed', 'The file was changed while it was being read; play it again.');
    const { bytesRead } = await handle.read(target, 0, target.length, position);
    return target.subarray(0, bytesRead);
  });
}

async function withFile<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
  try {
    // Without O_NONBLOCK, opening a named pipe that has taken the file's place would wait for ever.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return await work(handle);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(error);
  }
}

const isSame = (a: BigIntStats, b: BigIntStats): boolean => a.dev === b.dev && a.ino === b.ino;

const etagOf = ({ dev, ino, size, mtimeNs }: BigIntStats): string =>
  `"${[dev, ino, size, mtimeNs].map((value) => value.toString(36)).join('-')}"`;

function assertAudio(kind: AudioKind): void {
  if (kind === 'empty') throw new CodedError('empty-file', 'The file has no content; copy it again from its source.');
  if (kind === 'text' || kind === 'unknown')
    throw new CodedError('unsupported-format', 'The file holds no audio that is known here, whatever its name says.');
}
