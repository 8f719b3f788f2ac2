import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommonFlags } from './session';

/** For commands that hear what the user's library need not know of: a library that is gone afterwards, unless one is named. */
export async function withTemporaryLibrary(
  flags: Pick<CommonFlags, 'library'>,
  work: (library: string) => Promise<number>,
): Promise<number> {
  if (flags.library !== undefined) return work(flags.library);
  const folder = await mkdtemp(join(tmpdir(), 'genregram-temporary-'));
  try {
    return await work(join(folder, 'library.sqlite'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
