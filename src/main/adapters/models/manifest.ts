import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelManifestSchema, type ModelManifest } from '#shared/contract/model-manifest';
import type { ModelInfo } from '#shared/contract/schemas';
import { failed, ok, type Result } from '#shared/domain/failure';

/** Reads and checks a model folder's `model.json`: `model-missing` without one, `model-invalid` naming the field. */
export async function readManifest(folder: string): Promise<Result<ModelManifest>> {
  let text: string;
  try {
    text = await readFile(join(folder, 'model.json'), 'utf8');
  } catch {
    return failed(
      'model-missing',
      `There is no readable model.json in ${folder}; put a model's folder (model.json and its .onnx file) there.`,
    );
  }
  return parseManifest(text, folder);
}

export function parseManifest(text: string, folder: string): Result<ModelManifest> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return failed(
      'model-invalid',
      `${join(folder, 'model.json')} is no JSON (${String(error)}); fetch the model again.`,
    );
  }
  const parsed = modelManifestSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return invalid(folder, issue?.path.join('.') ?? '', issue?.message ?? 'is wrong');
  }
  const complaint = contradiction(parsed.data);
  return complaint ? invalid(folder, ...complaint) : ok(parsed.data);
}

export const invalid = (folder: string, field: string, what: string): ReturnType<typeof failed> =>
  failed('model-invalid', `${join(folder, 'model.json')}: ${field}: ${what}; correct it or fetch the model again.`);

/** What the schema can't say. @returns the field and what is wrong with it. */
function contradiction({ input, outputs }: ModelManifest): [string, string] | null {
  if (input.fMax > input.sampleRate / 2)
    return ['input.fMax', `is above half the sample rate (${input.sampleRate / 2})`];
  if (input.fMin >= input.fMax) return ['input.fMin', 'is not below fMax'];
  if ((input.nFft & (input.nFft - 1)) !== 0) return ['input.nFft', 'is no power of two'];
  for (const [i, output] of outputs.entries()) {
    if (output.task !== 'embedding' && output.labels.length !== output.size) {
      return [`outputs.${i}.labels`, `has ${output.labels.length} labels, size says ${output.size}`];
    }
    if ((output.task === 'genre' || output.task === 'mood') && output.activation === 'none') {
      return [`outputs.${i}.activation`, `is none, but the task ${output.task} needs probabilities`];
    }
  }
  return outputs.some(({ task }) => task === 'genre') ? null : ['outputs', 'none of them has the task genre'];
}

/** What users and the wire see of a model. */
export function modelInfo(manifest: ModelManifest): ModelInfo {
  return {
    id: manifest.id,
    version: manifest.version,
    name: manifest.name,
    sha256: manifest.sha256,
    outputs: manifest.outputs.map(({ name, task, labels }) => ({ name, task, labels })),
  };
}
