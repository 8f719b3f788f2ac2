import { describe, expect, it } from 'vitest';
import type { EvaluatedTrack, Evaluation, JudgedModel } from '#shared/contract/evaluation';
import {
  binsOf,
  meanConfidence,
  riskAt,
  riskPicture,
  riskSheet,
} from '../../../src/renderer/features/evaluate/chart-model';
import { comparisonSheet, outcomeOf, outcomesOf } from '../../../src/renderer/features/evaluate/comparison-model';
import {
  classSheet,
  confusionOf,
  loudest,
  tracksIn,
  worstConfusion,
} from '../../../src/renderer/features/evaluate/evaluate-model';
import { sourceOf, useEvaluateStore } from '../../../src/renderer/features/evaluate/evaluate-store';
import { strings } from '../../../src/renderer/strings';

const model: JudgedModel = {
  ...{ model: 'base@1.0.0', name: 'Base', n: 7, right: 4, accuracy: 4 / 7, interval: [0.25, 0.84] },
  ...{ top2: 0.8, macroF1: 0.5, ece: 0.1, named: 6, namedRight: 4 },
  labels: ['blues', 'jazz', 'rock', 'pop'],
  matrix: [
    [3, 1, 0, 0],
    [0, 1, 2, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ],
  perClass: [
    { label: 'blues', precision: 1, recall: 0.75, f1: 6 / 7, support: 4 },
    { label: 'rock', precision: 0, recall: 0, f1: 0, support: 0 },
  ],
  bins: [
    { from: 0, to: 0.5, tracks: 3, meanConfidence: 0.4, accuracy: 1 / 3 },
    { from: 0.5, to: 1, tracks: 4, meanConfidence: 0.8, accuracy: 0.75 },
  ],
  riskCoverage: [
    { coverage: 2 / 7, risk: 0, threshold: 0.9 },
    { coverage: 4 / 7, risk: 0.25, threshold: 0.7 },
    { coverage: 1, risk: 3 / 7, threshold: 0.3 },
  ],
  strangers: [],
  unknown: { n: 0, named: 0, auroc: null },
};
const evaluation = { task: 'genre', models: [model] } as unknown as Evaluation;

const track = (id: number, label: string, ...heard: (readonly [string, number] | null)[]): EvaluatedTrack => ({
  ...{ id, path: `/m/${id}.mp3`, title: null, artist: null, durationSec: null, label },
  verdicts: heard.map(
    (one) => one && { heard: one[0], confidence: one[1], abstained: false, isRight: one[0] === label },
  ),
});

describe('an evaluation in the window', () => {
  it('has a row for each label that a track has, and a column for each that one has or is heard as', () => {
    const matrix = confusionOf(evaluation, model);
    expect(matrix.rows.map(({ name }) => name)).toEqual(['Blues', 'Jazz']);
    expect(matrix.columns.map(({ key }) => key)).toEqual(['blues', 'jazz', 'rock']);
    expect(matrix.counts).toEqual([
      [3, 1, 0],
      [0, 1, 2],
    ]);
    expect(worstConfusion(model)).toEqual({ label: 'Jazz', heard: 'Rock', tracks: 2 });
    expect(worstConfusion({ ...model, matrix: [[3]] })).toBeNull();
    expect(classSheet(model).rows).toEqual([['Blues', 1, 0.75, 0.8571, 4]]);
  });

  it('finds the tracks of a cell, a row and a column as one model heard them, the surest first', () => {
    const tracks = [
      track(1, 'jazz', ['rock', 0.4], ['jazz', 0.9]),
      track(2, 'jazz', ['rock', 0.8], null),
      track(3, 'blues', ['blues', 0.5], ['rock', 0.6]),
    ];
    const ids = (which: number, row: string | null, column: string | null) =>
      tracksIn(tracks, which, { row, column }).map(({ id }) => id);
    expect(ids(0, 'jazz', 'rock')).toEqual([2, 1]);
    expect(ids(1, 'jazz', null)).toEqual([1]);
    expect(ids(1, null, 'rock')).toEqual([3]);
    expect(ids(0, null, null)).toEqual([2, 3, 1]);
  });

  it('finds the windows that spoke loudest for a label', () => {
    const windows = { windowSec: 3, startsSec: [0, 3, 6], labels: ['blues', 'jazz'], data: [9, 20, 200, 10, 90, 20] };
    expect(loudest(windows, 'blues', 2)).toEqual([
      { start: 3, end: 6 },
      { start: 6, end: 9 },
    ]);
    // What is as loud comes in the order of time.
    expect(loudest(windows, 'jazz').map(({ start }) => start)).toEqual([0, 6, 3]);
    expect(loudest(windows, 'polka')).toEqual([]);
  });

  it('reads how sure and how right it is off the bins and the curve', () => {
    expect(binsOf(model)).toEqual([
      { kept: 1, changed: 2, skipped: 0, meanConfidence: 0.4 },
      { kept: 3, changed: 1, skipped: 0, meanConfidence: 0.8 },
    ]);
    expect(meanConfidence(model)).toBeCloseTo((3 * 0.4 + 4 * 0.8) / 7, 12);
    expect([riskAt(model, 0.5), riskAt(model, 1)]).toEqual([0.25, 3 / 7]);
    expect(riskSheet(model).rows[1]).toEqual(['57%', 0.25, 0.7]);
    const lines = riskPicture(model).shapes.filter((shape) => shape.kind === 'line' && shape.width === 2);
    expect(lines).toHaveLength(3);
    // The curve ends at the right, and as high as the axis of half of all goes by 3/7.
    expect(lines.at(-1)).toMatchObject({ x2: 608, y2: expect.closeTo(24 + (1 - 3 / 7 / 0.5) * 320, 6) as number });
  });

  it('tells who of two models is right about a track', () => {
    const all = [
      track(1, 'jazz', ['jazz', 1], ['jazz', 1]),
      track(2, 'jazz', ['jazz', 1], ['rock', 1]),
      track(3, 'jazz', ['rock', 1], ['jazz', 1]),
      track(4, 'jazz', ['rock', 1], ['pop', 1]),
      track(5, 'jazz', ['jazz', 1], null),
    ];
    expect(all.map(outcomeOf)).toEqual(['both', 'first', 'second', 'neither', null]);
    const paired = {
      ...{ n: 4, accuracy: [0.5, 0.5] as const, bothRight: 1, onlyFirst: 1, onlySecond: 1, bothWrong: 1 },
      ...{ difference: 0.1, interval: [-0.02, 0.25] as const, p: 1 },
    };
    expect(outcomesOf(paired, ['A', 'B']).second).toEqual({ name: 'Only B', count: 1 });
    expect(comparisonSheet(paired, ['A', 'B']).rows.at(-2)?.[1]).toBe('+10.0 points (95%: −2.0 to +25.0)');
  });

  it('asks for a source only where one is named, and for what belongs to its kind', () => {
    const { draft } = useEvaluateStore.getState();
    expect(sourceOf(draft)).toBeNull();
    const typed = { ...draft, folder: ' /music ', table: '/l.csv', root: ' ', column: 'style' };
    expect(sourceOf(typed)).toEqual({ kind: 'folder', path: '/music' });
    expect(sourceOf({ ...typed, kind: 'table' })).toEqual({ kind: 'table', path: '/l.csv', column: 'style' });
  });

  it('begins at the confusions of a new result, and stays where one was in one that is known', () => {
    const { renew, setTab, ask } = useEvaluateStore.getState();
    renew(1);
    setTab('map');
    renew(1);
    expect(useEvaluateStore.getState()).toMatchObject({ tab: 'map', asking: false });
    ask(true);
    renew(2);
    expect(useEvaluateStore.getState()).toMatchObject({ tab: 'confusion', asking: false, picked: null });
  });

  it('says what to do where there is nothing to judge', () => {
    const look = {
      ...{ files: 3, looked: 3, known: 0, unlabelled: 0, failed: 0, failure: null, columns: [], column: 'genre' },
      ...{ labels: [{ label: 'Downloads', files: 3, known: false }], modelLabels: ['blues', 'jazz'] },
    };
    const { looked } = strings.evaluate;
    expect(looked(look, 'folder', 'genre')).toContain('folders named after its genre: blues, jazz');
    expect(looked({ ...look, files: 0, looked: 0 }, 'folder', 'genre')).toContain('no music');
    expect(looked({ ...look, labels: [], unlabelled: 3 }, 'tag', 'mood')).toContain('no file says its mood');
    expect(looked({ ...look, column: null }, 'table', 'mood')).toContain('no column “mood”');
    expect(looked({ ...look, files: 900, known: 2 }, 'tag', 'genre')).toMatch(
      /^Of 900 files, 3 were looked at: 2 files with a label that the model knows; 1 whose label it does not know is left out\.$/,
    );
    expect(looked({ ...look, files: 9, looked: 9, known: 4, unlabelled: 3 }, 'table', 'genre')).toContain(
      '; 2 whose label it does not know and 3 without a label are left out.',
    );
    expect(looked({ ...look, known: 3 }, 'folder', 'genre')).toBe('3 files with a label that the model knows.');
  });
});
