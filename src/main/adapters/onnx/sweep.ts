import { ProviderFault } from './fault';

/** Graphics processors have cliffs: the next larger batch may be several times slower. */
const SIZES = [1, 4, 8, 16, 32, 64, 128, 192, 256];
/** Bytes of input that a batch may have: 256 windows of 187 frames of 96 bands. */
const LARGEST_INPUT = 256 * 187 * 96 * 4;
/** A larger batch must be better by this much: smaller ones use less memory, and a cancelled run ends sooner. */
const WORTH_IT = 1.05;
/** The work around a batch is not timed here; with fewer windows it would count. */
const FEWEST = 8;
/** A batch that takes longer would hold a cancellation up. */
const LONGEST_BATCH_MS = 250;
/** Each size is run at least so often and for so long. */
const FEWEST_RUNS = 3;
const TIMED_MS = 100;

export interface Swept {
  /** The smallest batch of some size that is about as fast per window as the best one. */
  readonly batch: number;
  readonly windowsPerSecond: number;
}

/** The batches to try, ascending, for windows of so many values; `fixed` is the only one that the graph takes, if so. */
export function batchSizes(values: number, fixed: number | null): readonly number[] {
  return fixed === null ? SIZES.filter((size, i) => i === 0 || size * values * 4 <= LARGEST_INPUT) : [fixed];
}

/**
 * Times batches of growing size, until the time is over or a batch takes too long; the first size is always timed.
 * @param run runs a batch of this size; each size is run once more before it is timed. What it throws at the first size is thrown on, and
 * a `ProviderFault` always; anything else at a larger size (too little memory) ends the sweep.
 * @param sizes ascending, not empty. @param budgetMs for all sizes together; the one at which it is over is finished.
 * @param now milliseconds that only go forward.
 */
export async function sweep(
  run: (batch: number) => Promise<void>,
  sizes: readonly number[],
  budgetMs: number,
  now: () => number = () => performance.now(),
): Promise<Swept> {
  const begun = now();
  const rates: Swept[] = [];
  for (const batch of sizes) {
    const first = rates.length === 0;
    if (!first && now() - begun >= budgetMs) break;
    try {
      const ms = await typicalMs(() => run(batch), now);
      if (first || ms <= LONGEST_BATCH_MS) rates.push({ batch, windowsPerSecond: (batch * 1000) / ms });
      if (ms > LONGEST_BATCH_MS) break;
    } catch (error) {
      if (first || error instanceof ProviderFault) throw error;
      break;
    }
  }
  const large = rates.filter(({ batch }) => batch >= FEWEST);
  const usable = large.length > 0 ? large : rates;
  const best = Math.max(...usable.map(({ windowsPerSecond }) => windowsPerSecond));
  return usable.find(({ windowsPerSecond }) => windowsPerSecond * WORTH_IT >= best)!;
}

/** Median time of a run in milliseconds, never 0. */
async function typicalMs(run: () => Promise<void>, now: () => number): Promise<number> {
  await run();
  const times: number[] = [];
  const begun = now();
  while (times.length < FEWEST_RUNS || now() - begun < TIMED_MS) {
    const start = now();
    await run();
    times.push(Math.max(0.001, now() - start));
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}
