import { describe, expect, test } from 'vitest';
import { FEATURE_COLUMNS, unknownColumns, windowFeatures } from '../../../src/main/core/features';
import { featureSignals } from '../../builders/feature-signals';

const RATE = 22_050;
const one = (samples: Float32Array, column: string): number => windowFeatures(samples, RATE, [column])[0]!;

describe('statistics of a window', () => {
  test('there are 197: the tempo and seven summaries of 28 curves', () => {
    expect(FEATURE_COLUMNS).toHaveLength(1 + 7 * 28);
    expect(new Set(FEATURE_COLUMNS).size).toBe(197);
    for (const name of ['tempo', 'rolloff_var', 'mfcc20_kurtosis', 'chroma_stft_mean'])
      expect(FEATURE_COLUMNS).toContain(name);
  });

  test('come in the order in which they are named, each the same whatever else is asked for', () => {
    const samples = featureSignals['chord']!(3 * RATE, RATE);
    const all = windowFeatures(samples, RATE, FEATURE_COLUMNS);
    const some = ['mfcc3_var', 'tempo', 'rms_mean', 'mfcc3_var'];
    expect([...windowFeatures(samples, RATE, some)]).toEqual(some.map((name) => all[FEATURE_COLUMNS.indexOf(name)]));
  });

  test('what is no statistic is refused by its name', () => {
    expect(() => windowFeatures(new Float32Array(RATE), RATE, ['rms_mean', 'harmony_mean', 'rms'])).toThrow(
      /harmony_mean, rms; there are tempo/,
    );
    expect(unknownColumns(['tempo', 'rms_median'])).toEqual(['rms_median']);
    expect(() => windowFeatures(new Float32Array(0), RATE, ['rms_mean'])).toThrow(/without samples/);
  });

  test('are finite for any length of silence, of sound, and of a click in silence', () => {
    const click = new Float32Array(RATE);
    click[RATE / 2] = 1;
    const sounds = [1, 511, 513, 30_000].flatMap((length) => [
      new Float32Array(length),
      featureSignals['noise']!(length, RATE),
    ]);
    for (const samples of [...sounds, click]) {
      const values = windowFeatures(samples, RATE, FEATURE_COLUMNS);
      expect(FEATURE_COLUMNS.filter((_, i) => !Number.isFinite(values[i]))).toEqual([]);
    }
  });

  test('say what is heard: pitch class, brightness, level, beat', () => {
    const quiet = featureSignals['noise']!(12 * RATE, RATE);
    const chord = featureSignals['chord']!(12 * RATE, RATE);
    expect(one(quiet, 'rms_mean')).toBeCloseTo(0.3 / Math.sqrt(3), 2);
    expect(one(quiet, 'spectral_centroid_mean')).toBeGreaterThan(5 * one(chord, 'spectral_centroid_mean'));
    expect(one(quiet, 'spectral_flatness_mean')).toBeGreaterThan(0.5);
    expect(one(quiet, 'zero_crossing_rate_mean')).toBeCloseTo(0.5, 1);
    expect(Math.abs(one(chord, 'tempo') - 100)).toBeLessThan(2);
  });

  test('one window leaves nothing behind for the next', () => {
    const before = windowFeatures(new Float32Array(RATE), RATE, FEATURE_COLUMNS);
    windowFeatures(featureSignals['noise']!(2 * RATE, RATE), RATE, FEATURE_COLUMNS);
    expect(windowFeatures(new Float32Array(RATE), RATE, FEATURE_COLUMNS)).toEqual(before);
  });
});
