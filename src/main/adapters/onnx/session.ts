import type { InferenceSession } from 'onnxruntime-node';
import { CodedError } from '#shared/domain/failure';
import type { LoadedModel } from '../models/load';
import { invalid } from '../models/problem';
import { frontEndOf, valuesOf } from '../../core/inputs';
import { loadRuntime, WASM, type Runtime } from './runtime';
import { checkSession, fixedBatch } from './session-check';

export interface ModelSession {
  readonly provider: string;
  /** How many windows every run takes: the graph's own batch size if it has a fixed one, else what runs are filled up to, if they are. */
  readonly fixedBatch: number | null;
  /**
   * @param windows each as the model's front end renders it; at most `fixedBatch` if that is set.
   * @param outputs names of the graph's outputs to compute.
   * @returns per output name the rows of all windows, row-major [windows, size].
   */
  run(windows: readonly Float32Array[], outputs: readonly string[]): Promise<Readonly<Record<string, Float32Array>>>;
  release(): Promise<void>;
}

/** Opens a session as `createSession` does; what takes one can be tested with sessions that misbehave. */
export type OpenSession = typeof createSession;

/** The provider has no place in the build of onnxruntime that is there. */
export class NotCompiledIn extends CodedError {}

/**
 * Loads a model on exactly one provider. Asking onnxruntime for `[webgpu, cpu]` fails as a whole where there is no GPU, and a name
 * it does not know is dropped for the CPU without a word: so one name at a time, and only ones it lists.
 * @param threads of the CPU, 1 or more.
 * @param fillTo windows that every run is filled up to: a graphics processor prepares its program anew for each size.
 * Throws `provider-unavailable` or `model-invalid` (naming the manifest's field).
 */
export async function createSession(
  model: LoadedModel,
  provider: string,
  threads: number,
  fillTo: number | null = null,
): Promise<ModelSession> {
  const ort = await loadRuntime(provider);
  if (!ort.providers.includes(provider)) {
    throw new NotCompiledIn(
      'provider-unavailable',
      `This build of onnxruntime has no provider ${provider}; choose auto or cpu.`,
    );
  }
  const session = await load(ort.InferenceSession, model, provider, threads);
  checkSession(model, session);
  const { input, outputs } = model.manifest;
  const sizes = new Map(outputs.map(({ name, size }) => [name, size]));
  const frontEnd = frontEndOf(input);
  const shape = frontEnd.axes.map(({ size }) => size);
  const windowLength = valuesOf(frontEnd);
  const batch = fixedBatch(session, input.name) ?? fillTo;
  /** A graph may leave the sizes of its outputs open: then only a run shows them. */
  const rowsOf = (data: Float32Array, rows: number, name: string): Float32Array => {
    const size = sizes.get(name)!;
    if (data.length === rows * size) return data;
    const field = `outputs.${outputs.findIndex((output) => output.name === name)}.size`;
    const what = `the manifest says ${size} values a window, the graph gives ${data.length / rows}`;
    throw CodedError.from(invalid({ dir: model.dir, id: model.manifest.id, field }, what).failure);
  };
  return {
    provider,
    fixedBatch: batch,
    run: async (windows, names) => {
      const rows = batch ?? windows.length;
      const data = new Float32Array(rows * windowLength);
      windows.forEach((window, i) => data.set(window, i * windowLength));
      const results = await session.run({ [input.name]: new ort.Tensor('float32', data, [rows, ...shape]) }, [
        ...names,
      ]);
      return Object.fromEntries(
        names.map((name) => [
          name,
          // Rows that only fill a fixed batch up are cut off.
          rowsOf(results[name]!.data as Float32Array, rows, name).subarray(0, windows.length * sizes.get(name)!),
        ]),
      );
    },
    release: () => session.release(),
  };
}

async function load(
  factory: Runtime['InferenceSession'],
  model: LoadedModel,
  provider: string,
  threads: number,
): Promise<InferenceSession> {
  try {
    return await factory.create(model.onnx, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4,
      // Threads that spin while they wait would take the cores from the decoders.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      // DirectML knows no other way.
      ...(provider === 'dml' && { enableMemPattern: false, executionMode: 'sequential' as const }),
    });
  } catch (error) {
    const reason = firstLine(error);
    if (provider === 'cpu' || provider === WASM) {
      throw new CodedError(
        'model-invalid',
        `${model.dir}: file: ${model.manifest.file} can't be loaded (${reason}); fetch the model again.`,
      );
    }
    throw new CodedError('provider-unavailable', `${provider} can't be used here (${reason}); choose auto or cpu.`, {
      cause: error,
    });
  }
}

/** onnxruntime's errors begin with source paths and may run over many lines; the reason stands at the end of the first. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n').find((part) => part.trim() !== '') ?? text;
  return (/was false\.\s*(.*)$/.exec(line)?.[1] ?? line).trim().slice(0, 300);
}
