import { FEATURES_VERSION, windowFeatures } from '../features';
import type { FrontEnd } from './front-end';
import { sampleFraming } from './waveform';

/** `features` of a manifest: a row of statistics of each window. */
export interface FeaturesInput {
  readonly kind: 'features';
  readonly sampleRate: number;
  readonly windowSamples: number;
  /** Samples of a frame that a curve over time has a value for, and from one to the next. */
  readonly nFft: number;
  readonly hop: number;
  /** Whether a shorter track is taken as it is instead of being repeated; models have it repeated. */
  readonly takesLess?: boolean;
  /** Some of `FEATURE_COLUMNS`, in the model's order. */
  readonly columns: readonly string[];
  /** A number a column: (value + add) / divide; nothing is done where absent. */
  readonly normalisation?: { readonly add: readonly number[]; readonly divide: readonly number[] };
}

export function featuresFrontEnd({
  sampleRate,
  windowSamples,
  nFft,
  hop,
  columns,
  normalisation,
  takesLess = false,
}: FeaturesInput): FrontEnd {
  return {
    ...sampleFraming(sampleRate),
    version: FEATURES_VERSION,
    windowFrames: windowSamples,
    axes: [{ size: columns.length, field: 'columns' }],
    slow: true,
    takesLess,
    render: (window) => {
      const row = windowFeatures(window, sampleRate, columns, { nFft, hop });
      return normalisation ? row.map((x, i) => (x + normalisation.add[i]!) / normalisation.divide[i]!) : row;
    },
  };
}
