import { describe, expect, test } from 'vitest';
import { isNamed } from '#shared/domain/analysis';
import { AffectAggregator } from '../../../src/main/core/aggregate/affect';
import { isMusicWindow } from '../../../src/main/core/aggregate/content';
import { EmbeddingAggregator } from '../../../src/main/core/aggregate/embedding';
import { toBounded, toScores } from '../../../src/main/core/aggregate/probabilities';
import { TrackAggregator, usedOutputs, type TaskOutput } from '../../../src/main/core/aggregate/track';
import { WideAggregator } from '../../../src/main/core/aggregate/wide';

const calibration = { temperature: 1, trackTemperature: 1, abstainBelow: 0 };
const output = (
  task: TaskOutput['task'],
  labels: string[],
  activation: TaskOutput['activation'],
  more: Partial<TaskOutput['calibration']> = {},
): TaskOutput => ({
  name: task,
  task,
  labels,
  activation,
  size: labels.length || 2,
  calibration: { ...calibration, ...more },
});

const GENRE = output('genre', ['rock', 'jazz'], 'softmax', { abstainBelow: 0.6 });
const MOOD = output('mood', ['happy', 'sad'], 'softmax');
const WIDE = output('genre-wide', ['folk', 'ska'], 'sigmoid', { thresholds: [0.8, 0.2] });
const AFFECT = output('valence-arousal', ['valence', 'arousal'], 'none');
const CONTENT = output('content', ['music', 'speech', 'other'], 'softmax', { abstainBelow: 0.5 });
const EMBEDDING = output('embedding', [], 'none');

const MUSIC = [0.9, 0.05, 0.05];
const SPEECH = [0.1, 0.9, 0];
type Row = Partial<Record<TaskOutput['task'], number[]>>;
const window = (row: Row = {}): Record<string, number[]> => ({
  genre: [0.7, 0.3],
  mood: [0.6, 0.4],
  'genre-wide': [0.5, 0.5],
  'valence-arousal': [0, 0],
  content: MUSIC,
  embedding: [1, 0],
  ...row,
});

function heard(outputs: TaskOutput[], rows: Row[]) {
  const aggregator = new TrackAggregator(outputs);
  for (const [i, row] of rows.entries()) expect(aggregator.add(i, window(row))).toBe(true);
  return aggregator.finish();
}

describe('what a model says of a track', () => {
  test('a model with genre alone says nothing else', () => {
    const findings = heard([GENRE], [{}]);
    expect(findings.genre!.top).toBe('rock');
    expect(findings).toMatchObject({ mood: null, content: null, wide: null, affect: null, embedding: null });
    expect(findings.perWindow.mood).toBeNull();
  });

  test('a model of moods says nothing of the genre, in the windows either', () => {
    const findings = heard([MOOD, CONTENT], [{ content: SPEECH }, { content: SPEECH }]);
    expect(findings).toMatchObject({ genre: null, wide: null, perWindow: { genre: null } });
    expect(findings.mood).toMatchObject({ top: 'happy', abstained: true, abstainReason: 'not-music' });
    expect(findings.perWindow.mood!.data).toHaveLength(4);
  });

  test('a wide vocabulary that names no genres gives none', () => {
    const findings = heard([MOOD, output('genre-wide', ['loud', 'live'], 'sigmoid')], [{}]);
    expect(findings).toMatchObject({ genre: null, mood: { top: 'happy' } });
    expect(findings.wide).toHaveLength(2);
  });

  test('of several outputs of one task the first is used', () => {
    const second = { ...GENRE, name: 'other-genre' };
    expect(usedOutputs([GENRE, second, MOOD])).toEqual([GENRE, MOOD]);
    expect(heard([GENRE, second], [{}]).genre!.top).toBe('rock');
  });

  test('a value that is no number in any output is found', () => {
    for (const task of ['genre', 'mood', 'genre-wide', 'valence-arousal', 'content', 'embedding'] as const) {
      const aggregator = new TrackAggregator([GENRE, MOOD, WIDE, AFFECT, CONTENT, EMBEDDING]);
      expect(aggregator.add(0, window({ [task]: [0.5, Number.NaN, 0] }))).toBe(false);
    }
  });
});

describe('windows that are no music', () => {
  test('are those that the content output gives less than half to music', () => {
    const labels = ['speech', 'music'];
    expect(isMusicWindow(labels, Float64Array.of(0.5, 0.5))).toBe(true);
    expect(isMusicWindow(labels, Float64Array.of(0.51, 0.49))).toBe(false);
  });

  test('do not count for anything but the content where there is music', () => {
    const talk = {
      content: SPEECH,
      genre: [0, 1],
      mood: [0, 1],
      'genre-wide': [1, 1],
      'valence-arousal': [1, 1],
      embedding: [0, 1],
    };
    const song = {
      'genre-wide': [0.7, 0.1],
      'valence-arousal': [-0.5, 0.5],
    };
    const findings = heard([GENRE, MOOD, WIDE, AFFECT, CONTENT, EMBEDDING], [talk, song, song, song]);
    expect(findings.genre!.histogram).toEqual([
      { label: 'rock', share: expect.closeTo(0.7, 12) as number, votes: 3 },
      { label: 'jazz', share: expect.closeTo(0.3, 12) as number, votes: 0 },
    ]);
    expect(findings.genre).toMatchObject({ abstained: false, abstainReason: null });
    expect(findings.mood!.histogram[0]!.share).toBeCloseTo(0.6, 12);
    expect(findings.wide!.find(({ label }) => label === 'folk')!.score).toBeCloseTo(0.7, 12);
    expect(findings.affect!.valence).toBeCloseTo(-0.5, 12);
    expect(findings.affect!.valenceSpread).toBeCloseTo(0, 7);
    expect([...findings.embedding!]).toEqual([1, 0]);
    expect(findings.content!.histogram.map(({ label, votes }) => [label, votes])).toEqual([
      ['music', 3],
      ['speech', 1],
      ['other', 0],
    ]);
    // The timeline still shows every window.
    expect([...findings.perWindow.genre!.data.subarray(0, 2)]).toEqual([0, 255]);
  });

  test('count where there are no others, and then nothing is named', () => {
    const { genre, mood, content, wide } = heard(
      [GENRE, MOOD, WIDE, CONTENT],
      [{ content: SPEECH }, { content: SPEECH }],
    );
    expect(content).toMatchObject({ top: 'speech', abstained: false });
    expect(genre).toMatchObject({ top: 'rock', abstained: true, abstainReason: 'not-music' });
    expect(mood).toMatchObject({ abstained: true, abstainReason: 'not-music' });
    expect(genre!.histogram[0]!.votes).toBe(2);
    expect(wide).toHaveLength(2);
  });

  test('settle nothing where the content verdict is itself unsure', () => {
    const torn = [0.4, 0.45, 0.15];
    const { genre, content } = heard([GENRE, CONTENT], [{ content: torn }]);
    expect(content).toMatchObject({ top: 'speech', abstained: true, abstainReason: 'unsure' });
    expect(genre).toMatchObject({ abstained: false, abstainReason: null });
  });

  test('are named as the reason before unsureness', () => {
    const { genre } = heard([GENRE, CONTENT], [{ content: SPEECH, genre: [0.55, 0.45] }]);
    expect(genre!.abstainReason).toBe('not-music');
    expect(heard([GENRE, CONTENT], [{ genre: [0.55, 0.45] }]).genre!.abstainReason).toBe('unsure');
  });
});

describe('wide genres', () => {
  test('are named where the mean reaches the label’s own threshold, and sorted by how far', () => {
    const aggregator = new WideAggregator(['folk', 'ska', 'dub'], [0.8, 0.2, 0.5]);
    aggregator.add(Float64Array.of(0.9, 0.3, 0.5), true);
    aggregator.add(Float64Array.of(0.5, 0.15, 0.5), true);
    const wide = aggregator.finish();
    expect(wide.map(({ label, votes }) => [label, votes])).toEqual([
      ['ska', 1],
      ['dub', 2],
      ['folk', 1],
    ]);
    expect(wide.map(({ score }) => Number(score.toFixed(9)))).toEqual([0.225, 0.5, 0.7]);
    expect(wide.map(isNamed)).toEqual([true, true, false]);
  });

  test('have the threshold one half where the manifest has none', () => {
    const aggregator = new WideAggregator(['folk'], undefined);
    aggregator.add(Float64Array.of(0.4), true);
    expect(aggregator.finish()).toEqual([{ label: 'folk', score: 0.4, threshold: 0.5, votes: 0 }]);
  });

  test('come from independent sigmoids, which the temperature softens', () => {
    const scores = toScores([2, -2, 0], 'logits-sigmoid', 2)!;
    expect([...scores]).toEqual([1 / (1 + Math.exp(-1)), 1 / (1 + Math.exp(1)), 0.5]);
    toScores([...toScores([2, -2, 0], 'logits-sigmoid', 1)!], 'sigmoid', 2)!.forEach((p, i) =>
      expect(p).toBeCloseTo(scores[i]!, 12),
    );
    // A graph's sigmoid may leave 0..1 by a rounding.
    expect([...toScores([1.0000001, -0.0000001], 'sigmoid', 1)!]).toEqual([1, 0]);
    expect(toScores([Number.NaN], 'sigmoid', 1)).toBeNull();
  });
});

describe('valence and arousal', () => {
  test('are the mean over windows, with the standard deviation', () => {
    const aggregator = new AffectAggregator();
    for (const place of [
      [0.2, -1],
      [0.4, -0.5],
      [0.9, 0],
    ])
      aggregator.add(Float64Array.from(place), true);
    const affect = aggregator.finish();
    expect(affect.valence).toBeCloseTo(0.5, 12);
    expect(affect.arousal).toBeCloseTo(-0.5, 12);
    // numpy.std of each column.
    expect(affect.valenceSpread).toBeCloseTo(0.29439202887759486, 12);
    expect(affect.arousalSpread).toBeCloseTo(0.408248290463863, 12);
  });

  test('are held within -1 and 1', () => {
    expect([...toBounded([-3, 0.25], -1, 1)!]).toEqual([-1, 0.25]);
    expect(toBounded([Infinity, 0], -1, 1)).toBeNull();
  });
});

describe('the embedding', () => {
  test('is the mean of the windows’ directions, of length 1, whatever their lengths', () => {
    const aggregator = new EmbeddingAggregator(2);
    aggregator.add(Float64Array.of(100, 0), true);
    aggregator.add(Float64Array.of(0, 0.01), true);
    const [x, y] = aggregator.finish()!;
    expect(x).toBeCloseTo(Math.SQRT1_2, 6);
    expect(y).toBeCloseTo(Math.SQRT1_2, 6);
  });

  test('is null where nothing points anywhere', () => {
    const aggregator = new EmbeddingAggregator(2);
    aggregator.add(Float64Array.of(0, 0), true);
    expect(aggregator.finish()).toBeNull();
    aggregator.add(Float64Array.of(1, 0), true);
    aggregator.add(Float64Array.of(-1, 0), true);
    expect(aggregator.finish()).toBeNull();
  });
});
