import { describe, expect, it } from 'vitest';
import { calibrationError } from '../../../src/main/core/evaluation/calibration';
import { createLabelMatcher } from '../../../src/main/core/evaluation/match-labels';
import { judge, type Prediction } from '../../../src/main/core/evaluation/metrics';
import { riskCoverage } from '../../../src/main/core/evaluation/risk-coverage';

const LABELS = ['blues', 'jazz', 'rock'];

/** A track that is `truth` and was heard as the first of `ranked`. */
const heard = (truth: string, ranked: string, confidence: number): Prediction => ({
  truth,
  ranked: ranked.split(' '),
  confidence,
  abstained: confidence < 0.6,
});

// Worked by hand: 3 of 5 right; blues 1 of 2, jazz 2 of 2 (and named thrice), rock 0 of 1.
const FIVE = [
  heard('blues', 'blues jazz rock', 0.9),
  heard('blues', 'jazz blues rock', 0.6),
  heard('jazz', 'jazz blues rock', 0.8),
  heard('jazz', 'jazz rock blues', 0.6),
  heard('rock', 'blues jazz rock', 0.5),
];

describe('judge', () => {
  const report = judge(LABELS, FIVE);

  it('counts what was right, and what was right or second', () => {
    expect(report.n).toBe(5);
    expect(report.accuracy).toBeCloseTo(3 / 5, 12);
    expect(report.top2).toBeCloseTo(4 / 5, 12);
  });

  it('counts what is named, and what of it is right', () => {
    expect(report.named).toBe(4);
    expect(report.namedRight).toBe(3);
  });

  it('has true labels in rows and verdicts in columns', () => {
    expect(report.confusion).toEqual({
      labels: LABELS,
      matrix: [
        [1, 1, 0],
        [0, 2, 0],
        [1, 0, 0],
      ],
    });
  });

  it('gives precision, recall and F1 of each label', () => {
    expect(report.perClass['blues']).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5, support: 2 });
    expect(report.perClass['jazz']).toEqual({ precision: 2 / 3, recall: 1, f1: 0.8, support: 2 });
    expect(report.perClass['rock']).toEqual({ precision: 0, recall: 0, f1: 0, support: 1 });
    expect(report.macroF1).toBeCloseTo((0.5 + 0.8 + 0) / 3, 12);
  });

  it('weighs the gap between confidence and accuracy by bin', () => {
    // Bins of 1/15: 0.9 right; 0.6 twice, one right; 0.8 right; 0.5 wrong.
    const gap = Math.abs(0.9 - 1) + Math.abs(1.2 - 1) + Math.abs(0.8 - 1) + Math.abs(0.5 - 0);
    expect(report.ece).toBeCloseTo(gap / 5, 12);
  });

  it('gives a point of the risk-coverage curve for each confidence, the surest first', () => {
    expect(report.riskCoverage).toEqual([
      { coverage: 1 / 5, risk: 0, threshold: 0.9 },
      { coverage: 2 / 5, risk: 0, threshold: 0.8 },
      { coverage: 4 / 5, risk: 1 / 4, threshold: 0.6 },
      { coverage: 1, risk: 2 / 5, threshold: 0.5 },
    ]);
  });

  it('leaves labels without a track out of macro F1', () => {
    const report = judge(LABELS, [heard('blues', 'blues jazz rock', 1)]);
    expect(report.macroF1).toBe(1);
    expect(report.perClass['rock']).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
  });

  it('refuses to judge nothing, and labels that are not the model’s', () => {
    expect(() => judge(LABELS, [])).toThrow(RangeError);
    expect(() => judge(LABELS, [heard('polka', 'jazz', 1)])).toThrow('polka');
  });
});

describe('calibrationError', () => {
  it('takes a bin’s upper edge into it, and 0 into the first', () => {
    const edges = [
      { confidence: 1 / 15, isRight: true },
      { confidence: 0, isRight: false },
    ];
    // Both in the first bin: mean confidence 1/30, accuracy 1/2.
    expect(calibrationError(edges)).toBeCloseTo(1 / 2 - 1 / 30, 12);
  });

  it('is 0 where every confidence is borne out', () => {
    expect(calibrationError([1, 1, 1].map((confidence) => ({ confidence, isRight: true })))).toBe(0);
  });
});

describe('riskCoverage', () => {
  it('is empty for nothing', () => {
    expect(riskCoverage([])).toEqual([]);
  });
});

describe('createLabelMatcher', () => {
  const match = createLabelMatcher(['hip-hop', 'happy', 'rock']);

  it.each([
    ['Hip-Hop', 'hip-hop'],
    ['hiphop', 'hip-hop'],
    ['Hip Hop', 'hip-hop'],
    ['RAP', 'hip-hop'],
    ['Q1', 'happy'],
    ['Röck', 'rock'],
  ])('folds %s to %s', (text, label) => {
    expect(match(text)).toBe(label);
  });

  it.each(['polka', '', 'Q2'])('knows no "%s"', (text) => {
    expect(match(text)).toBeNull();
  });
});
