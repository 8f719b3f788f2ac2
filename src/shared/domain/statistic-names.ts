/** What statistics of sound are called, by the names of their columns (`tempo`, `spectral_centroid_mean`; see `core/features`). */

interface Named {
  readonly name: string;
  /** Null where it is a share or a ratio. */
  readonly unit: string | null;
}

const CURVES: Readonly<Record<string, Named>> = {
  tempo: { name: 'Tempo', unit: 'beats a minute' },
  chroma_stft: { name: 'Chroma', unit: null },
  rms: { name: 'Level (RMS)', unit: null },
  spectral_centroid: { name: 'Spectral centroid', unit: 'Hz' },
  spectral_bandwidth: { name: 'Spectral bandwidth', unit: 'Hz' },
  rolloff: { name: 'Spectral roll-off', unit: 'Hz' },
  zero_crossing_rate: { name: 'Zero-crossing rate', unit: null },
  spectral_flux: { name: 'Spectral flux', unit: 'dB' },
  spectral_flatness: { name: 'Spectral flatness', unit: null },
};

const SUMMARIES: Readonly<Record<string, { readonly name: string; readonly unit: (unit: string) => string | null }>> = {
  mean: { name: 'mean', unit: (unit) => unit },
  var: { name: 'variance', unit: (unit) => `${unit}²` },
  std: { name: 'standard deviation', unit: (unit) => unit },
  min: { name: 'minimum', unit: (unit) => unit },
  max: { name: 'maximum', unit: (unit) => unit },
  skew: { name: 'skewness', unit: () => null },
  kurtosis: { name: 'excess kurtosis', unit: () => null },
};

/** The four that say most to the ear: how fast, how bright, how loud, how noisy. */
export const TELLING_STATISTICS = ['tempo', 'spectral_centroid_mean', 'rms_mean', 'zero_crossing_rate_mean'] as const;

/** A column in words; what is no known column is called by its own name. */
export function statisticName(column: string): Named {
  const curve = CURVES[column];
  if (curve) return curve;
  const [, base = '', end = ''] = /^(.*)_([a-z]+)$/.exec(column) ?? [];
  const summary = SUMMARIES[end];
  const of = CURVES[base] ?? coefficient(base);
  if (!summary || !of) return { name: column, unit: null };
  return { name: `${of.name}, ${summary.name}`, unit: of.unit === null ? null : summary.unit(of.unit) };
}

function coefficient(base: string): Named | null {
  const number = /^mfcc(\d+)$/.exec(base)?.[1];
  return number === undefined ? null : { name: `MFCC ${number}`, unit: null };
}

/** "Spectral centroid, mean (Hz)" */
export function statisticTitle(column: string): string {
  const { name, unit } = statisticName(column);
  return unit === null ? name : `${name} (${unit})`;
}
