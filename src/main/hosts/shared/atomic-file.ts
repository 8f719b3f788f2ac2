import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CodedError } from '#shared/domain/failure';

/**
 * Writes a file of ours so that it is either as before or whole, also after a crash; its folder is made where there is none. One that
 * holds the very text already is left alone.
 *
 * @returns whether it was written
 * @throws CodedError `write-failed`
 */
export async function writeWhole(path: string, text: string): Promise<boolean> {
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return false;
  const temporary = join(dirname(path), `.${basename(path)}.genregram-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    return true;
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new CodedError(
      'write-failed',
      `${path} can't be written (${cause instanceof Error ? cause.message : String(cause)}). Name another place, or give yourself the right to write there.`,
      { cause },
    );
  }
}
