import { stat } from 'node:fs/promises';
import type { ComparedTrack } from '#shared/contract/model-comparison';
import { CodedError } from '#shared/domain/failure';
import { folderFailure } from '../../adapters/walk/errors';
import type { Store } from '../../store';
import { locate } from '../paths';

/** A track that is compared. */
export interface Subject {
  readonly path: string;
  /** Null for a file that need not be in the library. */
  readonly trackId: number | null;
  /** What its hearings are kept under: the same as long as its content is. */
  readonly content: string;
}

/**
 * Of a track in the library the hash of its audio tells what it holds; what has none yet, or is in no library, is known by size and time.
 *
 * @throws CodedError `not-found`, `permission-denied`, `read-failed`, or `invalid-input` for a folder
 */
export async function subjectOf(store: Store, track: ComparedTrack): Promise<Subject> {
  if ('path' in track) {
    const { path, isFolder } = await locate(track.path);
    if (isFolder) throw new CodedError('invalid-input', `${path} is a folder. Name the files to compare models on.`);
    return { path, trackId: null, content: await stampOf(path) };
  }
  const known = store.tracks.byId(track.trackId);
  if (!known) throw new CodedError('not-found', 'This track is not in the library any more.');
  const { path, contentHash } = known;
  return { path, trackId: track.trackId, content: contentHash ?? (await stampOf(path)) };
}

async function stampOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs } = await stat(path);
    return JSON.stringify([path, size, mtimeMs]);
  } catch (error) {
    throw CodedError.from(folderFailure(path, error));
  }
}
