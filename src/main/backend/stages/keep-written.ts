import { realpath } from 'node:fs/promises';
import type { Failure } from '#shared/domain/failure';
import { walkFile } from '../../adapters/walk';
import type { Context } from '../context';
import { refreshed } from './read-file';

/** How one file's write or undo ended. */
export type FileEnd =
  | { readonly path: string; readonly status: 'written' | 'unchanged' }
  | ({ readonly path: string; readonly status: 'refused' } & Failure);

/**
 * Stores how a write ended and brings the library up to date with it, in one step: a kill finds the file's entry open still, or
 * everything done. Files outside the library have their entry only.
 */
export async function keepWritten(context: Context, runId: number, end: FileEnd): Promise<void> {
  const { store } = context;
  await keep(context, runId, end, (trackId) => {
    if (store.writes.fromDecisions(runId)) store.decisions.setWritten(trackId, Date.now());
  });
}

/** The same for an undo: what was decided waits to be written again, or is in the file again. */
export async function keepPutBack(context: Context, runId: number, end: FileEnd): Promise<void> {
  await keep(context, runId, end, (trackId) => {
    followJournal(context, trackId, end.path);
  });
}

async function keep(context: Context, runId: number, end: FileEnd, then: (trackId: number) => void): Promise<void> {
  const { store } = context;
  const { path } = end;
  if (end.status !== 'refused') await rereadTrack(context, path);
  store.transaction(() => {
    store.writes.result(runId, end);
    const track = store.tracks.byPath(path);
    if (end.status === 'refused') store.failures.set(path, 'write', track?.id ?? null, end, Date.now());
    else if (track) {
      store.failures.clear(path, 'write', track.id);
      then(track.id);
    }
  });
}

/** Whether a decision counts as written is told by what of it is in the file. */
export function followJournal({ store }: Context, trackId: number, path: string): void {
  const writtenAt = store.writes.decisionWritten(path);
  if (writtenAt !== undefined) store.decisions.setWritten(trackId, writtenAt);
}

/**
 * Stores a file's new identity and tags, so that the next scan finds it unchanged; also where the library knows it by other names
 * (links), whose size and time may not show that it was written.
 */
export async function rereadTrack(context: Context, path: string): Promise<void> {
  const { store } = context;
  const known = store.tracks.byPath(path) ?? store.tracks.byPath(await realpath(path).catch(() => path));
  if (!known) return;
  for (const name of new Set([known.path, ...store.tracks.sameFile(known).map((track) => track.path)]))
    await rereadName(context, name);
}

async function rereadName({ store, readTags }: Context, path: string): Promise<void> {
  const [file, tags] = [await walkFile(path), await readTags(path)];
  const track = store.tracks.byPath(path);
  if (track && file?.kind === 'file' && tags.ok) store.tracks.update(track.id, refreshed(track, file, tags.value));
}
