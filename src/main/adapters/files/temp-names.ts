import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Files } from './files';

/** Room for `.genregram-<12 hex>.tmp` and the leading dot within the 255 bytes that file systems give a name. */
const MAX_STEM_BYTES = 255 - 1 - '.genregram-'.length - 12 - '.tmp'.length;

/** The name, cut at a character if it would be too long together with what is added. */
function stemOf(path: string): string {
  let stem = basename(path);
  while (Buffer.byteLength(stem) > MAX_STEM_BYTES) stem = [...stem].slice(0, -1).join('');
  return stem;
}

/** A fresh name for the temporary file beside `path`: hidden, and recognisable as ours. */
export const tempNameFor = (path: string): string =>
  join(dirname(path), `.${stemOf(path)}.genregram-${randomBytes(6).toString('hex')}.tmp`);

const OURS = /^\..+\.genregram-[0-9a-f]{12}\.tmp$/s;

/** Removes the temporary files of killed writers from a folder, also of writes that were never journalled. Fails as the file system does. */
export async function sweepFolder(files: Files, folder: string): Promise<number> {
  let removed = 0;
  for (const name of await files.list(folder)) {
    if (!OURS.test(name) || (await files.lstat(join(folder, name))).kind !== 'file') continue;
    await files.remove(join(folder, name));
    removed++;
  }
  return removed;
}

/** Removes temporary files that a writer of `path` left when it was killed. Only names that we would give are touched. */
export async function removeLeftovers(files: Files, path: string): Promise<number> {
  const prefix = `.${stemOf(path)}.genregram-`;
  let removed = 0;
  for (const name of await files.list(dirname(path))) {
    if (!name.startsWith(prefix) || !/^[0-9a-f]{12}\.tmp$/.test(name.slice(prefix.length))) continue;
    const found = join(dirname(path), name);
    if ((await files.lstat(found)).kind !== 'file') continue;
    await files.remove(found);
    removed++;
  }
  return removed;
}
