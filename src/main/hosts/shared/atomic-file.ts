import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CodedError } from '#shared/domain/failure';

/**
 * Writes a file of ours so that it is either as before or whole, also after a crash; its folder is made where there is none.
 *
 * @throws CodedError `write-failed`
 */
export async function writeParts(path: string, parts: AsyncIterable<string> | Iterable<string>): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.genregram-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      for await (const part of parts) await file.appendFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    if (cause instanceof CodedError) throw cause;
    throw new CodedError(
      'write-failed',
      `${path} can't be written (${cause instanceof Error ? cause.message : String(cause)}). Name another place, or give yourself the right to write there.`,
      { cause },
    );
  }
}

/** The same of one text; a file that holds the very text already is left alone. @returns whether it was written */
export async function writeWhole(path: string, text: string): Promise<boolean> {
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return false;
  await writeParts(path, [text]);
  return true;
}
