import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FEATURE_COLUMNS, windowFeatures } from '../../../src/main/core/features';
import { featureSignals } from '../../builders/feature-signals';
import { repositoryRoot } from '../../builders/requirements';

interface Case {
  readonly signal: string;
  readonly rate: number;
  readonly samples: number;
  readonly nFft: number;
  readonly hop: number;
  /** Of each curve its summaries, and the tempo. */
  readonly values: Readonly<Record<string, readonly number[]>>;
}

/** What librosa and scipy say in double precision; make.py beside this file made it. */
const golden = JSON.parse(readFileSync(join(repositoryRoot, 'test/golden/features/golden.json'), 'utf8')) as {
  readonly summaries: readonly string[];
  readonly cases: readonly Case[];
};

/** A column's value, and how far one in single precision may be off it. */
function wanted({ values }: Case, column: string): { value: number; tolerance: number } {
  if (column === 'tempo') return { value: values['tempo']![0]!, tolerance: 1e-4 };
  const cut = column.lastIndexOf('_');
  const numbers = values[column.slice(0, cut)]!;
  const of = (summary: string): number => numbers[golden.summaries.indexOf(summary)]!;
  const summary = column.slice(cut + 1);
  const value = of(summary);
  // Shapes have no unit; what has one may be off by a hundred-thousandth of the range that the curve covers.
  const absolute = summary === 'skew' || summary === 'kurtosis' ? 1e-4 : 1e-5 * (of('max') - of('min')) + 1e-6;
  return { value, tolerance: absolute + 1e-4 * Math.abs(value) };
}

describe('statistics are librosa’s, to 1 in 10,000', () => {
  for (const golds of golden.cases) {
    const { signal, rate, samples, nFft, hop } = golds;
    test(`${signal}, ${(samples / rate).toFixed(2)} s at ${rate} Hz, ${nFft}/${hop}`, () => {
      const values = windowFeatures(featureSignals[signal]!(samples, rate), rate, FEATURE_COLUMNS, { nFft, hop });
      const off = FEATURE_COLUMNS.flatMap((column, i) => {
        const { value, tolerance } = wanted(golds, column);
        return Math.abs(values[i]! - value) <= tolerance ? [] : [`${column} is ${values[i]}, librosa’s ${value}`];
      });
      expect(off).toEqual([]);
    });
  }
});
