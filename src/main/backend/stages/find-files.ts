import { rm } from 'node:fs/promises';
import { setImmediate as turnOfOthers } from 'node:timers/promises';
import type { ScanCounts } from '#shared/contract/schemas';
import { walkFile, type Walked, type WalkedFile } from '../../adapters/walk';
import { isUnder, type TrackIdentity } from '../../store';
import type { Context } from '../context';
import { KnownFiles } from './known-files';

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
/** So many files pass between two reports of how far the walk is. */
const REPORT_EVERY = 64;
/** Tracks that are read from the store, or changed in it, at a time: a few milliseconds, so that the window is answered meanwhile. */
const READ_TOGETHER = 500;
const CHANGED_TOGETHER = 16;

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
    const known = await knownFiles(context, target);
    const moved: number[] = [];
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
        const track = context.store.tracks.byPath(walked.path);
        context.store.failures.set(walked.path, 'scan', track?.id ?? null, walked, Date.now());
        continue;
      }
      if (counts.found++ % REPORT_EVERY === 0) progress(walked.path);
      if (known.unchanged(walked) !== null) {
        counts.unchanged++;
        continue;
      }
      const { track, isFresh, isMoved } = compare(context, walked, target.rootId, counts);
      if (track) known.meet(track.id);
      if (track && isMoved) moved.push(track.id);
      if (isFresh) fresh.push({ file: walked, rootId: target.rootId, known: track });
    }
    await aFewAtATime(moved, signal, (ids) => {
      context.store.tracks.restore(ids, target.rootId);
    });
    counts.removed += await markVanished(context, known.missed(), unreadable, signal);
  }
  return fresh;
}

/** What the store has of a target, read in parts. */
async function knownFiles({ store }: Context, { path, rootId }: ScanTarget): Promise<KnownFiles> {
  const known = new KnownFiles();
  for (let last = 0; ;) {
    const files = store.tracks.filesUnder(path, rootId, last, READ_TOGETHER);
    for (const file of files) known.add({ ...file, settled: file.inRoot === 1 && file.retry + file.reread === 0 });
    if (files.length < READ_TOGETHER) return known;
    last = files.at(-1)!.id;
    await turnOfOthers();
  }
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
): { track: TrackIdentity | null; isFresh: boolean; isMoved: boolean } {
  const track = store.tracks.byPath(file.path) ?? null;
  if (!track) return { track, isFresh: true, isMoved: false };
  if (track.size !== file.size || track.mtimeNs !== file.mtimeNs) {
    counts.changed++;
    return { track, isFresh: true, isMoved: false };
  }
  if (track.missing) counts.new++;
  else counts.unchanged++;
  return { track, isFresh: track.retry + track.reread > 0, isMoved: track.missing === 1 || track.rootId !== rootId };
}

/** @returns how many of those that were not met are gone: not those under a folder that could not be read. */
async function markVanished(
  { store }: Context,
  missed: readonly number[],
  unreadable: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  let vanished = 0;
  await aFewAtATime(missed, signal, (ids) => {
    const gone = store.tracks
      .paths(ids)
      .filter(({ path }) => !unreadable.some((folder) => isUnder(path, folder)))
      .map(({ id }) => id);
    store.tracks.markMissing(gone);
    vanished += gone.length;
  });
  return vanished;
}

/** Each change is one transaction; between two of them others have their turn. */
async function aFewAtATime(
  ids: readonly number[],
  signal: AbortSignal,
  change: (ids: readonly number[]) => void,
): Promise<void> {
  for (let at = 0; at < ids.length; at += CHANGED_TOGETHER) {
    signal.throwIfAborted();
    change(ids.slice(at, at + CHANGED_TOGETHER));
    await turnOfOthers();
  }
}

async function removeLeftOver({ path, mtimeMs }: { path: string; mtimeMs: number }): Promise<void> {
  // Best effort: a folder that may not be written keeps it, which harms nobody.
  if (Date.now() - mtimeMs > LEFT_OVER_MS) await rm(path, { force: true }).catch(() => undefined);
}
