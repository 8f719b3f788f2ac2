import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeaturesInput, ImageInput, ModelInput, WaveformInput } from '#shared/contract/model-input';
import { CLASSIC_GENRES } from '#shared/domain/vocabulary';
import { frontEndOf, valuesOf } from '../../src/main/core/inputs';
import { sha256 } from './audio';
import { linearGraph } from './linear-graph';
import { noise } from './sounds';

const RATE = 16_000;

/** Half a second of samples. */
export const waveformInput: WaveformInput = {
  kind: 'waveform',
  name: 'audio',
  layout: 'NCT',
  sampleRate: RATE,
  windowSamples: 8000,
  mono: 'mean',
};

/** Pictures of 64 frames, some 2 s: as GTZAN's are made, in small. */
export const imageInput: ImageInput = {
  kind: 'image',
  name: 'picture',
  layout: 'NCHW',
  sampleRate: RATE,
  nFft: 1024,
  hop: 512,
  nMels: 32,
  fMin: 0,
  fMax: 8000,
  melScale: 'slaney',
  melNorm: 'slaney',
  power: 2,
  mono: 'mean',
  windowFrames: 64,
  decibels: { factor: 20, range: 80 },
  levels: 256,
  columns: { count: 16, offset: 0.5, span: 16.8 },
  rows: 'high-first',
  size: { height: 24, width: 20 },
  colours: 'magma',
  normalisation: { add: [-0.485, -0.456, -0.406], divide: [0.229, 0.224, 0.225] },
};

/** Statistics of 2 s. */
export const featuresInput: FeaturesInput = {
  kind: 'features',
  name: 'row',
  layout: 'NF',
  sampleRate: RATE,
  windowSamples: 2 * RATE,
  mono: 'mean',
  nFft: 2048,
  hop: 512,
  columns: ['rms_mean', 'spectral_centroid_mean', 'zero_crossing_rate_var', 'mfcc1_mean', 'mfcc2_std'],
  normalisation: { add: [0, -2000, 0, 200, -10], divide: [0.1, 1000, 0.01, 100, 10] },
};

/** The weights of such a pack's only layer, row-major [values of a window, genres]. */
export function weightsOf(input: ModelInput): Float32Array {
  const values = valuesOf(frontEndOf(input));
  const random = noise(values);
  return Float32Array.from({ length: values * CLASSIC_GENRES.length }, () => (4 * random(0)) / Math.sqrt(values));
}

/**
 * A pack that takes this input and tells the classic genres by a linear layer of random weights.
 * @param claimed what the manifest says of it
 * @returns the folder
 */
export function writeInputPack(folder: string, input: ModelInput, claimed = input): string {
  const size = CLASSIC_GENRES.length;
  const axes = frontEndOf(input).axes.map((axis) => axis.size);
  const onnx = linearGraph({ input: input.name, axes, output: 'genre', weights: weightsOf(input), size });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'model.onnx'), onnx);
  writeFileSync(join(folder, 'model.json'), JSON.stringify(manifestOf(claimed, sha256(onnx))));
  return folder;
}

/** The manifest of such a pack. */
export const manifestOf = (input: ModelInput, hash = '0'.repeat(64)): Record<string, unknown> => ({
  id: `tiny-${input.kind}`,
  version: '1.0.0',
  name: `Tiny model of ${input.kind}`,
  license: 'MIT',
  source: 'random weights',
  trainedOn: [],
  file: 'model.onnx',
  sha256: hash,
  input,
  outputs: [
    {
      name: 'genre',
      task: 'genre',
      activation: 'logits-softmax',
      labels: [...CLASSIC_GENRES],
      size: CLASSIC_GENRES.length,
    },
  ],
});
