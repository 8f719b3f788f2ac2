import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ModelManifest, ModelOutput } from '#shared/contract/model-manifest';
import { parseManifest } from '../../../src/main/adapters/models/manifest';
import { tinyModel } from '../../builders/audio';

const read = (name: string): unknown => JSON.parse(readFileSync(join(tinyModel, name), 'utf8'));

/** Position of each task's output in the manifest of all outputs. */
const AT = { genre: 0, 'genre-wide': 2, 'valence-arousal': 3, content: 4 } as const;

/** What is said of the tiny model's manifest with all outputs, one of them changed. */
function complaintOf(task: keyof typeof AT, change: (output: ModelOutput) => void): string | null {
  const manifest = read('model.json') as ModelManifest;
  manifest.outputs.push(...(read('further-outputs.json') as ModelOutput[]));
  change(manifest.outputs[AT[task]]!);
  const parsed = parseManifest(JSON.stringify(manifest), '/models/tiny');
  return parsed.ok ? null : parsed.failure.message;
}

describe('the outputs of a manifest', () => {
  it('may be all that there are', () => {
    expect(complaintOf('genre', () => undefined)).toBeNull();
  });

  it('need no thresholds', () => {
    expect(complaintOf('genre-wide', (output) => delete output.calibration.thresholds)).toBeNull();
  });

  const wrong: [keyof typeof AT, (output: ModelOutput) => void, RegExp][] = [
    [
      'genre-wide',
      (o) => o.calibration.thresholds!.pop(),
      /outputs\.2\.calibration\.thresholds: has 23 numbers.*24 labels/,
    ],
    ['genre-wide', (o) => (o.calibration.thresholds![3] = 0), /outputs\.2\.calibration\.thresholds\.3/],
    ['genre-wide', (o) => (o.activation = 'softmax'), /outputs\.2\.activation: is softmax.*needs sigmoid/],
    ['genre', (o) => (o.calibration = { ...o.calibration, thresholds: [0.5] }), /outputs\.0\.calibration\.thresholds/],
    ['genre', (o) => (o.activation = 'none'), /outputs\.0\.activation: is none/],
    ['valence-arousal', (o) => o.labels.reverse(), /outputs\.3\.labels: must be valence, arousal/],
    ['valence-arousal', (o) => (o.activation = 'sigmoid'), /outputs\.3\.activation: is sigmoid.*needs none/],
    ['content', (o) => (o.labels[1] = 'talk'), /outputs\.4\.labels: must be music and others of music, speech, other/],
    ['content', (o) => (o.labels[0] = 'speech'), /outputs\.4\.labels/],
    ['content', (o) => (o.activation = 'logits-sigmoid'), /outputs\.4\.activation: is logits-sigmoid/],
  ];
  it.each(wrong)('are refused by the field: %s %#', (task, change, message) => {
    expect(complaintOf(task, change)).toMatch(message);
  });
});
