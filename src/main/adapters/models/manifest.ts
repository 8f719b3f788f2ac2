import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { idSchema, modelManifestSchema, type ModelManifest, type ModelOutput } from '#shared/contract/model-manifest';
import type { ModelInfo } from '#shared/contract/schemas';
import type { FoundModel } from '../../ports';
import { frontEndOf, windowSeconds } from '../../core/inputs';
import { contradiction } from './contradiction';
import { invalid, modelProblem, type ModelResult } from './problem';
import { convertSidecar, isSidecar, SidecarError, type Converted } from './sidecar';

export interface ReadManifest {
  readonly manifest: ModelManifest;
  /** What was made of a sidecar of another format, line by line; empty for a manifest of ours. */
  readonly takenOver: readonly string[];
}

/** Reads and checks a model folder's `model.json`: `model-missing` without one, `model-invalid` naming the field. */
export async function readManifest(dir: string): Promise<ModelResult<ReadManifest>> {
  let text: string;
  try {
    text = await readFile(join(dir, 'model.json'), 'utf8');
  } catch {
    return modelProblem(
      'model-missing',
      { dir },
      `There is no readable model.json in ${dir}; put a model's folder (model.json and its .onnx file) there.`,
    );
  }
  return parseManifest(text, dir);
}

/** A manifest of ours, or the sidecar of another format, which is understood as one. */
export function parseManifest(text: string, dir: string): ModelResult<ReadManifest> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const what = `${join(dir, 'model.json')} is no JSON (${String(error)}); fetch the model again.`;
    return modelProblem('model-invalid', { dir }, what);
  }
  const id = idOf(value);
  if ('ensemble' in asObject(value))
    return invalid({ dir, id, field: 'ensemble' }, 'is an ensemble, which has no weights of its own to load');
  if (!isSidecar(value)) return check({ manifest: asObject(value), takenOver: [] }, { dir, id });
  try {
    return check(convertSidecar(value), { dir, id });
  } catch (error) {
    if (error instanceof SidecarError) return invalid({ dir, id, field: error.field }, error.message);
    throw error;
  }
}

function check(
  { manifest, takenOver }: Converted,
  place: { dir: string; id: string | null },
): ModelResult<ReadManifest> {
  const parsed = modelManifestSchema.safeParse(manifest);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return invalid({ ...place, field: issue?.path.join('.') ?? '' }, issue?.message ?? 'is wrong');
  }
  const complaint = contradiction(parsed.data);
  if (complaint) return invalid({ ...place, field: complaint[0] }, complaint[1]);
  return { ok: true, value: { manifest: parsed.data, takenOver } };
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** As far as it is one. */
export function idOf(value: unknown): string | null {
  const parsed = idSchema.safeParse(asObject(value)['id']);
  return parsed.success ? parsed.data : null;
}

/** How tracks that were not learnt from were judged, by task, as far as the outputs say. */
export const heldOutOf = (
  outputs: readonly Pick<ModelOutput, 'task' | 'heldOut'>[],
): NonNullable<FoundModel['heldOut']> =>
  Object.fromEntries(outputs.flatMap(({ task, heldOut }) => (heldOut ? [[task, heldOut]] : [])));

/** What users and the wire see of a model. */
export function modelInfo(manifest: ModelManifest): ModelInfo {
  return {
    id: manifest.id,
    version: manifest.version,
    name: manifest.name,
    sha256: manifest.sha256,
    outputs: manifest.outputs.map(({ name, task, labels }) => ({ name, task, labels })),
    input: { kind: manifest.input.kind, windowSec: windowSeconds(frontEndOf(manifest.input)) },
  };
}
