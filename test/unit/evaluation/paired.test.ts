import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePaired, type Pair } from '../../../src/main/core/evaluation/paired';

const pairs = (both: number, first: number, second: number, none: number): Pair[] => [
  ...Array.from({ length: both }, () => ({ first: true, second: true })),
  ...Array.from({ length: first }, () => ({ first: true, second: false })),
  ...Array.from({ length: second }, () => ({ first: false, second: true })),
  ...Array.from({ length: none }, () => ({ first: false, second: false })),
];

describe('two models on the same tracks', () => {
  it('are compared by the tracks that only one was right about', () => {
    // 2 of 12 throws or fewer: (1 + 12 + 66) / 4096, both tails.
    const figures = judgePaired(pairs(50, 10, 2, 38));
    expect(figures).toMatchObject({ n: 100, bothRight: 50, onlyFirst: 10, onlySecond: 2, bothWrong: 38 });
    expect(figures.accuracy).toEqual([0.6, 0.52]);
    expect(figures.difference).toBeCloseTo(0.08, 12);
    expect(figures.p).toBeCloseTo((2 * 79) / 4096, 12);
    // By hand: 11/102 and 3/102, centre 0.0784, reach 1.96 * sqrt((0.13725 - 0.00615) / 102).
    expect(figures.interval[0]).toBeCloseTo(0.0784 - 0.0703, 3);
    expect(figures.interval[1]).toBeCloseTo(0.0784 + 0.0703, 3);
  });

  it('agrees with a table of the binomial: 5 of 5 is 0.0625, even is 1', () => {
    expect(judgePaired(pairs(0, 5, 0, 0)).p).toBeCloseTo(0.0625, 12);
    expect(judgePaired(pairs(3, 4, 4, 0)).p).toBe(1);
    expect(judgePaired(pairs(3, 0, 0, 9)).p).toBe(1);
  });

  it('is not overwhelmed by many tracks', () => {
    const { p } = judgePaired(pairs(0, 5200, 4800, 0));
    // The normal approximation with continuity correction: z = 399 / 100.
    expect(p).toBeGreaterThan(6.4e-5);
    expect(p).toBeLessThan(6.8e-5);
  });

  it('says the same the other way round', () => {
    const counts = fc.nat({ max: 60 });
    fc.assert(
      fc.property(counts, counts, counts, counts, (both, a, b, none) => {
        fc.pre(both + a + b + none > 0);
        const [here, there] = [judgePaired(pairs(both, a, b, none)), judgePaired(pairs(both, b, a, none))];
        expect(here.p).toBe(there.p);
        expect(here.p).toBeGreaterThan(0);
        expect(here.p).toBeLessThanOrEqual(1);
        expect(here.difference).toBeCloseTo(-there.difference, 12);
        expect(here.interval[0]).toBeCloseTo(-there.interval[1], 12);
        expect(here.interval[0]).toBeLessThanOrEqual(here.interval[1]);
      }),
    );
  });

  it('needs a track', () => {
    expect(() => judgePaired([])).toThrow(RangeError);
  });
});
