import { performance } from 'node:perf_hooks';
import { CodedError } from '#shared/domain/failure';
import { mulberry32 } from '../../core/windows/plan';
import type { LoadedModel } from '../models/load';
import { loadRuntime } from './runtime';
import { createSession, firstLine, type ModelSession } from './session';

/** What a platform may have, best first; `cpu` always comes last and needs no trial. */
export function providerCandidates(platform: NodeJS.Platform = process.platform): readonly string[] {
  return CANDIDATES[platform] ?? [];
}

const CANDIDATES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  win32: ['dml', 'webgpu'],
  darwin: ['coreml', 'webgpu'],
  linux: ['cuda', 'webgpu'],
};

/** Outputs of a provider may differ from the CPU's by this much, absolutely and relative to the value. */
const TOLERANCE = 2e-3;
const TRIAL_BATCH = 16;
const TRIAL_ROUNDS = 5;

export interface ProviderTrial {
  readonly state: 'works' | 'failed' | 'not-compiled-in';
  readonly detail: string;
  /** Whether it is worth using instead of the CPU. */
  readonly faster: boolean;
}

/**
 * Tries a provider: it must load, give what the CPU gives for a fixed input, and beat the CPU. To be run in a process of its
 * own: drivers have been seen to end the process instead of reporting (WebGPU without a GPU does, on its exit).
 */
export async function tryProvider(model: LoadedModel, provider: string, threads: number): Promise<ProviderTrial> {
  const ort = await loadRuntime();
  if (!ort.listSupportedBackends().some(({ name }) => name === provider)) {
    return { state: 'not-compiled-in', detail: 'not part of this build of onnxruntime', faster: false };
  }
  try {
    const candidate = await createSession(model, provider, threads);
    const cpu = await createSession(model, 'cpu', threads);
    return await compare(model, candidate, cpu);
  } catch (error) {
    const reason = error instanceof CodedError && error.cause !== undefined ? error.cause : error;
    return { state: 'failed', detail: firstLine(reason), faster: false };
  }
}

async function compare(model: LoadedModel, candidate: ModelSession, cpu: ModelSession): Promise<ProviderTrial> {
  const windows = goldenWindows(model, Math.min(TRIAL_BATCH, candidate.fixedBatch ?? TRIAL_BATCH));
  const names = model.manifest.outputs.map(({ name }) => name);
  const expected = await cpu.run(windows, names);
  const actual = await candidate.run(windows, names);
  const difference = Math.max(...names.map((name) => largestDifference(expected[name]!, actual[name]!)));
  if (!(difference <= TOLERANCE)) {
    return {
      state: 'failed',
      detail: `its results differ from the CPU's by ${difference.toPrecision(2)}`,
      faster: false,
    };
  }
  const mine = await windowsPerSecond(candidate, windows, names);
  const cpus = await windowsPerSecond(cpu, windows, names);
  const detail = `${Math.round(mine)} windows/s, CPU ${Math.round(cpus)}; checked against CPU, difference ${difference.toExponential(1)}`;
  return { state: 'works', detail, faster: mine > cpus };
}

/** Noise in the range of log-mel values, the same every time. */
export function goldenWindows({ manifest: { input } }: LoadedModel, count: number): Float32Array[] {
  const next = mulberry32(1);
  return Array.from({ length: count }, () =>
    Float32Array.from({ length: input.windowFrames * input.nMels }, () => next() * 4),
  );
}

/** NaN if any value is. */
function largestDifference(expected: Float32Array, actual: Float32Array): number {
  let largest = expected.length === actual.length ? 0 : Infinity;
  expected.forEach((value, i) => {
    const difference = Math.abs(value - actual[i]!) / (1 + Math.abs(value));
    if (!(difference <= largest)) largest = difference;
  });
  return largest;
}

async function windowsPerSecond(
  session: ModelSession,
  windows: readonly Float32Array[],
  names: readonly string[],
): Promise<number> {
  const start = performance.now();
  for (let round = 0; round < TRIAL_ROUNDS; round++) await session.run(windows, names);
  return (windows.length * TRIAL_ROUNDS * 1000) / (performance.now() - start);
}
