import { dirname } from 'node:path';
import { CodedError } from '#shared/domain/failure';
import { invertSplices, piecesOf, type KnownSplice, type Splice } from '../../core/tags/splices';
import type { Recovered, UndoEntry } from '../../ports';
import { hashRange, type ByteSource } from '../files/byte-source';
import { duringWrite } from '../files/errors';
import type { Files } from '../files/files';
import { withSource, type OpenFile } from '../files/open-source';
import { overwriteFile, putBytesBack } from '../files/overwrite-file';
import { assertUnchanged, replaceFile, sameState, type Replacement } from '../files/replace-file';
import { removeLeftovers, tempNameFor } from '../files/temp-names';
import { assertWritable, inspect, type Subject } from './inspect';
import { asOverwrites } from './overwrites';

const unavailable = (why: string): CodedError => new CodedError('undo-unavailable', why);

/**
 * Puts the old bytes back by the way that they were written. Refuses unless the file is, byte for byte, as the write left it.
 * @param begin gets the way forward again, when the old bytes are complete, verified and durable, before they take their place
 */
export async function undoChange(
  files: Files,
  path: string,
  entry: UndoEntry,
  begin: (forward: UndoEntry) => void = () => undefined,
): Promise<void> {
  const { receipt } = entry;
  const isOwn = receipt.method === 'own-file';
  const subject = await inspect(files, isOwn ? path : (receipt.target ?? path));
  assertPlace(subject, receipt);
  if (subject.link === null) await assertWritable(files, subject);
  await withSource(files, subject.file, async (file) => {
    const { stat, source } = file;
    if (!sameState(subject.stat, stat))
      throw new CodedError('file-changed', 'The file was changed by another program meanwhile; repeat the undo.');
    if (stat.size !== receipt.sizeAfter || (await hashRange(source, 0, stat.size)) !== receipt.hashAfter)
      throw unavailable(
        'The file has been changed since Genregram wrote it, so its old bytes can no longer be put back.',
      );
    if (!piecesOf(stat.size, entry.splices))
      throw unavailable('The record of this write is damaged, so it can not be undone.');
    const splices = await knownSplices(source, entry.splices);
    const inPlace = receipt.method === 'in-place' ? await asOverwrites(source, splices) : null;
    if (subject.stat.links > 1 && !inPlace && !isOwn) throw manyNames(subject);
    const replacement = replacementFor(entry, file, inPlace ?? splices, begin);
    if (inPlace) await overwriteFile(files, subject.file, file, replacement);
    else if (!(await linkRestored(files, path, subject, entry, replacement)))
      await replaceFile(files, subject.file, file, replacement, isOwn ? path : subject.file);
  });
}

/** A link is written through by the name of its target, and stands where a file of its own did only once that was undone. */
function assertPlace({ link, file }: Subject, { method, brokenLink, target }: UndoEntry['receipt']): void {
  if (link === null || (method === 'own-file' && link === brokenLink && file === target)) return;
  throw new CodedError(
    'link-refused',
    'A symbolic link stands where the file was that Genregram wrote; put the file back in its place first.',
  );
}

const manyNames = ({ stat }: Subject): CodedError =>
  new CodedError(
    'link-refused',
    `The file has ${stat.links} names (hard links) by now, and putting it back would part them. Remove the others first.`,
  );

function replacementFor(
  { receipt, mtimeNs }: UndoEntry,
  { stat }: OpenFile,
  splices: readonly KnownSplice[],
  begin: (forward: UndoEntry) => void,
): Replacement {
  const damaged = () =>
    unavailable('The record of this write is damaged, so it can not be undone. The file was left as it is.');
  return {
    splices,
    mtimeNs: BigInt(mtimeNs),
    verify: ({ source }, { after }) =>
      after === receipt.hashBefore && source.size === receipt.sizeBefore
        ? Promise.resolve()
        : Promise.reject(damaged()),
    commit({ before, after }, size) {
      begin({
        splices: invertSplices(splices),
        receipt: { ...receipt, sizeBefore: stat.size, sizeAfter: size, hashBefore: before, hashAfter: after },
        mtimeNs: stat.mtimeNs.toString(),
      });
    },
  };
}

/**
 * Puts a symbolic link back where a file of its own had taken its place, if what it leads to still is what the file was before.
 * Windows lets not everybody make links; then the file stays one of its own.
 */
async function linkRestored(
  files: Files,
  path: string,
  { link, stat }: Subject,
  { receipt }: UndoEntry,
  { commit }: Replacement,
): Promise<boolean> {
  const { target, brokenLink, sizeBefore, hashBefore, hashAfter } = receipt;
  if (brokenLink === undefined || target === undefined || link !== null) return false;
  const temp = tempNameFor(path);
  try {
    const targetHash = await withSource(files, target, ({ source }) => hashRange(source, 0, source.size));
    if (targetHash !== hashBefore) return false;
    await files.makeLink(brokenLink, temp);
  } catch {
    return false;
  }
  try {
    if ((await files.realPath(temp)) !== target) {
      await files.remove(temp);
      return false;
    }
    await assertUnchanged(files, path, stat);
    commit({ before: hashAfter, after: hashBefore }, sizeBefore);
    await files.rename(temp, path).catch(duringWrite('rename'));
  } catch (error) {
    await files.remove(temp).catch(() => undefined);
    throw error;
  }
  await files.syncFolder(dirname(path)).catch(() => undefined);
  return true;
}

/** The splices with the bytes that they take away from this file. */
async function knownSplices(source: ByteSource, splices: readonly Splice[]): Promise<KnownSplice[]> {
  const known: KnownSplice[] = [];
  for (const splice of splices)
    known.push({ ...splice, removed: (await source.read(splice.offset, splice.remove)).slice() });
  return known;
}

/**
 * See `TagWriter.recover`. A file that is gone or can't be read is `unknown`; one that was overwritten in part, and can't be put
 * right now, is `later`.
 */
export async function recoverFile(files: Files, path: string, entry: UndoEntry): Promise<Recovered> {
  const { receipt, splices, mtimeNs } = entry;
  const file = receipt.method === 'own-file' ? path : (receipt.target ?? path);
  await removeLeftovers(files, file).catch(() => 0);
  const state = await stateOf(files, file, receipt);
  if (state !== 'unknown' || receipt.method !== 'in-place') return state;
  try {
    const put = await putBytesBack(files, file, { splices, hashBefore: receipt.hashBefore, mtimeNs: BigInt(mtimeNs) });
    return put ? 'not-written' : 'unknown';
  } catch (error) {
    if (error instanceof CodedError) return error.code === 'not-found' ? 'unknown' : 'later';
    throw error;
  }
}

async function stateOf(files: Files, path: string, receipt: UndoEntry['receipt']): Promise<Recovered> {
  try {
    return await withSource(files, path, async ({ source }) => {
      if (source.size !== receipt.sizeBefore && source.size !== receipt.sizeAfter) return 'unknown';
      const hash = await hashRange(source, 0, source.size);
      if (hash === receipt.hashAfter) return 'written';
      return hash === receipt.hashBefore ? 'not-written' : 'unknown';
    });
  } catch (error) {
    if (error instanceof CodedError) return 'unknown';
    throw error;
  }
}
