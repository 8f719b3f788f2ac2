import { rm } from 'node:fs/promises';
import type { ScanCounts } from '#shared/contract/schemas';
import { walkFile, type Walked, type WalkedFile } from '../../adapters/walk';
import { isUnder, type TrackIdentity } from '../../store';
import type { Context } from '../context';

/** A folder to walk, or a single file to look at; `rootId` is the library folder it belongs to, if any. */
export interface ScanTarget {
  readonly kind: 'folder' | 'file';
  readonly path: string;
  readonly rootId: number | null;
}

/** A file whose tags have to be read: new, changed, or unreadable the last time. */
export interface FreshFile {
  readonly file: WalkedFile;
  readonly rootId: number | null;
  readonly known: TrackIdentity | null;
}

/** A temporary file this old belongs to no write that is under way. */
const LEFT_OVER_MS = 10 * 60 * 1000;

/**
 * Walks the targets and compares what is there with the store: unchanged files are passed over, vanished ones marked (their
 * rows stay, so that they are known again when they turn up elsewhere), fresh ones returned.
 * What lies under a folder that could not be read is neither found nor vanished.
 */
export async function findFiles(
  context: Context,
  targets: readonly ScanTarget[],
  counts: ScanCounts,
  signal: AbortSignal,
  progress: (path: string) => void,
): Promise<FreshFile[]> {
  const fresh: FreshFile[] = [];
  for (const target of targets) {
    const seen = new Set<number>();
    const unreadable: string[] = [];
    context.store.failures.clearFolders(target.path);
    for await (const walked of look(context, target, signal)) {
      signal.throwIfAborted();
      if (walked.kind === 'left-over') {
        await removeLeftOver(walked);
        continue;
      }
      if (walked.kind === 'failure') {
        counts.failed++;
        unreadable.push(walked.path);
        const known = context.store.tracks.byPath(walked.path);
        context.store.failures.set(walked.path, 'scan', known?.id ?? null, walked, Date.now());
        continue;
      }
      counts.found++;
      progress(walked.path);
      const known = compare(context, walked, target.rootId, counts);
      if (known.track) seen.add(known.track.id);
      if (known.fresh) fresh.push({ file: walked, rootId: target.rootId, known: known.track });
    }
    counts.removed += markVanished(context, target, seen, unreadable);
  }
  return fresh;
}

async function* look(context: Context, target: ScanTarget, signal: AbortSignal): AsyncGenerator<Walked> {
  if (target.kind === 'folder') {
    yield* context.walk(target.path, signal);
    return;
  }
  const walked = await walkFile(target.path);
  if (walked) yield walked;
}

function compare(
  { store }: Context,
  file: WalkedFile,
  rootId: number | null,
  counts: ScanCounts,
): { track: TrackIdentity | null; fresh: boolean } {
  const track = store.tracks.byPath(file.path) ?? null;
  if (!track) return { track, fresh: true };
  if (track.size !== file.size || track.mtimeNs !== file.mtimeNs) {
    counts.changed++;
    return { track, fresh: true };
  }
  if (track.missing) counts.new++;
  else counts.unchanged++;
  if (track.missing || track.rootId !== rootId) store.tracks.restore(track.id, rootId);
  return { track, fresh: track.retry === 1 };
}

function markVanished(
  { store }: Context,
  target: ScanTarget,
  seen: ReadonlySet<number>,
  unreadable: readonly string[],
): number {
  const gone = store.tracks
    .presentUnder(target.path)
    .filter(({ id, path }) => !seen.has(id) && !unreadable.some((folder) => isUnder(path, folder)));
  store.tracks.markMissing(gone.map(({ id }) => id));
  return gone.length;
}

async function removeLeftOver({ path, mtimeMs }: { path: string; mtimeMs: number }): Promise<void> {
  // Best effort: a folder that may not be written keeps it, which harms nobody.
  if (Date.now() - mtimeMs > LEFT_OVER_MS) await rm(path, { force: true }).catch(() => undefined);
}
