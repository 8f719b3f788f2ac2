import type { LoadedModel } from '../models/load';
import { ProviderFault } from './fault';
import { largestDifference, TOLERANCE } from './golden';
import { createSession, firstLine, type ModelSession, type OpenSession } from './session';

/** One window of the first batch, and then of each batch of this number, is computed on the CPU, too. */
const COMPARE_EVERY = 500;
/** Leads through all places of any usual batch. */
const STRIDE = 37;

/**
 * A session on a provider that may fail in the middle of a run. Its `run` rejects with a `ProviderFault` for a batch that fails, takes
 * longer than `limitMs` (as far as the driver leaves the event loop alone), holds values that are no numbers where the CPU's are, or in
 * which the window that is compared differs from the CPU's. After that it must not be used again.
 */
export async function openGuarded(
  model: LoadedModel,
  provider: string,
  threads: number,
  { batch, limitMs, every = COMPARE_EVERY }: { batch: number | null; limitMs: number; every?: number },
  open: OpenSession = createSession,
): Promise<ModelSession> {
  const session = await open(model, provider, threads, batch);
  const cpu = await open(model, 'cpu', 1);
  let batches = 0;

  /** Throws where the CPU gives something else for this window. */
  async function compare(i: number, windows: readonly Float32Array[], results: Rows): Promise<void> {
    const expected = await cpu.run([windows[i]!], Object.keys(results));
    for (const [name, row] of Object.entries(expected)) {
      if (!row.every(Number.isFinite)) continue;
      const difference = largestDifference(row, results[name]!.subarray(i * row.length, (i + 1) * row.length));
      if (!Number.isFinite(difference)) throw new ProviderFault('gave values that are no numbers');
      if (difference > TOLERANCE)
        throw new ProviderFault(`gave results that differ from the CPU's by ${difference.toPrecision(2)}`);
    }
  }

  return {
    provider,
    fixedBatch: session.fixedBatch,
    async run(windows, names) {
      const results = await inTime(session.run(windows, names), limitMs);
      const odd = firstOdd(results, windows.length);
      if (odd !== null) await compare(odd, windows, results);
      // Another place in the batch each time: some drivers go wrong beyond a certain row only.
      if (batches % every === 0) await compare(((STRIDE * batches) / every) % windows.length, windows, results);
      batches++;
      return results;
    },
    async release() {
      await Promise.all([session.release(), cpu.release()]);
    },
  };
}

type Rows = Readonly<Record<string, Float32Array>>;

/** The first window that has a value which is no number. */
function firstOdd(results: Rows, windows: number): number | null {
  const at = Object.values(results).flatMap((data) => {
    const index = data.findIndex((value) => !Number.isFinite(value));
    return index < 0 ? [] : [Math.floor((index * windows) / data.length)];
  });
  return at.length === 0 ? null : Math.min(...at);
}

async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ProviderFault(`gave no results within ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw error instanceof ProviderFault ? error : new ProviderFault(`failed (${firstLine(error)})`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
