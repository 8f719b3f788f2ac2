import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelManifest } from '#shared/contract/model-manifest';
import { failed, ok, type Result } from '#shared/domain/failure';
import { readManifest } from './manifest';

export interface LoadedModel {
  readonly dir: string;
  readonly manifest: ModelManifest;
  /** The onnx file; the bytes that were hashed are the bytes that get loaded. */
  readonly onnx: Uint8Array;
}

/** Loads a model folder and checks the onnx file against the manifest's SHA-256. */
export async function loadModel(dir: string): Promise<Result<LoadedModel>> {
  const manifest = await readManifest(dir);
  if (!manifest.ok) return manifest;
  const { file, sha256 } = manifest.value;
  let onnx: Uint8Array;
  try {
    onnx = await readFile(join(dir, file));
  } catch {
    return failed('model-missing', `${join(dir, file)} is missing or unreadable; put the model's files back.`);
  }
  const actual = createHash('sha256').update(onnx).digest('hex');
  if (actual !== sha256) {
    return failed(
      'model-hash-mismatch',
      `${join(dir, file)} has the SHA-256 ${actual}, but model.json says ${sha256}; fetch the model again.`,
    );
  }
  return ok({ dir, manifest: manifest.value, onnx });
}
