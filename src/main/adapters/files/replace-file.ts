import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { CodedError } from '#shared/domain/failure';
import { piecesOf, type Splice } from '../../core/tags/splices';
import { eachChunk, hashRange } from './byte-source';
import { duringWrite, fileError } from './errors';
import type { Files, FileStat, WriteHandle } from './files';
import { withSource, type OpenFile } from './open-source';
import { tempNameFor } from './temp-names';

export interface Replacement {
  readonly splices: readonly Splice[];
  /** Modification time of the file afterwards. */
  readonly mtimeNs: bigint;
  /** Reads the new file before it counts, a temporary one or a view of what is to be, and throws a `CodedError` if it is not exactly what was meant. */
  readonly verify: (written: OpenFile, hashes: { before: string; after: string }) => Promise<void>;
  /** The last step before the file changes; what it throws stops the replacement. */
  readonly commit: (hashes: { before: string; after: string }, sizeAfter: number) => void;
}

/** Two looks at a file show the same state of the same file. */
export const sameState = (a: FileStat, b: FileStat): boolean =>
  a.kind === b.kind &&
  a.size === b.size &&
  a.mtimeNs === b.mtimeNs &&
  a.inode === b.inode &&
  a.device === b.device &&
  a.links === b.links;

/**
 * Puts a changed copy in a file's place, all or nothing: writes a temporary file beside it, fsyncs, reads it again and
 * verifies it, renames it over the original and fsyncs the folder. Whatever fails before the rename leaves the original as it was
 * and removes the temporary file.
 *
 * @param path the file that is copied and whose attributes are kept
 * @param place where the copy is to stand: the file's own place, or a link that gives way to it
 * @returns hex SHA-256 of the whole file before and after. Fails with a coded error.
 */
export async function replaceFile(
  files: Files,
  path: string,
  original: OpenFile,
  replacement: Replacement,
  place: string = path,
): Promise<{ before: string; after: string }> {
  const temp = tempNameFor(place);
  const handle = await files.create(temp, path).catch(duringWrite('create'));
  try {
    const written = await writeTemp(files, handle, path, temp, original, replacement);
    await verifyWritten(files, temp, written, replacement);
    await assertUnchanged(files, path, original.stat);
    replacement.commit(written, written.size);
    await original.release();
    await files.rename(temp, place).catch(duringWrite('rename'));
    // From here on the new file is in place: a failing fsync of the folder can't be undone and must not be called a refusal.
    await files.syncFolder(dirname(place)).catch(() => undefined);
    return { before: written.before, after: written.after };
  } catch (error) {
    await files.remove(temp).catch(() => undefined);
    throw fileError(error, 'write-failed');
  }
}

interface Written {
  readonly before: string;
  readonly after: string;
  readonly size: number;
}

async function writeTemp(
  files: Files,
  handle: WriteHandle,
  path: string,
  temp: string,
  original: OpenFile,
  replacement: Replacement,
): Promise<Written> {
  try {
    const written = await writeSpliced(handle, original, replacement.splices);
    await files.copyAttributes(path, temp);
    await files.setMtime(temp, replacement.mtimeNs);
    await handle.sync();
    return written;
  } finally {
    await handle.close();
  }
}

/** Copies the original with its splices in one pass, hashing both the old and the new bytes on the way. */
async function writeSpliced(handle: WriteHandle, { source }: OpenFile, splices: readonly Splice[]): Promise<Written> {
  if (!piecesOf(source.size, splices))
    throw new CodedError('undo-unavailable', 'The recorded change does not fit this file.');
  const before = createHash('sha256');
  const after = createHash('sha256');
  let size = 0;
  const batch = batchedWrites(handle);
  const put = async (bytes: Uint8Array): Promise<void> => {
    after.update(bytes);
    size += bytes.length;
    await batch.write(bytes);
  };
  const copy = async (bytes: Uint8Array): Promise<void> => {
    before.update(bytes);
    await put(bytes);
  };
  let at = 0;
  for (const splice of splices) {
    await eachChunk(source, at, splice.offset - at, copy);
    await eachChunk(source, splice.offset, splice.remove, (bytes) => void before.update(bytes));
    await put(splice.insert);
    at = splice.offset + splice.remove;
  }
  await eachChunk(source, at, source.size - at, copy);
  await batch.flush();
  return { before: before.digest('hex'), after: after.digest('hex'), size };
}

const BATCH = 1 << 20;

/** Gathers short writes: a renumbered Ogg file comes in tens of thousands of pieces. */
function batchedWrites(handle: WriteHandle) {
  let waiting: Uint8Array[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const [first, ...rest] = waiting;
    waiting = [];
    size = 0;
    if (first) await handle.write(rest.length > 0 ? Buffer.concat([first, ...rest]) : first);
  };
  return {
    flush,
    async write(bytes: Uint8Array): Promise<void> {
      if (size + bytes.length > BATCH) await flush();
      waiting.push(bytes);
      size += bytes.length;
    },
  };
}

async function verifyWritten(files: Files, temp: string, written: Written, replacement: Replacement): Promise<void> {
  await withSource(files, temp, async (file) => {
    const hash = await hashRange(file.source, 0, file.source.size);
    if (file.source.size !== written.size || hash !== written.after)
      throw new CodedError(
        'verify-failed',
        'What was written differs from what was meant; the disk may be failing. The file was left as it was.',
      );
    await replacement.verify(file, written);
  });
}

/** @throws CodedError `file-changed` */
export async function assertUnchanged(files: Files, path: string, before: FileStat): Promise<void> {
  if (!sameState(await files.lstat(path), before))
    throw new CodedError('file-changed', 'The file was changed by another program meanwhile; plan the change again.');
}
