import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelManifestSchema, type ModelManifest, type ModelOutput } from '#shared/contract/model-manifest';
import type { ModelInfo } from '#shared/contract/schemas';
import { AFFECT_LABELS, CONTENT_LABELS } from '#shared/domain/analysis';
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
    const complaint = outputComplaint(output);
    if (complaint) return [`outputs.${i}.${complaint[0]}`, complaint[1]];
  }
  return outputs.some(({ task }) => task === 'genre') ? null : ['outputs', 'none of them has the task genre'];
}

/** What an output's task asks of it. @returns the output's field and what is wrong with it. */
function outputComplaint({ task, activation, labels, calibration }: ModelOutput): [string, string] | null {
  const { thresholds } = calibration;
  if (thresholds && task !== 'genre-wide') return ['calibration.thresholds', 'is only for the task genre-wide'];
  switch (task) {
    case 'genre':
    case 'mood':
      return activation === 'none' ? ['activation', `is none, but the task ${task} needs probabilities`] : null;
    case 'content': {
      if (activation !== 'softmax' && activation !== 'logits-softmax')
        return ['activation', `is ${activation}, but the task content needs softmax or logits-softmax`];
      const known = labels.every((label) => (CONTENT_LABELS as readonly string[]).includes(label));
      return known && labels.includes('music') && new Set(labels).size === labels.length
        ? null
        : ['labels', `must be music and others of ${CONTENT_LABELS.join(', ')}, each once`];
    }
    case 'genre-wide':
      if (activation !== 'sigmoid' && activation !== 'logits-sigmoid')
        return ['activation', `is ${activation}, but the task genre-wide needs sigmoid or logits-sigmoid`];
      return thresholds && thresholds.length !== labels.length
        ? ['calibration.thresholds', `has ${thresholds.length} numbers, but there are ${labels.length} labels`]
        : null;
    case 'valence-arousal':
      if (labels.join() !== AFFECT_LABELS.join()) return ['labels', `must be ${AFFECT_LABELS.join(', ')}`];
      return activation === 'none'
        ? null
        : ['activation', `is ${activation}, but the task valence-arousal needs none: plain numbers`];
    case 'embedding':
      return null;
  }
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
