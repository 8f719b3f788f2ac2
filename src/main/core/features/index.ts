import { CURVES, Sound } from './curves';
import { SUMMARIES, summarise, type Summary } from './summaries';

/** Version of these statistics, stored with what is made from them; numbers of two versions never mix. */
export const FEATURES_VERSION = 'features-1';

export interface FeatureOptions {
  /** Samples of a frame, a power of two; 2048 where absent. */
  readonly nFft?: number;
  /** Samples from one frame to the next; 512 where absent. */
  readonly hop?: number;
}

/** Where a column's number comes from; `tempo` is no curve. */
const SOURCES: ReadonlyMap<string, { readonly curve: string; readonly summary: Summary }> = new Map(
  Object.keys(CURVES).flatMap((curve) =>
    SUMMARIES.map((summary) => [`${curve}_${summary}`, { curve, summary }] as const),
  ),
);

/** All statistics that there are, by the names that the Kaggle GTZAN table uses: `tempo`, then each curve's seven summaries. */
export const FEATURE_COLUMNS: readonly string[] = ['tempo', ...SOURCES.keys()];

/**
 * The named statistics of a window of mono samples, in the order of `columns`: curves over time as librosa 0.11 gives them at its defaults (Hann
 * window, frames centred, zeros beyond the ends), each summed up in one number; `tempo` in beats a minute. Values are finite for finite samples; for
 * digital silence they are 0 but for MFCC 1 (-1131.4), flatness (1) and tempo (the lag nearest to 120).
 *
 * @param samples -1..1, at least one
 * @param sampleRate Hz
 * @param columns some of FEATURE_COLUMNS. Throws a RangeError that names those that are none.
 * @returns as many values as columns
 */
export function windowFeatures(
  samples: Float32Array,
  sampleRate: number,
  columns: readonly string[],
  { nFft = 2048, hop = 512 }: FeatureOptions = {},
): Float32Array {
  requireKnown(columns);
  if (samples.length === 0) throw new RangeError('a window without samples has no statistics');
  const sound = new Sound(samples, sampleRate, nFft, hop);
  const summaries = new Map<string, Readonly<Record<Summary, number>>>();
  return Float32Array.from(columns, (column) => {
    const source = SOURCES.get(column);
    if (!source) return sound.tempo;
    const known = summaries.get(source.curve) ?? summarise(CURVES[source.curve]!(sound));
    summaries.set(source.curve, known);
    return known[source.summary];
  });
}

/** Throws a RangeError that names the columns that are no statistics. */
export function requireKnown(columns: readonly string[]): void {
  const unknown = unknownColumns(columns);
  if (unknown.length === 0) return;
  throw new RangeError(
    `There is no statistic named ${unknown.join(', ')}; there are tempo and, for each of ${Object.keys(CURVES).join(', ')}, _${SUMMARIES.join(', _')}.`,
  );
}

/** Those of the names that are no statistics. */
export const unknownColumns = (columns: readonly string[]): string[] =>
  columns.filter((column) => column !== 'tempo' && !SOURCES.has(column));
