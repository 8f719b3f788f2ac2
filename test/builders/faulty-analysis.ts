import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CodedError } from '#shared/domain/failure';
import {
  createSession,
  NotCompiledIn,
  type ModelSession,
  type OpenSession,
} from '../../src/main/adapters/onnx/session';
import { runAnalysisProgram } from '../../src/main/analysis/program';

/**
 * The analysis program with providers that are made up: $PROVIDERS says as JSON which there are and how each behaves (see `FAULTS`).
 * They compute on the CPU, but give golden windows back at once the second time, so that they win their trial.
 */
type Rows = Awaited<ReturnType<ModelSession['run']>>;
type Fault = (rows: Rows, batch: number) => Rows | Promise<Rows>;

const changed = (rows: Rows, change: (value: number) => number): Rows =>
  Object.fromEntries(Object.entries(rows).map(([name, data]) => [name, data.map(change)]));

const holdEventLoop = (): never => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  throw new Error('never comes here');
};

const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  return holdEventLoop();
};

/** In earnest, from the third batch on (drift: from the first, which is compared). */
const FAULTS: Readonly<Record<string, Fault>> = {
  works: (rows) => rows,
  throws: () => Promise.reject(new Error('device lost')),
  hangs: holdEventLoop,
  'says-so-and-hangs': async () => {
    await new Promise((resolve) => process.send?.({ type: 'notice', level: 'info', message: 'hanging' }, resolve));
    return holdEventLoop();
  },
  stalls: () => new Promise(() => undefined),
  dies: die,
  'gives-nan': (rows) => changed(rows, () => NaN),
  drifts: (rows) => changed(rows, (value) => value + 0.1),
};
const FIRST_BAD: Readonly<Record<string, number>> = { drifts: 0 };

/** In the trial. */
const TRIAL_FAULTS: Readonly<Record<string, Fault>> = {
  'trial-dies': die,
  'trial-throws': () => Promise.reject(new Error('no adapter found')),
  'trial-wrong': (rows) => changed(rows, (value) => value * 1.01),
  'trial-wrong-from-32': (rows, batch) => (batch < 32 ? rows : changed(rows, (value) => value + 0.05)),
  'trial-slow': async (rows, batch) => {
    await pause(20 * batch);
    return rows;
  },
};

const behaviours = JSON.parse(process.env['PROVIDERS'] ?? '{}') as Record<string, string>;

const openSession: OpenSession = async (model, provider, threads, fillTo = null) => {
  if (provider === 'cpu' && behaviours['cpu'] === 'cannot-load') throw new Error('no native program for this system');
  if (provider === 'cpu' || provider === 'wasm') return createSession(model, provider, threads, fillTo);
  const behaviour = behaviours[provider];
  if (behaviour === undefined) throw new NotCompiledIn('provider-unavailable', `no provider ${provider}`);
  if (behaviour === 'start-fails' && fillTo !== null)
    throw new CodedError('provider-unavailable', 'the device is gone');
  const cpu = await createSession(model, 'cpu', threads, fillTo);
  return fillTo === null
    ? inTrial(provider, cpu, TRIAL_FAULTS[behaviour])
    : inEarnest(provider, cpu, FAULTS[behaviour], FIRST_BAD[behaviour] ?? 2);
};

function inTrial(provider: string, cpu: ModelSession, fault: Fault = (rows) => rows): ModelSession {
  const known = new Map<number, Rows>();
  return {
    ...cpu,
    provider,
    async run(windows, names) {
      const rows = known.get(windows.length) ?? (await cpu.run(windows, names));
      known.set(windows.length, rows);
      return fault(rows, windows.length);
    },
  };
}

function inEarnest(provider: string, cpu: ModelSession, fault: Fault = (rows) => rows, firstBad: number): ModelSession {
  let batches = 0;
  return {
    ...cpu,
    provider,
    async run(windows, names) {
      const rows = await cpu.run(windows, names);
      return batches++ < firstBad ? rows : fault(rows, windows.length);
    },
  };
}

runAnalysisProgram({ decodeWorker: join(__dirname, '../main/decode-worker.cjs'), openSession });
