import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, type Prediction } from '../../../src/main/core/evaluation/metrics';

const LABELS = ['a', 'b', 'c', 'd'];

const prediction: fc.Arbitrary<Prediction> = fc.record({
  truth: fc.constantFrom(...LABELS),
  ranked: fc.shuffledSubarray(LABELS, { minLength: LABELS.length }),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  abstained: fc.boolean(),
});
const predictions = fc.array(prediction, { minLength: 1, maxLength: 60 });

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('judge, for any verdicts', () => {
  it('keeps every figure between 0 and 1 and counts every track once', () => {
    fc.assert(
      fc.property(predictions, (list) => {
        const report = judge(LABELS, list);
        for (const figure of [report.accuracy, report.macroF1, report.top2, report.ece]) {
          expect(figure).toBeGreaterThanOrEqual(0);
          expect(figure).toBeLessThanOrEqual(1 + 1e-12);
        }
        expect(report.top2).toBeGreaterThanOrEqual(report.accuracy);
        expect(report.named).toBeLessThanOrEqual(list.length);
        expect(report.namedRight).toBeLessThanOrEqual(
          Math.min(report.named, Math.round(report.accuracy * list.length)),
        );
        expect(sum(report.confusion.matrix.flat())).toBe(list.length);
        expect(sum(Object.values(report.perClass).map(({ support }) => support))).toBe(list.length);
      }),
    );
  });

  it('has the accuracy in the matrix’s diagonal and at the end of the risk-coverage curve', () => {
    fc.assert(
      fc.property(predictions, (list) => {
        const { accuracy, confusion, riskCoverage } = judge(LABELS, list);
        expect(sum(confusion.matrix.map((row, index) => row[index] ?? 0)) / list.length).toBeCloseTo(accuracy, 12);
        expect(riskCoverage.at(-1)?.coverage).toBe(1);
        expect(riskCoverage.at(-1)?.risk).toBeCloseTo(1 - accuracy, 12);
      }),
    );
  });

  it('has a curve of rising coverage and falling thresholds', () => {
    fc.assert(
      fc.property(predictions, (list) => {
        const { riskCoverage } = judge(LABELS, list);
        for (let index = 1; index < riskCoverage.length; index++) {
          expect(riskCoverage[index]!.coverage).toBeGreaterThan(riskCoverage[index - 1]!.coverage);
          expect(riskCoverage[index]!.threshold).toBeLessThan(riskCoverage[index - 1]!.threshold);
        }
      }),
    );
  });

  it('does not depend on the order of the tracks', () => {
    const pairs = predictions.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(pairs, ([list, shuffled]) => {
        const [one, other] = [judge(LABELS, list), judge(LABELS, shuffled)];
        expect(other.confusion).toEqual(one.confusion);
        expect(other.ece).toBeCloseTo(one.ece, 10);
        expect(other.riskCoverage).toEqual(one.riskCoverage);
      }),
    );
  });

  it('is perfect where every verdict is right and sure', () => {
    fc.assert(
      fc.property(predictions, (list) => {
        const perfect = list.map(({ truth }) => ({
          truth,
          ranked: [truth, ...LABELS.filter((label) => label !== truth)],
          confidence: 1,
          abstained: false,
        }));
        const { accuracy, macroF1, ece } = judge(LABELS, perfect);
        expect([accuracy, macroF1, ece]).toEqual([1, 1, 0]);
      }),
    );
  });
});
