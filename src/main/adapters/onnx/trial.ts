import type { ModelOutput } from '#shared/contract/model-manifest';
import { CodedError } from '#shared/domain/failure';
import { frontEndOf, valuesOf } from '../../core/inputs';
import type { LoadedModel } from '../models/load';
import { ProviderFault } from './fault';
import { goldenWindows, largestDifference, TOLERANCE } from './golden';
import { WASM } from './runtime';
import { createSession, firstLine, NotCompiledIn, type ModelSession, type OpenSession } from './session';
import { batchSizes, sweep } from './sweep';

/** Milliseconds for trying batches; with the CPU's share in checking them it may be about twice as long. */
const SWEEP_MS = 3_000;
/** The CPU computes what is expected so many windows at a time. */
const CPU_BATCH = 16;
/** Where a processor is at its best, as test/bench/PROVIDERS.md shows; every first start waits for its trial, so no more are tried. */
const CPU_SIZES = [8, 16, 32];

/** What came of trying a provider with a model. */
export type ProviderTrial =
  | {
      readonly state: 'works';
      readonly windowsPerSecond: number;
      readonly batch: number;
      /** Largest difference from the CPU's results; null for the CPU itself and for WebAssembly. */
      readonly difference: number | null;
    }
  | { readonly state: 'failed' | 'not-compiled-in'; readonly reason: string };

/**
 * Tries a provider: it must load, give what the CPU gives for the golden windows at every batch size, and is timed. To be run in a
 * process of its own: drivers have been seen to end the process instead of reporting (WebGPU without a GPU does, on its exit).
 */
export async function tryProvider(
  model: LoadedModel,
  provider: string,
  threads: number,
  open: OpenSession = createSession,
): Promise<ProviderTrial> {
  try {
    const session = await open(model, provider, threads);
    // The CPU is its own reference; WebAssembly is for where there is no other, and its trial must not depend on that one.
    const reference = provider === 'cpu' || provider === WASM ? null : await open(model, 'cpu', threads);
    return { state: 'works', ...(await measured(model, session, reference)) };
  } catch (error) {
    if (error instanceof NotCompiledIn)
      return { state: 'not-compiled-in', reason: 'not part of this build of onnxruntime' };
    const reason = error instanceof CodedError && error.cause !== undefined ? error.cause : error;
    return { state: 'failed', reason: firstLine(reason) };
  }
}

async function measured(
  model: LoadedModel,
  session: ModelSession,
  reference: ModelSession | null,
): Promise<Omit<Extract<ProviderTrial, { state: 'works' }>, 'state'>> {
  const { input, outputs } = model.manifest;
  const names = outputs.map(({ name }) => name);
  const frontEnd = frontEndOf(input);
  const possible = batchSizes(valuesOf(frontEnd), session.fixedBatch);
  const usual = session.provider === 'cpu' ? possible.filter((size) => CPU_SIZES.includes(size)) : possible;
  const sizes = usual.length > 0 ? usual : possible;
  const windows = goldenWindows(frontEnd, sizes.at(-1)!);
  const expected = reference && expectedRows(reference, windows, outputs);
  const checked = new Set<number>();
  let difference = 0;
  const run = async (batch: number): Promise<void> => {
    const results = await session.run(windows.slice(0, batch), names);
    if (checked.has(batch)) return;
    checked.add(batch);
    difference = Math.max(difference, await differenceAt(batch, results, expected));
  };
  const swept = await sweep(run, sizes, SWEEP_MS);
  return { ...swept, difference: expected && difference };
}

type Rows = Readonly<Record<string, Float32Array>>;
type Expected = (batch: number) => Promise<Rows>;

/** Throws a `ProviderFault` if any value is no number or is too far off. */
async function differenceAt(batch: number, results: Rows, expected: Expected | null): Promise<number> {
  const own = expected ? await expected(batch) : results;
  const difference = Math.max(...Object.keys(results).map((name) => largestDifference(own[name]!, results[name]!)));
  if (!Number.isFinite(difference)) throw new ProviderFault('gave values that are no numbers');
  if (difference > TOLERANCE) {
    const much = difference.toPrecision(2);
    throw new ProviderFault(`gave results that differ from the CPU's by ${much} with ${batch} windows at a time`);
  }
  return difference;
}

/** The reference's rows of the first windows, each computed once and only when it is asked for. */
function expectedRows(
  reference: ModelSession,
  windows: readonly Float32Array[],
  outputs: readonly ModelOutput[],
): Expected {
  const step = reference.fixedBatch ?? CPU_BATCH;
  const rows = outputs.map(({ name, size }) => ({ name, size, data: new Float32Array(windows.length * size) }));
  let done = 0;
  return async (batch) => {
    while (done < batch) {
      const part = windows.slice(done, done + step);
      const results = await reference.run(
        part,
        rows.map(({ name }) => name),
      );
      for (const { name, size, data } of rows) data.set(results[name]!, done * size);
      done += part.length;
    }
    return Object.fromEntries(rows.map(({ name, size, data }) => [name, data.subarray(0, batch * size)]));
  };
}
