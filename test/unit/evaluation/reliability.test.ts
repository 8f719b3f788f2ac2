import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reliabilityBins } from '../../../src/main/core/evaluation/reliability';

describe('the bins of a reliability diagram', () => {
  it('hold mean confidence and accuracy, and nothing where no verdict is', () => {
    const verdicts = [
      { confidence: 0, isRight: false },
      { confidence: 0.1, isRight: true },
      { confidence: 0.92, isRight: true },
      { confidence: 1, isRight: false },
    ];
    const bins = reliabilityBins(verdicts);
    expect(bins).toHaveLength(10);
    expect(bins[0]).toMatchObject({ from: 0, to: 0.1, tracks: 2, accuracy: 0.5 });
    expect(bins[0]!.meanConfidence).toBeCloseTo(0.05, 12);
    expect(bins[9]).toMatchObject({ tracks: 2, accuracy: 0.5, meanConfidence: 0.96 });
    expect(bins[4]).toMatchObject({ tracks: 0, accuracy: null, meanConfidence: null });
  });

  it('hold every verdict once', () => {
    const verdict = fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), isRight: fc.boolean() });
    fc.assert(
      fc.property(fc.array(verdict), fc.integer({ min: 1, max: 20 }), (verdicts, count) => {
        const bins = reliabilityBins(verdicts, count);
        expect(bins.reduce((sum, { tracks }) => sum + tracks, 0)).toBe(verdicts.length);
        for (const { from, to, meanConfidence } of bins)
          if (meanConfidence !== null) {
            expect(meanConfidence).toBeGreaterThanOrEqual(from - 1e-12);
            expect(meanConfidence).toBeLessThanOrEqual(to + 1e-12);
          }
      }),
    );
  });
});
