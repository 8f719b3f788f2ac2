import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, lstat, open, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { CodedError } from '#shared/domain/failure';
import { duringWrite, fileError, hasErrno } from '../files/errors';
import { nodeFiles } from '../files/node-files';
import { removeLeftovers, tempNameFor } from '../files/temp-names';

/** A file's text as it is written. */
export interface FileText {
  readonly bytes: Uint8Array;
  /** SHA-256, hex. */
  readonly hash: string;
}

export function fileText(pieces: readonly string[]): FileText {
  const bytes = Buffer.from(pieces.join(''), 'utf8');
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * Puts a playlist file in its place, whole or not at all: a temporary file beside it, fsync, rename; such a file that a killed writer left is removed. One that holds the same already is not
 * touched, so that its modification time stays.
 *
 * @param known hash of what we wrote there before; null if we never did
 * @param replace also what is not ours, or was changed since
 * @throws CodedError `file-changed` for a file that is not to be replaced, `link-refused`, `permission-denied`, `no-space` and the like
 */
export async function putPlaylistFile(
  path: string,
  text: FileText,
  known: string | null,
  replace: boolean,
): Promise<'written' | 'unchanged'> {
  const there = await look(path);
  if (there === text.hash) return 'unchanged';
  if (there !== null && there !== known && !replace) throw notOurs(path, known);
  await removeLeftovers(nodeFiles, path).catch(() => undefined);
  const temp = tempNameFor(path);
  try {
    await writeTemp(temp, path, text.bytes, there !== null);
    await nodeFiles.rename(temp, path).catch(duringWrite('rename'));
    // The file is in place; a folder that can't be synced is no failure of it.
    await nodeFiles.syncFolder(dirname(path)).catch(() => undefined);
  } catch (error) {
    await nodeFiles.remove(temp).catch(() => undefined);
    throw fileError(error, 'write-failed');
  }
  return 'written';
}

async function writeTemp(temp: string, path: string, bytes: Uint8Array, copiesMode: boolean): Promise<void> {
  const handle = await open(temp, 'wx').catch(duringWrite('create'));
  try {
    for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
    if (copiesMode) await chmod(temp, (await lstat(path)).mode & 0o777);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Removes a file that is as we wrote it.
 *
 * @returns false if it is another's by now, and was left; true also if it is gone already
 * @throws CodedError `permission-denied` and the like
 */
export async function removePlaylistFile(path: string, known: string): Promise<boolean> {
  const there = await look(path).catch((error: unknown) => {
    if (error instanceof CodedError && error.code === 'link-refused') return 'other';
    throw error;
  });
  if (there === null) return true;
  if (there !== known) return false;
  await nodeFiles.remove(path).catch(duringWrite('look'));
  return true;
}

/** Whether two paths are one file, as where case does not count. */
export async function isSameFile(a: string, b: string): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([lstat(a, { bigint: true }), lstat(b, { bigint: true })]);
    return first.ino === second.ino && first.dev === second.dev;
  } catch {
    return false;
  }
}

export const renamePlaylistFile = (from: string, to: string): Promise<void> =>
  nodeFiles.rename(from, to).catch(duringWrite('rename'));

/**
 * Sees that a folder is there.
 *
 * @throws CodedError `not-found`, `permission-denied`
 */
export async function assertPlaylistFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return null;
    throw fileError(error, 'read-failed');
  });
  if (!found?.isDirectory())
    throw new CodedError('not-found', `There is no folder ${folder}. Make it, or connect its drive, and repeat.`);
}

/** Hash of the file at a path; null if nothing is there. @throws CodedError `link-refused` for what is no plain file */
async function look(path: string): Promise<string | null> {
  try {
    const found = await lstat(path);
    if (!found.isFile())
      throw new CodedError(
        'link-refused',
        `${path} is ${found.isSymbolicLink() ? 'a link' : 'no file'}. Move it away, or choose another folder, and repeat.`,
      );
    const hash = createHash('sha256');
    for await (const bytes of createReadStream(path)) hash.update(bytes as Uint8Array);
    return hash.digest('hex');
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return null;
    throw fileError(error, 'read-failed');
  }
}

const notOurs = (path: string, known: string | null): CodedError =>
  new CodedError(
    'file-changed',
    known === null
      ? `${basename(path)} is in this folder already, and Genregram did not write it. Move it away, choose another folder, or say that it is to be replaced.`
      : `${basename(path)} was changed by another program since Genregram wrote it. Move it away, or say that it is to be replaced.`,
  );
