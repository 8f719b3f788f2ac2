import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DecoderSet } from '../adapters/decoders';
import type { MelParameters } from '../core/dsp/mel';
import { melFraming } from '../core/inputs/mel';
import { decodeTrack } from './decode-track';
import { encodeNpy } from './npy';

/** The front end of the bundled models: what is taken where no manifest is named. */
export const DEFAULT_MEL: MelParameters = {
  sampleRate: 16_000,
  nFft: 512,
  hop: 256,
  nMels: 96,
  fMin: 0,
  fMax: 8000,
  melScale: 'slaney',
  melNorm: 'slaney',
  power: 2,
  compression: 'log10-1-10000',
};

export interface FeatureFile {
  readonly path: string;
  /** Name of the .npy file inside the output folder. */
  readonly file: string;
  readonly frames: number;
  readonly durationSec: number;
  readonly warnings: readonly string[];
}

/** Writes the whole track's log-mel frames, exactly as the app computes them, as float32 [frames, nMels] to `file` in `folder`. */
export async function extractFeatures(
  path: string,
  folder: string,
  file: string,
  decoders: DecoderSet,
  mel: MelParameters,
): Promise<FeatureFile> {
  const parts: Float32Array[] = [];
  const track = await decodeTrack(path, decoders, melFraming(mel), new AbortController().signal, (frames) => {
    parts.push(frames);
  });
  const frames = parts.reduce((sum, part) => sum + part.length, 0) / mel.nMels;
  await writeFile(join(folder, file), Buffer.concat(encodeNpy(parts, [frames, mel.nMels])));
  return { path, file, frames, durationSec: track.durationSec, warnings: track.warnings };
}
