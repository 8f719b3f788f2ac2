import { stat } from 'node:fs/promises';
import type { Job } from '../jobs/runner';

/** Most of a write is waiting for the disk to confirm it, so a few are under way at a time. */
const WIDTH = 4;

/**
 * Does `work` for each file, in order, a few at a time, but never two at once that are one file under several names. When the
 * job is paused or cancelled no more files are begun; those under way are finished in any case.
 *
 * @throws the signal's reason, or the first error of `work`
 */
export async function eachFile<T extends { readonly path: string }>(
  job: Pick<Job, 'turn'>,
  files: readonly T[],
  work: (file: T) => Promise<void>,
): Promise<void> {
  const waiting = files[Symbol.iterator]();
  const underWay = new Map<string, Promise<void>>();
  let failed = false;

  async function alone(file: T): Promise<void> {
    const identity = await identityOf(file.path);
    while (underWay.has(identity)) await underWay.get(identity);
    const done = work(file);
    // Whoever waits for the file need not hear how it went.
    underWay.set(
      identity,
      done.catch(() => undefined),
    );
    try {
      await done;
    } finally {
      underWay.delete(identity);
    }
  }

  async function worker(): Promise<void> {
    try {
      while (!failed) {
        await job.turn();
        const next = waiting.next();
        if (next.done) return;
        await alone(next.value);
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  }

  const ends = await Promise.allSettled(Array.from({ length: WIDTH }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** The same for all names of one file, also links to it; a path that can't be looked at stands for itself. */
const identityOf = (path: string): Promise<string> =>
  stat(path, { bigint: true }).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => path,
  );
