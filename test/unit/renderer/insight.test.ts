import { describe, expect, it } from 'vitest';
import type { ModelDiff } from '#shared/contract/schemas';
import { wilsonInterval } from '#shared/domain/statistics';
import { changedTracks, changesMatrix } from '../../../src/renderer/features/insight/changes-model';
import {
  columnTotals,
  matrixPicture,
  matrixSheet,
  rowTotals,
  tintOf,
  type Matrix,
} from '../../../src/renderer/features/insight/matrix-model';
import { reliabilityPicture, reliabilityWords } from '../../../src/renderer/features/insight/reliability-model';
import { fileName, toCsv } from '../../../src/renderer/features/insight/sheet';
import { plainReliability } from '../../builders/plain-insight';

const side = (name: string) => ({ key: `genre:${name}`, name, genre: true });
const matrix: Matrix = {
  name: 'Own genre and heard',
  rowHead: 'Own',
  columnHead: 'heard',
  rows: [side('rock'), side('pop'), side('polka')],
  columns: [side('rock'), side('pop')],
  counts: [
    [8, 2],
    [0, 5],
    [0, 0],
  ],
};

describe('the matrix', () => {
  it('adds rows and columns up', () => {
    expect(rowTotals(matrix)).toEqual([10, 5, 0]);
    expect(columnTotals(matrix)).toEqual([8, 7]);
  });

  it('is saved with its names, its totals and its zeros', () => {
    expect(toCsv(matrixSheet(matrix))).toBe(
      ['Own / heard,rock,pop,Total', 'rock,8,2,10', 'pop,0,5,5', 'polka,0,0,0', 'Total,8,7,15', ''].join('\r\n'),
    );
  });

  it('tints a cell by its share of the row, and what is empty not at all', () => {
    expect(tintOf(0, 10)).toBe(0);
    expect(tintOf(5, 5)).toBeGreaterThan(tintOf(8, 10));
    expect(tintOf(1, 10_000)).toBeGreaterThan(0);
  });

  it('has a picture with a tinted square for each cell that has tracks, and their share where that is asked for', () => {
    const { shapes } = matrixPicture(matrix, true);
    const texts = shapes.flatMap((shape) => (shape.kind === 'text' ? [shape.text] : []));
    expect(shapes.filter(({ kind }) => kind === 'rect')).toHaveLength(3);
    expect(texts).toEqual(expect.arrayContaining(['rock', 'pop', 'polka', '80%', '20%', '100%']));
  });
});

describe('saving numbers', () => {
  it('quotes what CSV would take for its own signs', () => {
    const sheet = {
      name: 'x',
      head: ['a,b', 'c'],
      rows: [
        ['say "no"', null],
        ['two\nlines', 1.5],
      ],
    };
    expect(toCsv(sheet)).toBe('"a,b",c\r\n"say ""no""",\r\n"two\nlines",1.5\r\n');
  });

  it('makes a file name of a title', () => {
    expect(fileName('How often you kept what was heard?')).toBe('how-often-you-kept-what-was-heard');
  });
});

describe('reliability', () => {
  const judged = (confidence: number, kept: boolean) => ({
    decision: {
      action: kept ? ('accept' as const) : ('change' as const),
      genres: [kept ? 'Rock' : 'Polka'],
      moods: [],
      decidedAt: 0,
    },
    verdict: { top: 'rock', confidence },
  });

  it('says in words what was kept, and of the surest apart', () => {
    const many = [
      ...Array.from({ length: 480 }, (_, i) => judged(0.9, i < 471)),
      ...Array.from({ length: 20 }, () => judged(0.4, false)),
    ];
    const words = reliabilityWords(plainReliability(many));
    expect(words).toContain('Of 500 genres that you decided on, you kept 471 (94%).');
    expect(words).toContain('Of 480 decided at 80% sure or over, 471 were kept.');
  });

  it('promises nothing of a few decisions', () => {
    const few = Array.from({ length: 19 }, () => judged(0.9, true));
    expect(reliabilityWords(plainReliability(few))).toMatch(
      /^You have accepted or changed 19 so far\. That is too few/,
    );
    expect(reliabilityWords(plainReliability([]))).toMatch(/not yet/);
  });

  it('draws a dot at the mean confidence and share kept of each bin that has decisions', () => {
    const some = plainReliability([judged(0.85, true), judged(0.87, false), judged(0.31, true)]);
    const { shapes, width } = reliabilityPicture(some);
    const dots = shapes.flatMap((shape) => (shape.kind === 'dot' ? [shape] : []));
    const ticks = shapes.flatMap((shape) => (shape.kind === 'line' && shape.dash ? [shape] : []))[0]!;
    const at = (confidence: number, share: number) => ({
      x: ticks.x1 + confidence * (ticks.x2 - ticks.x1),
      y: ticks.y1 + share * (ticks.y2 - ticks.y1),
    });
    expect(width).toBeGreaterThan(ticks.x2);
    expect(dots).toHaveLength(2);
    for (const [dot, place] of [
      [dots[0]!, at(0.31, 1)],
      [dots[1]!, at(0.86, 0.5)],
    ] as const) {
      expect(dot.x).toBeCloseTo(place.x, 6);
      expect(dot.y).toBeCloseTo(place.y, 6);
    }
  });

  it('has intervals as the literature gives them', () => {
    // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const known = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [hits, trials, low, high] of known) {
      const interval = wilsonInterval(hits, trials);
      expect(interval[0]).toBeCloseTo(low, 4);
      expect(interval[1]).toBeCloseTo(high, 4);
    }
  });
});

describe('a change of model', () => {
  const change = (trackId: number, from: string, to: string): ModelDiff['tracks'][number] => ({
    trackId,
    path: `/music/${trackId}`,
    former: 'base@0.3.0',
    genre: { from: { top: from, confidence: 0.5 }, to: { top: to, confidence: 0.6 } },
    mood: null,
  });
  const diff: ModelDiff = {
    model: 'base@0.4.0',
    compared: 9,
    changed: 4,
    tracks: [
      change(1, 'rock', 'metal'),
      change(2, 'Rock', 'metal'),
      change(3, 'pop', 'rock'),
      { ...change(4, 'pop', 'rock'), genre: null },
    ],
  };

  it('is a matrix of former and present genres, each spelling of one under the same', () => {
    const { rows, columns, counts } = changesMatrix(diff);
    expect(rows.map(({ name }) => name)).toEqual(['Pop', 'Rock']);
    expect(columns.map(({ name }) => name)).toEqual(['Metal', 'Rock']);
    expect(counts).toEqual([
      [0, 1],
      [2, 0],
    ]);
  });

  it('leads to the tracks of a cell, a row or a column', () => {
    expect(changedTracks(diff, { row: 'genre:rock', column: 'genre:metal' })).toEqual([1, 2]);
    expect(changedTracks(diff, { row: null, column: 'genre:rock' })).toEqual([3]);
    expect(changedTracks(diff, { row: null, column: null })).toEqual([1, 2, 3]);
  });
});
