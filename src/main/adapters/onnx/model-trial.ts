import { performance } from 'node:perf_hooks';
import type { ModelOutput } from '#shared/contract/model-manifest';
import { CodedError } from '#shared/domain/failure';
import type { ModelTrial } from '../../ports';
import type { LoadedModel } from '../models/load';
import { frontEndOf } from '../../core/inputs';
import { invalid } from '../models/problem';
import { batchFor } from './batch';
import { goldenWindows } from './golden';
import { plainProvider } from './runtime';
import { createSession, firstLine } from './session';

const ROUNDS = 3;
/** By so much may what claims to be probabilities miss 0, 1 or the sum of 1. */
const TOLERANCE = 1e-3;

/**
 * Runs a model on made-up sounds: its graph must load, take windows of the declared shape and give what the manifest's outputs promise.
 * Throws `model-invalid` naming the manifest's field.
 */
export async function tryModel(model: LoadedModel, threads: number): Promise<ModelTrial> {
  const session = await createSession(model, await plainProvider(), threads);
  const { outputs } = model.manifest;
  const names = outputs.map(({ name }) => name);
  const frontEnd = frontEndOf(model.manifest.input);
  const windows = goldenWindows(frontEnd, session.fixedBatch ?? batchFor(frontEnd));
  const run = async (): Promise<Readonly<Record<string, Float32Array>>> => {
    try {
      return await session.run(windows, names);
    } catch (error) {
      if (error instanceof CodedError) throw error;
      throw refusal(model, 'input', `the graph does not run on windows of this shape (${firstLine(error)})`);
    }
  };
  const results = await run();
  outputs.forEach((output, i) => {
    const complaint = rowsComplaint(results[output.name]!, output);
    if (complaint) throw refusal(model, `outputs.${i}.activation`, complaint);
  });
  const start = performance.now();
  for (let round = 0; round < ROUNDS; round++) await run();
  const msPerWindow = (performance.now() - start) / (ROUNDS * windows.length);
  await session.release();
  return { msPerWindow };
}

const refusal = (model: LoadedModel, field: string, what: string): CodedError =>
  CodedError.from(invalid({ dir: model.dir, id: model.manifest.id, field }, what).failure);

/** @param rows row-major [windows, size] */
function rowsComplaint(rows: Float32Array, { activation, size }: ModelOutput): string | null {
  if (!rows.every(Number.isFinite)) return 'the graph gives values that are no numbers';
  if (activation !== 'sigmoid' && activation !== 'softmax') return null;
  if (rows.some((value) => value < -TOLERANCE || value > 1 + TOLERANCE))
    return `is ${activation}, but the graph gives values outside 0 to 1; it may be logits-${activation}`;
  if (activation === 'sigmoid') return null;
  for (let at = 0; at < rows.length; at += size) {
    const sum = rows.subarray(at, at + size).reduce((a, b) => a + b, 0);
    if (Math.abs(sum - 1) > TOLERANCE) return `is softmax, but a window's values sum to ${sum.toFixed(3)} and not to 1`;
  }
  return null;
}
