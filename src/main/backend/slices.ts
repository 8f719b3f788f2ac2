import { setImmediate as turnOfOthers } from 'node:timers/promises';

/** How long the event loop is held at a time. */
const SLICE_MS = 8;

/** Runs a generator to its end in slices of some milliseconds, between which requests get their turn. */
export async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await turnOfOthers();
  }
}
