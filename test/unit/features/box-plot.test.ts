import { describe, expect, test } from 'vitest';
import { niceTicks } from '#shared/domain/axis';
import { boxOf, quantile } from '#shared/domain/box-plot';
import { statisticTitle } from '#shared/domain/statistic-names';
import { FEATURE_COLUMNS } from '../../../src/main/core/features';

describe('a box with whiskers', () => {
  test('has numpy’s quartiles, and whiskers as matplotlib draws them', () => {
    // numpy.percentile([7, 15, 36, 39, 40, 41], [25, 50, 75]) and matplotlib.cbook.boxplot_stats.
    const box = boxOf([41, 7, 39, 15, 40, 36])!;
    expect(box.quartiles).toEqual([20.25, 37.5, 39.75]);
    expect(box.whiskers).toEqual([7, 41]);
    expect(box.outliers).toEqual([]);
    expect(box.mean).toBeCloseTo(29.667, 3);
  });

  test('leaves what is farther than 1.5 heights of the box outside', () => {
    const box = boxOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 30, -20])!;
    expect(box.quartiles).toEqual([2.5, 5, 7.5]);
    expect(box.whiskers).toEqual([1, 9]);
    expect(box.outliers).toEqual([-20, 30]);
  });

  test('has no whisker where the nearest value is an outlier already', () => {
    const box = boxOf([0, 10, 10, 10])!;
    expect(box.whiskers).toEqual([7.5, 10]);
    expect(box.outliers).toEqual([0]);
  });

  test('is one line for one value, and none for none', () => {
    expect(boxOf([3])).toMatchObject({ quartiles: [3, 3, 3], whiskers: [3, 3], outliers: [] });
    expect(boxOf([])).toBeNull();
  });

  test('quantiles go from the least value to the greatest', () => {
    expect([0, 0.1, 1].map((share) => quantile([1, 2, 4], share))).toEqual([1, 1.2, 4]);
  });
});

describe('ticks of an axis', () => {
  test('are round numbers around what they are for', () => {
    expect(niceTicks(63, 187)).toEqual([50, 100, 150, 200]);
    expect(niceTicks(0, 0.31)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(niceTicks(-3.2, 1.1)).toEqual([-4, -3, -2, -1, 0, 1, 2]);
  });

  test('are there also where all values are the same', () => {
    for (const value of [0, 120, -3]) {
      const ticks = niceTicks(value, value);
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks[0]).toBeLessThanOrEqual(value);
      expect(ticks.at(-1)).toBeGreaterThan(value);
    }
  });
});

test('every statistic has a name for people', () => {
  expect(FEATURE_COLUMNS.filter((column) => statisticTitle(column) === column)).toEqual([]);
  expect(statisticTitle('spectral_centroid_var')).toBe('Spectral centroid, variance (Hz²)');
  expect(statisticTitle('mfcc13_skew')).toBe('MFCC 13, skewness');
  expect(statisticTitle('nothing_known')).toBe('nothing_known');
});
