import type { ScanCounts } from '#shared/contract/schemas';
import type { OwnTags } from '#shared/domain/tags';
import { walkFile } from '../../adapters/walk';
import type { ScannedFile, TrackIdentity } from '../../store';
import type { Context } from '../context';
import type { FreshFile } from './find-files';

/**
 * Reads a fresh file's tags, for storing them. A new file that is a vanished track under another name takes over that
 * track's row, and with it results and decisions. A changed file whose audio is the same keeps its results.
 *
 * @returns the second half: storing what was read, which tells whether it failed. The caller does so for several files
 * in one transaction.
 */
export async function readFreshFile(
  context: Context,
  fresh: FreshFile,
  counts: ScanCounts,
  signal: AbortSignal,
): Promise<() => boolean> {
  const { store } = context;
  const { file, known } = fresh;
  const tags = await context.readTags(file.path);
  const contentHash = await hashIfUseful(context, fresh);
  const renamed = known ? null : await findRenamed(context, fresh);
  signal.throwIfAborted();
  const scanned: ScannedFile = { ...file, rootId: fresh.rootId, tags: tags.ok ? tags.value : null, contentHash };

  return () => {
    const id = known ? updateKnown(context, known, scanned) : addOrAdopt(context, scanned, renamed, counts);
    if (tags.ok) {
      store.failures.clear(file.path, 'scan', id);
      return false;
    }
    counts.failed++;
    store.failures.set(file.path, 'scan', id, tags.failure, Date.now());
    return true;
  };
}

/** Hashing reads the whole file, so it is done only where the answer may spare an analysis. */
async function hashIfUseful({ store, tagWriter }: Context, { known, file }: FreshFile): Promise<string | null> {
  if (known ? known.contentHash === null : store.tracks.countMissing() === 0) return null;
  const hash = await tagWriter.audioHash(file.path);
  return hash.ok ? hash.value : null;
}

/**
 * The track of this very file where its old path is gone but was not looked at: the whole folder of the library was
 * renamed, or only the new place is being scanned.
 */
async function findRenamed({ store }: Context, { file }: FreshFile): Promise<TrackIdentity | null> {
  for (const candidate of store.tracks.sameFile(file))
    if (!candidate.missing && (await walkFile(candidate.path)) === null) return candidate;
  return null;
}

function updateKnown({ store }: Context, known: TrackIdentity, scanned: ScannedFile): number {
  const sameFile = known.size === scanned.size && known.mtimeNs === scanned.mtimeNs;
  const contentHash = scanned.contentHash ?? (sameFile ? known.contentHash : null);
  if (known.contentHash !== null && contentHash !== known.contentHash) store.decisions.dropAccepted(known.id);
  store.tracks.update(known.id, { ...scanned, contentHash });
  // What is only read again fails where it did.
  if (sameFile && known.retry === 0) return known.id;
  store.failures.clear(scanned.path, 'analysis', known.id);
  store.failures.clear(scanned.path, 'write', known.id);
  return known.id;
}

function addOrAdopt(
  { store }: Context,
  scanned: ScannedFile,
  renamed: TrackIdentity | null,
  counts: ScanCounts,
): number {
  const missing = store.tracks.missingLike(scanned.size, scanned.contentHash);
  const moved = missing.find((candidate) => isSameFile(candidate, scanned)) ?? renamed;
  if (!moved) {
    counts.new++;
    return store.tracks.insert(scanned, Date.now());
  }
  counts.moved++;
  store.writes.movePath(moved.path, scanned.path);
  store.tracks.update(moved.id, { ...scanned, contentHash: scanned.contentHash ?? moved.contentHash });
  return moved.id;
}

/** By content where that is known of both, else by what a rename keeps: size, time and inode. */
function isSameFile(candidate: TrackIdentity, scanned: ScannedFile): boolean {
  if (candidate.contentHash !== null && scanned.contentHash !== null)
    return candidate.contentHash === scanned.contentHash;
  return candidate.size === scanned.size && candidate.mtimeNs === scanned.mtimeNs && candidate.inode === scanned.inode;
}

/** Reads a file's identity and tags again after we wrote it, so that the next scan sees it unchanged. */
export function refreshed(
  track: TrackIdentity,
  stamp: { size: number; mtimeNs: string; inode: string },
  tags: OwnTags | null,
): ScannedFile {
  return { ...stamp, path: track.path, rootId: track.rootId, tags, contentHash: track.contentHash };
}
