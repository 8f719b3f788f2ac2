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

  it.each([
    ['moods alone', ['mood'], null],
    ['moods and a wide vocabulary that names no genres', ['mood', 'wide'], null],
    ['genres alone', ['genre'], null],
    ['no verdict: content alone', ['content'], 'outputs: none of them has the task genre, genre-wide or mood'],
    ['no verdict: places on the plane', ['valence-arousal', 'embedding'], 'outputs: none of them has the task'],
    ['a wide vocabulary that names no genres', ['wide', 'content'], 'outputs.0.labelMap: gives fewer than two genres'],
  ])('%s', (_, tasks, complaint) => {
    const manifest = read('model.json') as ModelManifest;
    const further = read('further-outputs.json') as ModelOutput[];
    const wide = {
      name: 'tags',
      task: 'genre-wide',
      activation: 'sigmoid',
      labels: ['a', 'b'],
      size: 2,
    } as ModelOutput;
    const all = [...manifest.outputs, ...further];
    const outputs = tasks.map((task) => (task === 'wide' ? wide : all.find((output) => output.task === task)));
    const parsed = parseManifest(JSON.stringify({ ...manifest, outputs }), '/models/tiny');
    if (complaint === null) expect(parsed).toMatchObject({ ok: true });
    else
      expect(parsed).toMatchObject({ ok: false, failure: { message: expect.stringContaining(complaint) as string } });
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
