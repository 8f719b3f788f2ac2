import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CodedError } from '#shared/domain/failure';
import { folderFailure } from '../adapters/walk/errors';
import { isUnder, type Store } from '../store';
import type { Context } from './context';

export interface LocatedPath {
  readonly path: string;
  readonly isFolder: boolean;
}

/**
 * The one spelling under which a path is kept: absolute, links in it resolved for folders (a file's own link is not).
 *
 * @throws CodedError `not-found`, `permission-denied` or `read-failed`
 */
export async function locate(given: string): Promise<LocatedPath> {
  const path = resolve(given);
  try {
    const isFolder = (await stat(path)).isDirectory();
    return { path: await realpath(path), isFolder };
  } catch (error) {
    throw CodedError.from(folderFailure(path, error));
  }
}

/**
 * Says which files symbolic links may lead a write to: those of the library, and those at or under a path that the user named.
 * All paths with their links resolved.
 */
export const withinReach =
  ({ roots, tracks }: Pick<Store, 'roots' | 'tracks'>, named: readonly string[] = []) =>
  (path: string): boolean =>
    [...roots.list().map((root) => root.path), ...named].some((folder) => isUnder(path, folder)) ||
    tracks.byPath(path) !== undefined;

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );

/** Whether a folder of the library is there, and is one of those that may be reached. */
export const isAvailable = async ({ confinement }: Pick<Context, 'confinement'>, path: string): Promise<boolean> =>
  (await confinement.refusal(path)) === null && (await isFolder(path));
