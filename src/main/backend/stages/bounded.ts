/**
 * Does `work` for each item, `width` at a time. Ends with the first error, or at once when the signal aborts: what is
 * under way then goes on unobserved, so work must look at the signal before it keeps anything.
 *
 * @throws the signal's reason, or what `work` threw
 */
export async function forEachBounded<T>(
  items: Iterable<T>,
  width: number,
  signal: AbortSignal | null,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  let stopped = false;
  const worker = async (): Promise<void> => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      signal?.throwIfAborted();
      await work(next.value);
      if (stopped) return;
    }
  };
  const workers = Array.from({ length: Math.max(1, width) }, worker);
  try {
    await abortable(Promise.all(workers), signal);
  } finally {
    stopped = true;
  }
}

/** As `forEachBounded`, giving the results in the items' order. */
export async function mapBounded<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array<R>(items.length);
  await forEachBounded(items.entries(), width, null, async ([index, item]) => {
    results[index] = await work(item);
  });
  return results;
}

/** Settles as the promise does, or rejects with the signal's reason as soon as that aborts. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | null): Promise<T> {
  if (!signal) return promise;
  // Nobody may be left to hear of its failure.
  promise.catch(() => undefined);
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
