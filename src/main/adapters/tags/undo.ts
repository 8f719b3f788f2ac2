import { CodedError } from '#shared/domain/failure';
import { invertSplices, piecesOf, type KnownSplice, type Splice } from '../../core/tags/splices';
import type { UndoEntry } from '../../ports';
import { hashRange, type ByteSource } from '../files/byte-source';
import type { Files } from '../files/files';
import { withSource } from '../files/open-source';
import { replaceFile, sameState } from '../files/replace-file';
import { removeLeftovers } from '../files/temp-names';
import { statForWriting } from './inspect';

const unavailable = (why: string): CodedError => new CodedError('undo-unavailable', why);

/**
 * Puts the old bytes back by the same atomic way. Refuses unless the file is, byte for byte, as the write left it.
 * @param begin gets the way forward again, when the old bytes are complete, verified and durable, before they take their place
 */
export async function undoChange(
  files: Files,
  path: string,
  entry: UndoEntry,
  begin: (forward: UndoEntry) => void = () => undefined,
): Promise<void> {
  const { receipt, splices } = entry;
  const stat = await statForWriting(files, path);
  await withSource(files, path, async (file) => {
    if (!sameState(stat, file.stat))
      throw new CodedError('file-changed', 'The file was changed by another program meanwhile; repeat the undo.');
    if (stat.size !== receipt.sizeAfter || (await hashRange(file.source, 0, stat.size)) !== receipt.hashAfter)
      throw unavailable(
        'The file has been changed since Genregram wrote it, so its old bytes can no longer be put back.',
      );
    if (!piecesOf(stat.size, splices))
      throw unavailable('The record of this write is damaged, so it can not be undone.');
    const forward = invertSplices(await knownSplices(file.source, splices));
    const damaged = () =>
      unavailable('The record of this write is damaged, so it can not be undone. The file was left as it is.');
    await replaceFile(files, path, file, {
      splices,
      mtimeNs: BigInt(entry.mtimeNs),
      verify: (written, { after }) =>
        after === receipt.hashBefore && written.stat.size === receipt.sizeBefore
          ? Promise.resolve()
          : Promise.reject(damaged()),
      commit({ before, after }, size) {
        begin({
          splices: forward,
          receipt: { ...receipt, sizeBefore: stat.size, sizeAfter: size, hashBefore: before, hashAfter: after },
          mtimeNs: stat.mtimeNs.toString(),
        });
      },
    });
  });
}

/** The splices with the bytes that they take away from this file. */
async function knownSplices(source: ByteSource, splices: readonly Splice[]): Promise<KnownSplice[]> {
  const known: KnownSplice[] = [];
  for (const splice of splices)
    known.push({ ...splice, removed: (await source.read(splice.offset, splice.remove)).slice() });
  return known;
}

/** See `TagWriter.recover`. A file that is gone or can't be read is `unknown`. */
export async function recoverFile(
  files: Files,
  path: string,
  entry: UndoEntry,
): Promise<'not-written' | 'written' | 'unknown'> {
  await removeLeftovers(files, path).catch(() => 0);
  try {
    return await withSource(files, path, async ({ source }) => {
      if (source.size !== entry.receipt.sizeBefore && source.size !== entry.receipt.sizeAfter) return 'unknown';
      const hash = await hashRange(source, 0, source.size);
      if (hash === entry.receipt.hashAfter) return 'written';
      return hash === entry.receipt.hashBefore ? 'not-written' : 'unknown';
    });
  } catch (error) {
    if (error instanceof CodedError) return 'unknown';
    throw error;
  }
}
