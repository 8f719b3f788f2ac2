import { constants, type BigIntStats } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { CodedError } from '#shared/domain/failure';
import type { AudioKind } from '../../ports';
import { fileError } from '../decoders/open-audio';
import { sniffFile } from '../decoders/sniff';
import { fileBytes } from '../files/file-bytes';

/** A file of the library, open to be heard. */
export interface LibraryFile {
  readonly handle: FileHandle;
  /** With every symbolic link on it followed. */
  readonly realPath: string;
  readonly size: number;
  readonly kind: AudioKind;
  /** Of the file's identity, size and time. */
  readonly etag: string;
}

/**
 * Opens a file for reading and makes sure of what was opened: a regular file that holds audio and lies, with all links followed, where it
 * may be read. The check comes after the opening, so that nothing can be put in the file's place in between.
 *
 * @param mayRead told the real path
 * @throws CodedError `not-found`, `permission-denied`, `read-failed`, `link-refused`, `unsupported-format`, `empty-file`
 */
export async function openLibraryFile(path: string, mayRead: (realPath: string) => boolean): Promise<LibraryFile> {
  let handle: FileHandle | null = null;
  try {
    // Without O_NONBLOCK, opening a named pipe that has taken the file's place would wait for ever.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
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
    return { handle, realPath, size, kind, etag: etagOf(opened) };
  } catch (error) {
    await handle?.close();
    throw fileError(error);
  }
}

const isSame = (a: BigIntStats, b: BigIntStats): boolean => a.dev === b.dev && a.ino === b.ino;

const etagOf = ({ ino, size, mtimeNs }: BigIntStats): string =>
  `"${[ino, size, mtimeNs].map((value) => value.toString(36)).join('-')}"`;

function assertAudio(kind: AudioKind): void {
  if (kind === 'empty') throw new CodedError('empty-file', 'The file has no content; copy it again from its source.');
  if (kind === 'text' || kind === 'unknown')
    throw new CodedError('unsupported-format', 'The file holds no audio that is known here, whatever its name says.');
}
