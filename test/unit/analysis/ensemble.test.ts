import { describe, expect, test } from 'vitest';
import type { TrackAnalysis, WindowTask } from '#shared/domain/analysis';
import { mergeProviders } from '../../../src/main/analysis/ensemble-providers';
import { joinWindows, type Heard } from '../../../src/main/core/ensemble/join';
import { isMismatch, matchLabels } from '../../../src/main/core/ensemble/labels';
import { windowTasks } from '../../../src/main/core/ensemble/tasks';
import { ensembleFrontEnd, joinTracks, membersKey, type Ensemble } from '../../../src/main/core/ensemble/track';
import { fakeResult } from '../../builders/fake-analysis';

type Rows = Partial<Record<WindowTask, { labels: string[]; rows: number[][] }>>;

const heard = (tasks: Rows, weight = 1, startsSec = [0, 3], windowSec = 3): Heard => ({
  weight,
  startsSec,
  windowSec,
  windowValues: Object.fromEntries(
    Object.entries(tasks).map(([task, { labels, rows }]) => [task, { labels, data: Float32Array.from(rows.flat()) }]),
  ),
});
const GENRES = ['rock', 'jazz'];
const genre = (...rows: number[][]): Rows => ({ genre: { labels: GENRES, rows } });
const joined = (rows: readonly Float64Array[] | null): number[][] | null =>
  rows && rows.map((row) => [...row].map((value) => Math.round(value * 1000) / 1000));

describe('windows of several models', () => {
  const one = heard(genre([0.9, 0.1], [0.6, 0.4]));
  const two = heard(genre([0.1, 0.9], [0.4, 0.6]), 3);

  test('mean: by weight', () => {
    expect(joined(joinWindows('genre', GENRES, 'mean', [one, two]))).toEqual([
      [0.3, 0.7],
      [0.45, 0.55],
    ]);
  });

  test('vote: each window gives its whole weight to its top label, the first of equals', () => {
    const even = heard(genre([0.5, 0.5], [0.5, 0.5]), 2);
    expect(joined(joinWindows('genre', GENRES, 'vote', [one, two, even]))).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    expect(joined(joinWindows('genre', GENRES, 'vote', [two, one]))).toEqual([
      [0.25, 0.75],
      [0.25, 0.75],
    ]);
  });

  test('labels are put in the ensemble’s order; several under one add up, of independent scores the largest counts', () => {
    const other = heard({
      genre: {
        labels: ['Bebop', 'ROCK', 'Jazz'],
        rows: [
          [0.2, 0.5, 0.3],
          [0, 1, 0],
        ],
      },
    });
    expect(joined(joinWindows('genre', GENRES, 'mean', [other]))).toEqual([
      [0.5, 0.5],
      [1, 0],
    ]);
    const wide = heard({
      'genre-wide': {
        labels: ['rock', 'Rock', 'jazz'],
        rows: [
          [0.7, 0.6, 0.2],
          [0, 0.1, 1],
        ],
      },
    });
    expect(joined(joinWindows('genre-wide', GENRES, 'vote', [wide]))).toEqual([
      [0.7, 0.2],
      [0.1, 1],
    ]);
  });

  test('on another grid the window counts whose middle is nearest', () => {
    const long = heard(genre([1, 0], [0, 1]), 1, [0, 10], 10);
    const grid = heard(genre([0, 1], [0, 1], [0, 1], [0, 1]), 1, [0, 6, 9, 27], 3);
    expect(joined(joinWindows('genre', GENRES, 'mean', [grid, long]))).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
      [0, 1],
      [0, 1],
    ]);
    const unordered = heard(genre([0, 1], [1, 0]), 1, [10, 0], 10);
    expect(joined(joinWindows('genre', GENRES, 'mean', [grid, unordered]))).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
      [0, 1],
      [0, 1],
    ]);
  });

  test('who lacks a task has no say in it; without anybody there is none', () => {
    const withMood = heard(
      {
        mood: {
          labels: ['happy', 'sad'],
          rows: [
            [0.8, 0.2],
            [0.3, 0.7],
          ],
        },
      },
      5,
    );
    expect(joined(joinWindows('mood', ['happy', 'sad'], 'mean', [one, withMood]))).toEqual([
      [0.8, 0.2],
      [0.3, 0.7],
    ]);
    expect(joinWindows('content', ['music'], 'mean', [one, withMood])).toBeNull();
  });

  test('embeddings are the first’s, places on the plane are averaged under votes, too', () => {
    const embedding = (...rows: number[][]): Rows => ({ embedding: { labels: [], rows } });
    const rows = joinWindows('embedding', [], 'mean', [
      one,
      heard(embedding([1, 2], [3, 4])),
      heard(embedding([9], [9])),
    ]);
    expect(joined(rows)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const affect = (v: number): Heard =>
      heard({
        'valence-arousal': {
          labels: ['valence', 'arousal'],
          rows: [
            [v, 0],
            [v, 1],
          ],
        },
      });
    expect(joined(joinWindows('valence-arousal', ['valence', 'arousal'], 'vote', [affect(1), affect(-0.5)]))).toEqual([
      [0.25, 0],
      [0.25, 1],
    ]);
  });
});

describe('labels', () => {
  test('that stand for nothing of the other are named, on both sides', () => {
    const match = matchLabels('genre', ['rock', 'jazz', 'polka'], ['Rock', 'Goa Trance', 'Jazz']);
    expect(match).toEqual({ strangers: ['Goa Trance'], missing: ['polka'] });
    expect(isMismatch(match)).toBe(true);
    expect(matchLabels('mood', ['happy', 'sad'], ['Q3', 'Q1'])).toEqual([[1], [0]]);
  });

  test('of a task without an output of its own are those that are derived', () => {
    const tasks = windowTasks([{ task: 'genre-wide', labels: ['Bebop', 'House', 'Speech', 'Music'] }]);
    expect(tasks.get('genre')).toEqual(['electronic', 'jazz']);
    expect(tasks.get('content')).toEqual(['music', 'speech']);
    expect(windowTasks([{ task: 'genre', labels: ['rock'] }]).has('content')).toBe(false);
  });
});

describe('a track', () => {
  const calibration = { temperature: 1, trackTemperature: 1, abstainBelow: 0 };
  const ensemble = (abstainBelow = 0): Ensemble => ({
    id: 'both',
    version: '1.2.3',
    rule: 'mean',
    members: [
      { id: 'one', version: '1.0.0', weight: 1 },
      { id: 'two', version: '2.0.0', weight: 3 },
    ],
    outputs: [
      { task: 'genre', labels: GENRES, calibration: { ...calibration, abstainBelow } },
      { task: 'content', labels: ['music', 'speech'], calibration },
    ],
  });
  const track = (tasks: Rows, model: string): TrackAnalysis => ({
    ...fakeResult(Buffer.from([1]), model, `${model}-fe`),
    windowValues: heard(tasks).windowValues!,
    warnings: ['cut off', model],
  });
  const music = {
    content: {
      labels: ['speech', 'music'],
      rows: [
        [0, 1],
        [1, 0],
      ],
    },
  };
  const all = [
    track({ ...genre([0.9, 0.1], [0, 1]), ...music }, 'one@1.0.0'),
    track(genre([0.5, 0.5], [0, 1]), 'two@2.0.0'),
  ];

  test('is judged of the joined windows: those without music don’t count, the calibration is the ensemble’s', () => {
    const result = joinTracks(ensemble(), all);
    expect(result).toMatchObject({
      model: 'both@1.2.3',
      windows: 2,
      mood: null,
      provider: 'cpu',
      warnings: ['cut off', 'one@1.0.0', 'two@2.0.0'],
    });
    expect(result.genre!.top).toBe('rock');
    expect(result.genre!.confidence).toBeCloseTo(0.25 * 0.9 + 0.75 * 0.5, 6);
    expect(result.genre!.abstained).toBe(false);
    expect(joinTracks(ensemble(0.7), all).genre).toMatchObject({ abstained: true, abstainReason: 'unsure' });
    expect(result.ms.total).toBe(12);
    expect('windowValues' in result).toBe(false);
  });

  test('of members that tell moods alone has a mood and no genre', () => {
    const labels = ['happy', 'sad'];
    const moods = (...rows: number[][]): Rows => ({ mood: { labels, rows } });
    const outputs = [{ task: 'mood' as const, labels, calibration }];
    const members = [track(moods([1, 0], [0, 1]), 'one@1.0.0'), track(moods([0, 1], [0, 1]), 'two@2.0.0')];
    const result = joinTracks({ ...ensemble(), outputs }, members);
    expect(result).toMatchObject({ genre: null, perWindow: { genre: null }, mood: { top: 'sad' } });
    expect(result.mood!.confidence).toBeCloseTo((0.75 + 1) / 2, 6);
    expect(result.perWindow.mood!.data).toHaveLength(4);
  });

  test('has a front-end version that changes with a member, a weight, the rule and a member’s front end', () => {
    const version = (patch: Partial<Ensemble> = {}, ends = ['a', 'b']): string =>
      ensembleFrontEnd({ ...ensemble(), ...patch }, ends);
    const [one, two] = ensemble().members as [Ensemble['members'][number], Ensemble['members'][number]];
    const versions = [
      version(),
      version({ members: [one, { ...two, version: '2.0.1' }] }),
      version({ members: [one, { ...two, weight: 2 }] }),
      version({ rule: 'vote' }),
      version({}, ['a', 'c']),
    ];
    expect(new Set(versions).size).toBe(versions.length);
    expect(joinTracks(ensemble(), all).frontEnd).toBe(version({}, ['one@1.0.0-fe', 'two@2.0.0-fe']));
    expect(versions.map((each) => each.startsWith(membersKey(ensemble())))).toEqual([true, false, false, false, true]);
  });

  test('whose labels fit no more is an error and no result', () => {
    expect(() =>
      joinTracks(
        ensemble(),
        all.map((each) => ({ ...each, windowValues: {} })),
      ),
    ).toThrow(/task genre/);
  });
});

test('what providers are to an ensemble: one that fails a member fails it, and each member has its say', () => {
  const cpu = (state: 'in-use' | 'works', detail: string) => ({ name: 'cpu', state, detail }) as const;
  const gpu = (state: 'failed' | 'in-use', detail: string) => ({ name: 'webgpu', state, detail }) as const;
  expect(
    mergeProviders([
      { id: 'one', providers: [gpu('in-use', 'fast'), cpu('works', '9 windows/s')] },
      { id: 'two', providers: [gpu('failed', 'no'), cpu('in-use', '7 windows/s')] },
    ]),
  ).toEqual([
    { name: 'webgpu', state: 'failed', detail: 'one: fast; two: no' },
    { name: 'cpu', state: 'in-use', detail: 'one: 9 windows/s; two: 7 windows/s' },
  ]);
});
