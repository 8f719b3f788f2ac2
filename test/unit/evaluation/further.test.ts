import { describe, expect, it } from 'vitest';
import { judgeMultiLabel, type MultiLabelPrediction } from '../../../src/main/core/evaluation/multi-label';
import { areaUnderRoc, averagePrecision, type Scored } from '../../../src/main/core/evaluation/ranking';
import { judgeRegression } from '../../../src/main/core/evaluation/regression';
import { accuracyAtCoverages, riskCoverage } from '../../../src/main/core/evaluation/risk-coverage';
import { judgeUnknown } from '../../../src/main/core/evaluation/unknown';

// Expected values are scikit-learn 1's and scipy 1's on the same numbers, unless worked by hand.

const scored = (scores: number[], truth: number[]): Scored[] =>
  scores.map((score, i) => ({ score, isPositive: truth[i] === 1 }));
/** With ties within and across the classes. */
const TEN = scored([0.9, 0.8, 0.8, 0.7, 0.55, 0.5, 0.5, 0.3, 0.2, 0.1], [1, 1, 0, 0, 1, 0, 1, 0, 0, 0]);

describe('ranking', () => {
  it('agrees with roc_auc_score and average_precision_score', () => {
    expect(areaUnderRoc(TEN)).toBeCloseTo(0.7916666666666666, 12);
    expect(averagePrecision(TEN)).toBeCloseTo(0.7095238095238094, 12);
  });

  it('knows perfect, inverted and no order', () => {
    expect(areaUnderRoc(scored([3, 2, 1], [1, 1, 0]))).toBe(1);
    expect(areaUnderRoc(scored([1, 2, 3], [1, 1, 0]))).toBe(0);
    expect(areaUnderRoc(scored([5, 5, 5, 5], [1, 0, 1, 0]))).toBe(0.5);
    expect(averagePrecision(scored([5, 5, 5, 5], [1, 0, 0, 0]))).toBe(0.25);
  });

  it('is null where there is nothing to rank against', () => {
    expect(areaUnderRoc(scored([1, 2], [1, 1]))).toBeNull();
    expect(areaUnderRoc(scored([1, 2], [0, 0]))).toBeNull();
    expect(averagePrecision(scored([1, 2], [0, 0]))).toBeNull();
    expect(averagePrecision([])).toBeNull();
  });
});

describe('judgeMultiLabel', () => {
  const LABELS = ['folk', 'ska', 'dub'];
  const THRESHOLDS = [0.5, 0.25, 0.55];
  const track = (scores: number[], truth: string[]): MultiLabelPrediction => ({
    truth: new Set(truth),
    scores: LABELS.map((label, i) => ({ label, score: scores[i]!, threshold: THRESHOLDS[i]! })),
  });
  const FIVE = [
    track([0.9, 0.2, 0.6], ['folk']),
    track([0.7, 0.6, 0.1], ['folk', 'ska']),
    track([0.4, 0.7, 0.5], ['ska']),
    track([0.6, 0.1, 0.3], []),
    track([0.2, 0.3, 0.8], ['folk', 'dub']),
  ];

  it('agrees with scikit-learn, label by label and on the whole', () => {
    const report = judgeMultiLabel(FIVE);
    expect(report.n).toBe(5);
    expect(report.perLabel['folk']).toEqual({
      precision: 2 / 3,
      recall: 2 / 3,
      f1: 4 / 6,
      support: 3,
      threshold: 0.5,
      averagePrecision: expect.closeTo(0.8666666666666667, 12) as number,
      auroc: expect.closeTo(0.6666666666666666, 12) as number,
    });
    expect(report.perLabel['ska']).toMatchObject({ averagePrecision: 1, auroc: 1, f1: 0.8, support: 2 });
    expect(report.perLabel['dub']).toMatchObject({ averagePrecision: 1, auroc: 1, f1: 2 / 3, support: 1 });
    expect(report.meanAveragePrecision).toBeCloseTo(0.9555555555555556, 12);
    expect(report.macroAuroc).toBeCloseTo(0.8888888888888888, 12);
    expect(report.macroF1).toBeCloseTo(0.7111111111111111, 12);
    expect(report.microF1).toBeCloseTo(0.7142857142857143, 12);
  });

  it('keeps labels that no track or every track has out of the means that need both', () => {
    const report = judgeMultiLabel([track([0.9, 0.1, 0.1], ['folk']), track([0.2, 0.9, 0.1], ['folk', 'ska'])]);
    expect(report.perLabel['folk']).toMatchObject({ auroc: null, averagePrecision: 1, support: 2 });
    expect(report.perLabel['dub']).toMatchObject({ auroc: null, averagePrecision: null, support: 0, f1: 0 });
    expect(report.meanAveragePrecision).toBe(1);
    expect(report.macroF1).toBeCloseTo((2 / 3 + 1) / 2, 12);
  });

  it('refuses to judge nothing', () => {
    expect(() => judgeMultiLabel([])).toThrow(RangeError);
  });
});

describe('judgeRegression', () => {
  const pairs = (truth: number[], heard: number[]) => truth.map((value, i) => ({ truth: value, heard: heard[i]! }));

  it('agrees with pearsonr, r2_score and mean_squared_error', () => {
    const report = judgeRegression(pairs([0.2, -0.5, 0.9, 0.1, -0.8, 0.4], [0.1, -0.2, 0.5, 0.3, -0.6, -0.1]));
    expect(report.n).toBe(6);
    expect(report.pearson).toBeCloseTo(0.866606487750046, 12);
    expect(report.r2).toBeCloseTo(0.6886543535620052, 12);
    expect(report.rmse).toBeCloseTo(0.313581462037113, 12);
  });

  it('has no correlation with a constant, and no R2 of one', () => {
    expect(judgeRegression(pairs([0.1, 0.1, 0.1], [0, 0.2, 0.1]))).toMatchObject({ pearson: null, r2: null });
    const flat = judgeRegression(pairs([0.3, -0.3], [0.1, 0.1]));
    expect(flat.pearson).toBeNull();
    // The labels' mean is 0, so the constant 0.1 is worse than that: 1 - (0.04 + 0.16) / 0.18.
    expect(flat.r2).toBeCloseTo(-1 / 9, 12);
  });
});

describe('the accuracy of the surest', () => {
  it('is read off the curve at 100, 90, 80 and 70 per cent', () => {
    const verdicts = Array.from({ length: 10 }, (_, i) => ({ confidence: 1 - i / 20, isRight: i < 6 || i === 8 }));
    expect(accuracyAtCoverages(riskCoverage(verdicts))).toEqual([
      { asked: 1, coverage: 1, accuracy: expect.closeTo(0.7, 12) as number, threshold: 0.55 },
      { asked: 0.9, coverage: 0.9, accuracy: expect.closeTo(7 / 9, 12) as number, threshold: 0.6 },
      { asked: 0.8, coverage: 0.8, accuracy: expect.closeTo(6 / 8, 12) as number, threshold: 0.65 },
      { asked: 0.7, coverage: 0.7, accuracy: expect.closeTo(6 / 7, 12) as number, threshold: 0.7 },
    ]);
  });

  it('takes verdicts of one confidence together', () => {
    const tied = [0.9, 0.5, 0.5, 0.5].map((confidence, i) => ({ confidence, isRight: i === 0 }));
    for (const point of accuracyAtCoverages(riskCoverage(tied)))
      expect(point).toMatchObject({ coverage: 1, accuracy: 0.25, threshold: 0.5 });
  });
});

describe('judgeUnknown', () => {
  it('says how often a known track is the surer one', () => {
    // Of six pairs the known one is surer in four, and as sure in one.
    const sure = (...confidences: number[]) =>
      confidences.map((confidence) => ({ confidence, abstained: confidence < 0.42 }));
    expect(judgeUnknown(sure(0.9, 0.5, 0.4), sure(0.45, 0.4))).toEqual({ n: 2, named: 1, auroc: 4.5 / 6 });
    expect(judgeUnknown(sure(0.9), [])).toEqual({ n: 0, named: 0, auroc: null });
  });
});
