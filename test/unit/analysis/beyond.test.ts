import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Verdict, WideGenre } from '#shared/domain/analysis';
import { builtInGenreGraph } from '#shared/domain/genres/graph';
import { withWide } from '../../../src/main/core/aggregate/beyond';
import { TrackAggregator, type TaskOutput } from '../../../src/main/core/aggregate/track';
import { repositoryRoot } from '../../builders/requirements';

const verdict = (top: string, more: Partial<Verdict> = {}): Verdict => ({
  top,
  confidence: 0.9,
  abstained: false,
  abstainReason: null,
  histogram: [top, ...['classical', 'rock', 'jazz'].filter((label) => label !== top)].map((label, i) => ({
    label,
    share: 0.6 / (i + 1),
    votes: 1,
  })),
  ...more,
});
/** Named from .5; strongest first, as a model's are. */
const wide = (scores: Record<string, number>): WideGenre[] =>
  Object.entries(scores).map(([label, score]) => ({ label, score, threshold: 0.5, votes: 1 }));
const rather = (top: string, scores: Record<string, number>): string | null => {
  const said = withWide(verdict(top), wide(scores));
  expect(said.abstained).toBe(said.abstainReason === 'other-genre');
  return said.rather ?? null;
};

describe('a genre verdict in the light of the wide genres', () => {
  test('names nothing where another genre than any of its own is heard', () => {
    expect(rather('classical', { ambient: 0.8, 'new age': 0.6, classical: 0.4 })).toBe('ambient');
    expect(withWide(verdict('classical'), wide({ ambient: 0.8 }))).toEqual({
      ...verdict('classical'),
      abstained: true,
      abstainReason: 'other-genre',
      rather: 'ambient',
    });
  });

  test('stands where it, or a kind of it, is heard as well', () => {
    expect(rather('classical', { ambient: 0.8, classical: 0.5 })).toBeNull();
    expect(rather('rock', { funk: 0.8, 'hard rock': 0.6 })).toBeNull();
  });

  test('stands where the strongest is one of its labels, or nothing is named', () => {
    expect(rather('classical', { jazz: 0.8, folk: 0.7 })).toBeNull();
    expect(rather('classical', { swing: 0.8, folk: 0.7 })).toBeNull();
    expect(rather('classical', { folk: 0.49 })).toBeNull();
    expect(withWide(verdict('classical'), null)).toEqual(verdict('classical'));
  });

  test('is not moved by labels that are no genre here', () => {
    expect(rather('classical', { 'Electronic---Glork': 0.9 })).toBeNull();
    expect(rather('classical', { 'Electronic---Glork': 0.9, soul: 0.6 })).toBe('soul');
    const pack = verdict('Pop/Rock');
    expect(withWide(pack, wide({ 'hard rock': 0.9 }))).toEqual(pack);
  });

  test('says what is heard also where it was not sure, but not of what is no music, nor of what it was derived from', () => {
    const unsure = verdict('rock', { abstained: true, abstainReason: 'unsure' });
    expect(withWide(unsure, wide({ soul: 0.9 }))).toMatchObject({ abstainReason: 'other-genre', rather: 'soul' });
    for (const more of [{ abstained: true, abstainReason: 'not-music' as const }, { derived: true }])
      expect(withWide(verdict('rock', more), wide({ soul: 0.9 }))).toEqual(verdict('rock', more));
  });

  test('is so in what a model says of a track', () => {
    const output = (task: TaskOutput['task'], labels: string[], activation: TaskOutput['activation']): TaskOutput => ({
      ...{ name: task, task, labels, activation, size: labels.length },
      calibration: { temperature: 1, trackTemperature: 1, abstainBelow: 0 },
    });
    const outputs = [
      output('genre', ['classical', 'rock'], 'softmax'),
      output('genre-wide', ['ambient', 'rock'], 'sigmoid'),
      output('content', ['music', 'speech', 'other'], 'softmax'),
    ];
    const said = (scores: number[], content = [1, 0, 0]) => {
      const track = new TrackAggregator(outputs);
      track.add(0, { genre: [0.9, 0.1], 'genre-wide': scores, content });
      return track.finish().genre;
    };
    expect(said([0.9, 0.1])).toMatchObject({ top: 'classical', abstainReason: 'other-genre', rather: 'ambient' });
    expect(said([0.4, 0.1])).toMatchObject({ top: 'classical', abstainReason: null });
    expect(said([0.9, 0.1], [0, 1, 0])).toMatchObject({ abstainReason: 'not-music' });
    expect(said([0.9, 0.1], [0, 1, 0])).not.toHaveProperty('rather');
  });

  test('knows every wide genre of the base model', () => {
    const { outputs } = JSON.parse(readFileSync(join(repositoryRoot, 'models/base/model.json'), 'utf8')) as {
      outputs: { task: string; labels: string[] }[];
    };
    const { labels } = outputs.find(({ task }) => task === 'genre-wide')!;
    expect(labels.filter((label) => builtInGenreGraph().find(label) === null)).toEqual([]);
  });
});
