import { describe, expect, test } from 'vitest';
import { DEFAULT_MEL } from '../../../src/main/analysis/features';
import { goldenWindows, largestDifference } from '../../../src/main/adapters/onnx/golden';
import { frontEndOf } from '../../../src/main/core/inputs';

const input = { ...DEFAULT_MEL, kind: 'mel', layout: 'NCTM', windowFrames: 187 } as const;
const { windowFrames, nMels } = input;
const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the golden windows', () => {
  const windows = goldenWindows(frontEndOf(input), 24);

  test('are the same every time, of the model’s shape, no two alike, and a few are the first of many', () => {
    expect(windows).toHaveLength(24);
    expect(windows.every(({ length }) => length === windowFrames * nMels)).toBe(true);
    expect(goldenWindows(frontEndOf(input), 5)).toEqual(windows.slice(0, 5));
    expect(new Set(windows.map((window) => window.join())).size).toBe(24);
  });

  test('begin with silence and noise at full scale, and go on with something that changes in time and pitch', () => {
    const [silence, loud, faint, music] = windows as [Float32Array, Float32Array, Float32Array, Float32Array];
    expect(Math.max(...silence)).toBe(0);
    expect(mean(loud)).toBeGreaterThan(mean(faint));
    const frames = Array.from({ length: windowFrames }, (_, t) => mean(music.subarray(t * nMels, (t + 1) * nMels)));
    expect(Math.max(...frames) - Math.min(...frames)).toBeGreaterThan(0.3);
    const bands = Array.from({ length: nMels }, (_, m) => mean(music.filter((_, i) => i % nMels === m)));
    expect(Math.max(...bands) - Math.min(...bands)).toBeGreaterThan(0.5);
  });

  test('lie in the other layout where the model wants that', () => {
    const turned = goldenWindows(frontEndOf({ ...input, layout: 'NCMT' }), 4)[3]!;
    for (const [t, m] of [
      [0, 0],
      [10, 3],
      [186, 95],
    ] as const)
      expect(turned[m * windowFrames + t]).toBe(windows[3]![t * nMels + m]);
  });
});

test('the difference of results is relative to their size, and NaN is never small', () => {
  expect(largestDifference(Float32Array.of(1, 9), Float32Array.of(1, 10))).toBeCloseTo(0.1);
  expect(largestDifference(Float32Array.of(1, NaN), Float32Array.of(1, 2))).toBeNaN();
  expect(largestDifference(Float32Array.of(1, 2), Float32Array.of(NaN, 2))).toBeNaN();
  expect(largestDifference(Float32Array.of(1, 2), Float32Array.of(1))).toBeNaN();
  expect(largestDifference(Float32Array.of(1), Float32Array.of(1, 2))).toBe(Infinity);
});
