import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TrackAggregator, type TaskOutput, type TrackFindings } from '../../../src/main/core/aggregate/track';

const calibration = { temperature: 1, trackTemperature: 0.8, abstainBelow: 0.4 };
const output = (task: TaskOutput['task'], labels: string[], activation: TaskOutput['activation']): TaskOutput => ({
  name: task,
  task,
  labels,
  activation,
  size: labels.length || 3,
  calibration,
});
const GENRE = output('genre', ['rock', 'jazz', 'pop'], 'logits-softmax');
const MOOD = output('mood', ['happy', 'sad'], 'logits-softmax');
const REST = [
  output('genre-wide', ['folk', 'ska', 'dub', 'house'], 'logits-sigmoid'),
  output('valence-arousal', ['valence', 'arousal'], 'none'),
  output('embedding', [], 'none'),
];
const CONTENT = output('content', ['music', 'speech', 'other'], 'logits-softmax');

const values = (count: number) =>
  fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: count, maxLength: count });
const row = fc.record(
  Object.fromEntries([GENRE, MOOD, CONTENT, ...REST].map(({ task, size }) => [task, values(size)])),
);
const rows = fc.array(row, { minLength: 1, maxLength: 12 });
type Row = Record<string, number[]>;

function heard(outputs: readonly TaskOutput[], track: readonly Row[], order = track.map((_, i) => i)): TrackFindings {
  const aggregator = new TrackAggregator(outputs);
  for (const i of order) expect(aggregator.add(i, track[i]!)).toBe(true);
  return aggregator.finish();
}

const talk = (one: Row): Row => ({ ...one, content: [-9, 9, 0] });
const song = (one: Row): Row => ({ ...one, content: [9, -9, 0] });
/** Equal but for the order of additions. */
const rounded = (findings: TrackFindings): unknown =>
  JSON.parse(
    JSON.stringify(findings, (_, value: unknown) =>
      typeof value === 'number' ? Math.fround(value).toFixed(5) : value,
    ),
  );

describe('what is said of any track', () => {
  test('keeps within its ranges', () => {
    fc.assert(
      fc.property(rows, (track) => {
        const { wide, affect, embedding, content } = heard([GENRE, CONTENT, ...REST], track);
        for (const { score, votes } of wide!) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(votes).toBeLessThanOrEqual(track.length);
        }
        const ratios = wide!.map(({ score, threshold }) => score / threshold);
        expect(ratios).toEqual([...ratios].sort((a, b) => b - a));
        for (const value of [affect!.valence, affect!.arousal]) expect(Math.abs(value)).toBeLessThanOrEqual(1);
        for (const spread of [affect!.valenceSpread, affect!.arousalSpread]) {
          expect(spread).toBeGreaterThanOrEqual(0);
          expect(spread).toBeLessThanOrEqual(1 + 1e-9);
        }
        if (embedding) expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
        expect(content!.histogram.reduce((sum, { votes }) => sum + votes, 0)).toBe(track.length);
      }),
    );
  });

  test('does not depend on the order in which windows come', () => {
    const shuffled = rows.chain((track) =>
      fc.tuple(fc.constant(track), fc.shuffledSubarray([...track.keys()], { minLength: track.length })),
    );
    fc.assert(
      fc.property(shuffled, ([track, order]) => {
        const outputs = [GENRE, MOOD, CONTENT, ...REST.slice(0, 2)];
        const [one, other] = [heard(outputs, track), heard(outputs, track, order)];
        expect(other.affect!.valence).toBeCloseTo(one.affect!.valence, 9);
        expect(other.genre!.confidence).toBeCloseTo(one.genre!.confidence, 9);
        expect(other.perWindow).toEqual(one.perWindow);
      }),
    );
  });

  test('is of the music alone: added speech changes nothing but the content', () => {
    fc.assert(
      fc.property(rows, rows, (music, speech) => {
        const outputs = [GENRE, MOOD, CONTENT, ...REST];
        const songs = music.map(song);
        const before = heard(outputs, songs);
        const after = heard(outputs, [...songs, ...speech.map(talk)]);
        const said = ({ genre, mood, wide, affect, embedding }: TrackFindings) => ({
          genre: genre!.histogram,
          mood: mood!.histogram,
          wide,
          affect,
          embedding: embedding && [...embedding],
        });
        expect(said(after)).toEqual(said(before));
      }),
    );
  });

  test('without a content output is what it is where all is music', () => {
    fc.assert(
      fc.property(rows, (track) => {
        const songs = track.map(song);
        const without = heard([GENRE, MOOD, ...REST], songs);
        expect(rounded({ ...heard([GENRE, MOOD, ...REST, CONTENT], songs), content: null })).toEqual(rounded(without));
      }),
    );
  });
});
