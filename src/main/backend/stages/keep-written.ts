import { realpath } from 'node:fs/promises';
import type { Failure } from '#shared/domain/failure';
import type { WriteResult } from '#shared/domain/tags';
import { walkFile } from '../../adapters/walk';
import type { Context } from '../context';
import { refreshed } from './read-file';

/** Brings the library up to date with a write of one of its files; files outside the library are no concern of it. */
export async function keepWritten(context: Context, result: WriteResult, fromDecisions: boolean): Promise<void> {
  const { store } = context;
  if (result.status === 'refused') {
    keepRefused(context, result.path, result);
    return;
  }
  await rereadTrack(context, result.path);
  const track = store.tracks.byPath(result.path);
  if (!track) return;
  store.transaction(() => {
    store.failures.clear(result.path, 'write', track.id);
    if (fromDecisions) store.decisions.setWritten(track.id, Date.now());
  });
}

/** Brings the library up to date with an undo: what was decided waits to be written again, or is in the file again. */
export async function keepPutBack(context: Context, path: string): Promise<void> {
  const { store } = context;
  await rereadTrack(context, path);
  const track = store.tracks.byPath(path);
  if (!track) return;
  const writtenAt = store.writes.decisionWritten(path);
  store.transaction(() => {
    store.failures.clear(path, 'write', track.id);
    if (writtenAt !== undefined) store.decisions.setWritten(track.id, writtenAt);
  });
}

export function keepRefused({ store }: Context, path: string, failure: Failure): void {
  store.failures.set(path, 'write', store.tracks.byPath(path)?.id ?? null, failure, Date.now());
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
