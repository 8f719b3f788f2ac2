import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { tmpdir } from 'node:os';

/** The user id of "nobody" on Linux; any id that owns nothing would do. */
const NOBODY = 65534;

/**
 * Does the work as a user to whom permissions apply: root gives up its rights for that time (effective user id), anyone
 * else is one already. The folders that lead to `path` from the system's temporary folder are opened for passing through.
 */
export async function asOrdinaryUser<T>(path: string, work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  for (let folder = path; folder !== tmpdir() && folder !== dirname(folder); folder = dirname(folder))
    chmodSync(folder, 0o755);
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
