import type { Handlers } from '#shared/contract/methods';
import type { DescribeService } from '../../src/main/ports';

/** Describes every file by numbers that follow from its name. */
export const createFakeDescriber = (): DescribeService => ({
  describe: ({ path, columns }) =>
    Promise.resolve({
      status: 'ok',
      durationSec: 30,
      values: columns.map((column) => numberOf(path, column)),
      warnings: [],
    }),
  close: () => Promise.resolve(),
});

/** Some of the statistics, and files as the paths are given. */
export const fakeDescribing = (): Pick<Handlers, `describe.${string}` & keyof Handlers> => ({
  'describe.columns': () => ({
    columns: ['tempo', 'spectral_centroid_mean', 'rms_mean', 'zero_crossing_rate_mean', 'mfcc1_mean'],
  }),
  'describe.find': ({ paths }) => ({ files: paths, failures: [] }),
  'describe.cancel': () => ({}),
  'describe.file': ({ path, columns }) => ({
    ...{ status: 'ok', durationSec: 30, warnings: [] },
    values: columns.map((column) => numberOf(path, column)),
  }),
});

/** In a range that the statistic may have. */
function numberOf(path: string, column: string): number {
  const [low, high] = RANGES[column] ?? [-1, 1];
  let hash = 17;
  for (const sign of `${path}${column}`) hash = (Math.imul(hash, 31) + sign.codePointAt(0)!) >>> 0;
  return low + ((high - low) * (hash % 1000)) / 1000;
}

const RANGES: Readonly<Record<string, readonly [low: number, high: number]>> = {
  tempo: [60, 200],
  spectral_centroid_mean: [500, 4500],
  rms_mean: [0.01, 0.4],
  zero_crossing_rate_mean: [0.02, 0.25],
};
