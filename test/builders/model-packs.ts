import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLASSIC_GENRES } from '#shared/domain/vocabulary';
import { alteredModel, sha256, tinyModel } from './audio';

/** The tiny model's genre output as a tagger of others comes: front end and classes in words, another front end than ours. */
const sidecarOfTinyModel = (): Record<string, unknown> => ({
  id: 'tiny-tagger',
  name: 'Tiny tagger',
  task: 'multi-label tagging',
  license: 'MIT',
  source: { weights: 'make.py' },
  model: { file: 'model.onnx', sha256: sha256(readFileSync(join(tinyModel, 'model.onnx'))), format: 'onnx' },
  input: { name: 'logmel', dtype: 'float32', layout: '[batch, channel, time, mel]' },
  output: { name: 'genre', dtype: 'float32', activation: 'logits' },
  frontend: {
    sampleRate: 16_000,
    channels: 'mono mean',
    preemphasis: 'y[t] = x[t+1] - 0.97*x[t]',
    nFft: 512,
    winLength: 400,
    hopLength: 256,
    window: 'hann symmetric, centred',
    center: true,
    pad: 'reflect',
    power: 2,
    nMels: 96,
    fMin: 0,
    fMax: 7600,
    melScale: 'kaldi',
    melNorm: null,
    compression: 'ln(x + 1e-5)',
    normalize: '(x + 4.5) / 5',
  },
  patch: { frames: 187 },
  classes: [...CLASSIC_GENRES],
});

/** Writes that pack, its sidecar changed. @returns the folder */
export function writeSidecarPack(folder: string, change: (sidecar: Record<string, unknown>) => void): string {
  mkdirSync(folder, { recursive: true });
  cpSync(join(tinyModel, 'model.onnx'), join(folder, 'model.onnx'));
  const sidecar = sidecarOfTinyModel();
  change(sidecar);
  writeFileSync(join(folder, 'model.json'), JSON.stringify(sidecar));
  return folder;
}

type Json = Record<string, unknown>;

/** An ensemble of the models `one` and `two` (see `tinyMember`) with the tiny model's genres and moods, its manifest changed. @returns the folder */
export function writeEnsemble(folder: string, change: (manifest: Json) => void = () => undefined): string {
  mkdirSync(folder, { recursive: true });
  const tiny = JSON.parse(readFileSync(join(tinyModel, 'model.json'), 'utf8')) as { outputs: Json[] };
  const manifest = {
    id: 'both',
    version: '1.0.0',
    name: 'Both of them',
    license: 'MIT',
    source: 'test',
    trainedOn: [],
    ensemble: {
      rule: 'mean',
      members: [
        { id: 'one', weight: 1 },
        { id: 'two', weight: 3 },
      ],
    },
    outputs: tiny.outputs.map(({ task, labels }) => ({ task, labels })),
  };
  change(manifest);
  writeFileSync(join(folder, 'model.json'), JSON.stringify(manifest));
  return folder;
}

/** A pack that tells moods and nothing else. @returns the folder */
export const moodPack = (folder: string, id: string): string =>
  tinyMember(folder, id, (manifest) => {
    manifest['outputs'] = (manifest['outputs'] as Json[]).filter(({ task }) => task === 'mood');
  });

/** The tiny model under another id, its manifest changed further. @returns the folder */
export const tinyMember = (folder: string, id: string, change: (manifest: Json) => void = () => undefined): string =>
  alteredModel(folder, (manifest) => {
    manifest['id'] = id;
    change(manifest);
  });
