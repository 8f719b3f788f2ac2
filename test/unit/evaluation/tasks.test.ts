import { describe, expect, it } from 'vitest';
import type { Verdict } from '#shared/domain/analysis';
import {
  evaluateAffect,
  evaluateVerdicts,
  evaluateWide,
  type HeardTrack,
  type LabelledTrack,
} from '../../../src/main/core/evaluation/tasks';
import { describeEvaluation } from '../../../src/main/hosts/cli/human-evaluation';
import { LabelError } from '../../../src/main/core/evaluation/label-error';

const LABELS = ['blues', 'hip-hop'];

const verdict = (top: string, confidence: number): Verdict => ({
  top,
  confidence,
  abstained: false,
  abstainReason: null,
  histogram: [top, ...LABELS.filter((label) => label !== top)].map((label, i) => ({ label, share: 1 - i, votes: 1 })),
});

const track = (cells: string[], heard: Partial<HeardTrack>): LabelledTrack => ({
  path: '/music/a.mp3',
  cells,
  heard: {
    genre: verdict('blues', 0.5),
    mood: null,
    content: null,
    wide: null,
    affect: null,
    ...heard,
  },
});
const genre = (cell: string, top: string, confidence: number) => track([cell], { genre: verdict(top, confidence) });

describe('verdicts beside labels', () => {
  it('counts strangers, leaves empty cells out, and holds unknown tracks against known ones', () => {
    const report = evaluateVerdicts('genre', LABELS, [
      genre('Blues', 'blues', 0.9),
      genre('hiphop', 'blues', 0.6),
      genre('', 'blues', 0.99),
      genre('polka', 'blues', 0.99),
      genre('polka', 'blues', 0.99),
      genre('Unknown', 'blues', 0.7),
      genre('unknown', 'hip-hop', 0.3),
    ])!;
    expect(report).toMatchObject({ task: 'genre', n: 2, accuracy: 0.5, unknown: { n: 2, auroc: 0.75 } });
    expect(report.skipped).toEqual([{ label: 'polka', count: 2 }]);
    const words = describeEvaluation(report, 'base@1.0.0').join('\n');
    expect(words).toContain('base@1.0.0 on 2 tracks, by genre');
    expect(words).toMatch(/100 %\s+50 %\s+0\.60/);
    expect(words).toContain('2 unknown tracks: a known one is surer in 75 % of pairs');
    expect(words).toContain('2 files labelled "polka"');
  });

  it('is null where no row has a label of the model', () => {
    expect(
      evaluateVerdicts('genre', LABELS, [genre('unknown', 'blues', 0.5), genre('polka', 'blues', 0.5)]),
    ).toBeNull();
    expect(evaluateVerdicts('mood', ['happy'], [track(['happy'], {})])).toBeNull();
  });
});

describe('wide genres beside labels', () => {
  const wide = (folk: number, ska: number) => ({
    wide: [
      { label: 'folk', score: folk, threshold: 0.5, votes: 1 },
      { label: 'ska', score: ska, threshold: 0.5, votes: 1 },
    ],
  });

  it('reads several labels a cell, and takes a track of strangers for one of none', () => {
    const report = evaluateWide([
      track(['Folk; SKA'], wide(0.9, 0.9)),
      track(['folk;polka;'], wide(0.4, 0.2)),
      track(['polka'], wide(0.1, 0.7)),
      track([''], wide(0.1, 0.7)),
    ])!;
    expect(report.n).toBe(3);
    expect(report.perLabel['folk']).toMatchObject({ support: 2, recall: 0.5, auroc: 1 });
    expect(report.perLabel['ska']).toMatchObject({ support: 1, precision: 0.5, recall: 1 });
    expect(report.skipped).toEqual([{ label: 'polka', count: 2 }]);
    const words = describeEvaluation(report, 'base@1.0.0').join('\n');
    expect(words).toMatch(/mean average precision\s+1\.000/);
    expect(words).toMatch(/Folk\s+1\.00\s+1\.00\s+0\.67\s+2/);
    expect(evaluateWide([track(['polka'], wide(0.1, 0.7))])).toBeNull();
  });
});

describe('valence and arousal beside numbers', () => {
  const affect = (valence: number, arousal: number) => ({
    affect: { valence, arousal, valenceSpread: 0, arousalSpread: 0 },
  });

  it('compares each, leaving out rows that lack one', () => {
    const report = evaluateAffect([
      track(['0.5', '-1'], affect(0.4, 0)),
      track(['-0.5', '1'], affect(-0.4, 0)),
      track(['', '1'], affect(0.9, 0.9)),
      track(['0', '0'], {}),
    ])!;
    expect(report).toMatchObject({ n: 2, valence: { pearson: 1, rmse: expect.closeTo(0.1, 12) as number } });
    expect(report.arousal).toEqual({ n: 2, pearson: null, r2: 0, rmse: 1 });
    expect(describeEvaluation(report, 'base@1.0.0').join('\n')).toMatch(/arousal\s+–\s+0\.000\s+1\.000/);
    expect(evaluateAffect([track(['', ''], affect(0, 0))])).toBeNull();
  });

  it.each(['high', '7', 'NaN'])('refuses %s, naming the file', (cell) => {
    const judge = () => evaluateAffect([track(['0', cell], affect(0, 0))]);
    expect(judge).toThrow(LabelError);
    expect(judge).toThrow(`"${cell}" of /music/a.mp3`);
  });
});
