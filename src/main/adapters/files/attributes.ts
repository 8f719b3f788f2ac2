import { chmod, chown, lstat, utimes } from 'node:fs/promises';
import { ProgramRunner } from './shell';

const programs = new ProgramRunner();

/**
 * Node has no calls for extended attributes, access lists or times in nanoseconds. GNU cp has, so on Linux it is asked; where it is
 * missing (BusyBox) mode, owner and times are set by hand and extended attributes are not kept. A result of 0 with unchanged
 * data is assured by the caller, which reads the file again afterwards.
 */
export async function copyAttributes(from: string, to: string): Promise<void> {
  if (process.platform === 'linux' && (await copiedByProgram(from, to))) return;
  const stat = await lstat(from, { bigint: true });
  // Owner first: chown clears set-id bits. Only root may give files away; others keep being the owner.
  if (process.platform !== 'win32') await chown(to, Number(stat.uid), Number(stat.gid)).catch(() => undefined);
  await chmod(to, Number(stat.mode) & 0o7777);
  await setMtime(to, stat.mtimeNs);
}

async function copiedByProgram(from: string, to: string): Promise<boolean> {
  const args = ['--attributes-only', '--preserve=all', '--no-dereference', '--', from, to];
  return (await programs.run('cp', args).catch(() => -1)) === 0;
}

/** Sets the modification time, exactly where the system lets us, else to the microsecond (`utimes` takes a double). */
export async function setMtime(path: string, mtimeNs: bigint): Promise<void> {
  const { atimeNs, mtimeNs: current } = await lstat(path, { bigint: true });
  if (current === mtimeNs) return;
  await utimes(path, Number(atimeNs) / 1e9, Number(mtimeNs) / 1e9);
  if (process.platform !== 'linux' || (await lstat(path, { bigint: true })).mtimeNs === mtimeNs) return;
  const seconds = mtimeNs / 1_000_000_000n;
  const nanos = (mtimeNs % 1_000_000_000n).toString().padStart(9, '0');
  if (mtimeNs >= 0n)
    await programs.run('touch', ['-c', '-m', '-d', `@${seconds}.${nanos}`, '--', path]).catch(() => undefined);
}
