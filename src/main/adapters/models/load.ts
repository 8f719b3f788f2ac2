import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelManifest } from '#shared/contract/model-manifest';
import { readManifest } from './manifest';
import { modelProblem, type ModelResult } from './problem';

export interface LoadedModel {
  readonly dir: string;
  readonly manifest: ModelManifest;
  /** See `ReadManifest`. */
  readonly takenOver: readonly string[];
  /** The onnx file; the bytes that were hashed are the bytes that get loaded. */
  readonly onnx: Uint8Array;
}

/** Loads a model folder and checks the onnx file against the manifest's SHA-256. */
export async function loadModel(dir: string): Promise<ModelResult<LoadedModel>> {
  const read = await readManifest(dir);
  if (!read.ok) return read;
  const { id, file, sha256 } = read.value.manifest;
  let onnx: Uint8Array;
  try {
    onnx = await readFile(join(dir, file));
  } catch {
    const what = `${join(dir, file)} is missing or unreadable; put the model's files back.`;
    return modelProblem('model-missing', { dir, id, field: 'file' }, what);
  }
  const actual = createHash('sha256').update(onnx).digest('hex');
  if (actual !== sha256) {
    return modelProblem(
      'model-hash-mismatch',
      { dir, id, field: 'sha256' },
      `${join(dir, file)} has the SHA-256 ${actual}, but model.json says ${sha256}; fetch the model again.`,
    );
  }
  return { ok: true, value: { dir, ...read.value, onnx } };
}
