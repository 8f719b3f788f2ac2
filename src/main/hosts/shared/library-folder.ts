import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CodedError } from '#shared/domain/failure';

/**
 * Makes the folder that a library file is to lie in.
 *
 * @throws CodedError `permission-denied`
 */
export function makeFolderOf(libraryPath: string): void {
  const folder = dirname(libraryPath);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new CodedError(
      'permission-denied',
      `The folder ${folder} for the library file can't be made. Give yourself the right to write there, or name another file with --library.`,
      { cause },
    );
  }
}
