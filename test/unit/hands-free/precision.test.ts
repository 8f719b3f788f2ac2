import { describe, expect, it } from 'vitest';
import {
  CANDIDATES,
  chooseThreshold,
  curveOf,
  judgementsNeeded,
  surestThreshold,
} from '../../../src/shared/domain/hands-free/precision';

const point = (confidence: number, tracks: number, right: number) => ({ confidence, tracks, right });

describe('choosing a threshold', () => {
  // 300 of 300 right: 300 / (300 + 2.575829²) = 0.9784 (Wilson 1927).
  it('takes the lowest candidate whose lower bound reaches the precision', () => {
    const curve = [point(0.5, 1000, 900), point(0.8, 600, 590), point(0.9, 300, 300)];
    expect(chooseThreshold(curve, 0.97)).toMatchObject({ confidence: 0.9, tracks: 300, right: 300 });
    expect(chooseThreshold(curve, 0.97)?.bound).toBeCloseTo(0.9784, 4);
    // 590 of 600: 0.9637 by the same formula.
    expect(chooseThreshold(curve, 0.96)).toMatchObject({ confidence: 0.8 });
    expect(chooseThreshold(curve, 0.96)?.bound).toBeCloseTo(0.9637, 4);
  });

  it('promises nothing by few verdicts, however right they are', () => {
    expect(chooseThreshold([point(0.9, 40, 40)], 0.97)).toBeNull();
    expect(surestThreshold([point(0.9, 40, 40)])).toMatchObject({ confidence: 0.9 });
    expect(chooseThreshold([], 0.5)).toBeNull();
    expect(surestThreshold([])).toBeNull();
    expect(surestThreshold([point(0.9, 0, 0)])).toBeNull();
  });

  it('leaves out thresholds that were not fixed beforehand', () => {
    expect(chooseThreshold([point(0.87, 1000, 1000)], 0.9)).toBeNull();
  });

  it('needs 215 judged verdicts for 97 %, and as many are enough', () => {
    expect([0.9, 0.95, 0.97].map(judgementsNeeded)).toEqual([60, 127, 215]);
    for (const precision of [0.9, 0.95, 0.97, 0.99]) {
      const needed = judgementsNeeded(precision);
      expect(chooseThreshold([point(0.5, needed, needed)], precision)).not.toBeNull();
      expect(chooseThreshold([point(0.5, needed - 1, needed - 1)], precision)).toBeNull();
    }
  });
});

describe('the curve of judged verdicts', () => {
  it('counts what is at or above each candidate', () => {
    const curve = curveOf([
      { confidence: 0.4, right: false },
      { confidence: 0.9, right: true },
      { confidence: 0.8999, right: false },
      { confidence: 1, right: true },
    ]);
    expect(curve.map(({ confidence }) => confidence)).toEqual(CANDIDATES);
    expect(curve[0]).toEqual(point(0.5, 3, 2));
    expect(curve.find(({ confidence }) => confidence === 0.9)).toEqual(point(0.9, 2, 2));
    expect(curve.at(-1)).toEqual(point(0.95, 1, 1));
  });
});
