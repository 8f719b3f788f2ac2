import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CodedError } from '#shared/domain/failure';
import { hashPassword, passwordCheck, type CheckPassword } from './password';

const REMEDY = 'Make it with: genregram serve password';

/** Keeps a password's hash in a file that its owner alone may read, in the place of what was there. @throws CodedError `invalid-input`, `write-failed` */
export async function storePassword(path: string, password: string): Promise<void> {
  const line = `${await hashPassword(password)}\n`;
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(line);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new CodedError('write-failed', `${path} could not be written (${String((cause as Error).message)}).`, {
      cause,
    });
  }
}

/** @returns null if there is no such file. @throws CodedError `permission-denied`, `invalid-input` */
export async function readPasswordFile(path: string): Promise<CheckPassword | null> {
  const text = await readText(path);
  if (text === null) return null;
  const check = passwordCheck(text.trim());
  if (!check)
    throw new CodedError('invalid-input', `${path} holds no password that Genregram stored. ${REMEDY} ${path}`);
  return check;
}

async function readText(path: string): Promise<string | null> {
  try {
    const { mode } = await stat(path);
    // Whoever may write the file may log in.
    if (process.platform !== 'win32' && (mode & 0o022) !== 0)
      throw new CodedError('permission-denied', `Others may write ${path}. Keep it to yourself: chmod 600 ${path}`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof CodedError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new CodedError('permission-denied', `${path} could not be read (${String((error as Error).message)}).`);
  }
}
