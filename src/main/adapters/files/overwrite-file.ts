import { createHash } from 'node:crypto';
import { CodedError } from '#shared/domain/failure';
import { keepPlaces } from '../../core/tags/overwrites';
import type { Splice } from '../../core/tags/splices';
import { buffered, eachChunk, hashRange, spliced, type ByteSource } from './byte-source';
import { fileError, hasErrno } from './errors';
import type { Files, PatchHandle } from './files';
import { withSource, type OpenFile } from './open-source';
import { assertUnchanged, type Replacement } from './replace-file';

/**
 * Writes over the bytes of a file where they are, for files that a copy of would take too long or cost a hard link. The new file is verified
 * on a view of it first; `commit` must make the old bytes durable before it returns. What fails afterwards is put back from them, here
 * or, after a kill, by `putBytesBack` at the next start.
 *
 * @param replacement with splices that put as many bytes as they take
 * @returns hex SHA-256 of the whole file before and after. Fails with a coded error; `half-written` if the old bytes could
 * not be put back either, and with all others the file is as it was.
 */
export async function overwriteFile(
  files: Files,
  path: string,
  original: OpenFile,
  replacement: Replacement,
): Promise<{ before: string; after: string }> {
  const { source, stat } = original;
  const { splices } = replacement;
  if (!keepPlaces(splices)) throw new Error('these splices do not keep the places of bytes');
  const hashes = await hashBoth(source, splices);
  await replacement.verify({ ...original, source: buffered(spliced(source, splices)) }, hashes);
  const back = await inverseOf(source, splices);
  const handle = await files.openToPatch(path);
  try {
    await assertUnchanged(files, path, stat);
    replacement.commit(hashes, stat.size);
    await original.release();
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
  try {
    await putBytes(handle, splices);
    await assertHash(files, path, hashes.after);
    await files.setMtime(path, replacement.mtimeNs).catch(unlessForbidden);
  } catch (error) {
    await rollBack(files, path, back, hashes.before);
    await files.setMtime(path, stat.mtimeNs).catch(() => undefined);
    throw fileError(error, 'write-failed');
  }
  return hashes;
}

/** Only the owner of a file may set its time, though others may write to it. */
function unlessForbidden(error: unknown): void {
  if (!hasErrno(error, 'EPERM', 'EACCES')) throw error;
}

/**
 * Settles an overwriting that was cut off: if the file is as before but for the bytes that were to be changed, these are put
 * back and verified.
 *
 * @returns false, with nothing touched, if other bytes have changed too. Fails with a coded error as the file system does.
 */
export async function putBytesBack(
  files: Files,
  path: string,
  { splices, hashBefore, mtimeNs }: { splices: readonly Splice[]; hashBefore: string; mtimeNs: bigint },
): Promise<boolean> {
  const isOurs = await withSource(files, path, async ({ source }) => {
    const fits = keepPlaces(splices) && splices.every(({ offset, remove }) => offset + remove <= source.size);
    return fits && (await hashRange(spliced(source, splices), 0, source.size)) === hashBefore;
  });
  if (!isOurs) return false;
  try {
    await putBytes(await files.openToPatch(path), splices);
    await assertHash(files, path, hashBefore);
    await files.setMtime(path, mtimeNs).catch(unlessForbidden);
  } catch (error) {
    throw fileError(error, 'write-failed');
  }
  return true;
}

async function putBytes(handle: PatchHandle, splices: readonly Splice[]): Promise<void> {
  try {
    for (const { offset, insert } of splices) await handle.write(insert, offset);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The disk is asked again for all of the file, so that what a failing one made of it is found out. */
async function assertHash(files: Files, path: string, expected: string): Promise<void> {
  if (!(await holds(files, path, expected)))
    throw new CodedError(
      'verify-failed',
      'What was written differs from what was meant; the disk may be failing. The old bytes were put back.',
    );
}

const holds = (files: Files, path: string, hash: string): Promise<boolean> =>
  withSource(files, path, async ({ source }) => (await hashRange(source, 0, source.size)) === hash);

/** @throws CodedError `half-written` */
async function rollBack(files: Files, path: string, splices: readonly Splice[], hashBefore: string): Promise<void> {
  try {
    // Nothing may have been written, on a drive that takes no more bytes but can be read.
    if (await holds(files, path, hashBefore)) return;
    await putBytes(await files.openToPatch(path), splices);
    await assertHash(files, path, hashBefore);
  } catch (cause) {
    throw new CodedError(
      'half-written',
      'The file could be changed only in part, and its old bytes could not be put back yet: the drive is failing or was disconnected. They are kept in the journal. Connect the drive and start Genregram again, which puts them back; do not play or change the file before.',
      { cause },
    );
  }
}

async function inverseOf(source: ByteSource, splices: readonly Splice[]): Promise<Splice[]> {
  const inverse: Splice[] = [];
  for (const { offset, remove } of splices)
    inverse.push({ offset, remove, insert: (await source.read(offset, remove)).slice() });
  return inverse;
}

/** Both hashes in one pass over the file. */
async function hashBoth(source: ByteSource, splices: readonly Splice[]): Promise<{ before: string; after: string }> {
  const [before, after] = [createHash('sha256'), createHash('sha256')];
  let at = 0;
  await eachChunk(source, 0, source.size, (bytes) => {
    before.update(bytes);
    after.update(laidOver(bytes, at, splices));
    at += bytes.length;
  });
  return { before: before.digest('hex'), after: after.digest('hex') };
}

/** The bytes from `start` of a file on, as they are after splices that keep the places of bytes. */
function laidOver(bytes: Uint8Array, start: number, splices: readonly Splice[]): Uint8Array {
  const end = start + bytes.length;
  const patched = bytes.slice();
  for (const { offset, remove, insert } of splices) {
    if (offset >= end || offset + remove <= start) continue;
    const from = Math.max(offset, start);
    const to = Math.min(offset + remove, end);
    patched.set(insert.subarray(from - offset, to - offset), from - start);
  }
  return patched;
}
