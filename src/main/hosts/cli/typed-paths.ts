import { access, constants } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { JobFailure } from '#shared/contract/schemas';

export interface TypedPaths {
  /** Absolute, each once, in the order they were typed. */
  readonly present: readonly string[];
  readonly missing: readonly JobFailure[];
}

/** Sorts what was typed into paths that are there and failures that say which are not. */
export async function lookAtPaths(typed: readonly string[]): Promise<TypedPaths> {
  const paths = [...new Set(typed.map((path) => resolve(path)))];
  const failures = await Promise.all(paths.map(failureOf));
  return {
    present: paths.filter((_, index) => failures[index] === null),
    missing: failures.filter((failure) => failure !== null),
  };
}

async function failureOf(path: string): Promise<JobFailure | null> {
  try {
    await access(path, constants.F_OK);
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES')
      return { path, code: 'permission-denied', message: 'You may not look into this folder. Change its permissions.' };
    return { path, code: 'not-found', message: 'There is no such file or folder. Check the spelling.' };
  }
}

/** Is the path one of these, or inside one of these folders? All absolute. */
export function isUnder(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep));
}
