import { describe, expect, test } from 'vitest';
import { broadGenreOf } from '#shared/domain/genres/of-label';
import { contentOfLabel, genreOfLabel } from '#shared/domain/vocabulary';
import { deriveProbabilities, derivedTasks } from '../../../src/main/core/aggregate/derived';

describe('what a label of another vocabulary stands for', () => {
  test.each([
    ['Hip hop music', 'hip-hop'],
    ['Hip-Hop', 'hip-hop'],
    ['Heavy metal', 'metal'],
    ['heavy metal', 'metal'],
    ['Pop music', 'pop'],
    ['Rock music', 'rock'],
    ['classic rock', 'rock'],
    ['Rhythm and blues', 'r&b'],
    ['rnb', 'r&b'],
    ['Classical music', 'classical'],
    ['House music', 'electronic'],
    ['House', 'electronic'],
    ['Blues', 'blues'],
    ['Disco', 'disco'],
    ['Country', 'country'],
  ])('%s: the genre %s', (label, genre) => {
    expect(genreOfLabel(label)).toBe(genre);
    expect(broadGenreOf(label)).toBe(genre);
    expect(contentOfLabel(label)).toBeNull();
  });

  test.each(['female vocalists', 'Speech', 'Music', '80s', 'sad', 'guitar', 'Silence', 'Musical instrument', ''])(
    '%s: no genre',
    (label) => {
      expect(broadGenreOf(label)).toBeNull();
    },
  );

  test.each([
    ['hip hop', 'hip-hop'],
    ['Electronica', 'electronic'],
    ['rnb', 'r&b'],
    ['Bebop', 'jazz'],
    ['Goa Trance', 'electronic'],
    ['dnb', 'electronic'],
    ['Bluegrass music', 'country'],
    ['Jazz-Funk', 'jazz'],
    ['Polka', 'folk'],
    ['Thrash', 'metal'],
    ['Film score', null],
    ['Noise', null],
  ])('%s: by the built-in genres %s', (label, genre) => {
    expect(broadGenreOf(label)).toBe(genre);
  });

  test('music, speech and other sounds', () => {
    expect(['Music', 'Speech', 'Silence', 'Bird', 'Guitar'].map(contentOfLabel)).toEqual([
      'music',
      'speech',
      'other',
      'other',
      null,
    ]);
  });
});

describe('a task derived from a vocabulary', () => {
  const labels = ['Music', 'Rock music', 'classic rock', 'Jazz', 'Speech', 'Guitar'];

  test('gathers labels of one meaning and leaves out what has none', () => {
    expect(derivedTasks({ labels })).toEqual({
      genre: { labels: ['jazz', 'rock'], members: [[3], [1, 2]] },
      content: { labels: ['music', 'speech'], members: [[0], [4]] },
    });
  });

  test('the manifest’s map goes before the names: another genre, none, or content', () => {
    const { genre, content } = derivedTasks({
      labels,
      labelMap: { 'classic rock': 'oldies', Music: null, Guitar: 'pop' },
    });
    expect(genre).toEqual({ labels: ['jazz', 'oldies', 'pop', 'rock'], members: [[3], [2], [5], [1]] });
    expect(content).toBeNull();
  });

  test('takes a pack’s odd labels by what stands above them', () => {
    const odd = ['hip hop', 'Electronica', 'rnb', 'Bebop', 'Goa Trance', 'female vocalists', 'Speech', 'Music'];
    expect(derivedTasks({ labels: odd })).toEqual({
      genre: { labels: ['electronic', 'hip-hop', 'jazz', 'r&b'], members: [[1, 4], [0], [3], [2]] },
      content: { labels: ['music', 'speech'], members: [[7], [6]] },
    });
  });

  test('is not there where the labels name no two genres', () => {
    expect(derivedTasks({ labels: ['rock', 'sad', '80s'] })).toEqual({ genre: null, content: null });
  });

  const task = { labels: ['jazz', 'rock'], members: [[0], [1, 2]] };

  test('takes the largest score of each label’s members; over 1 in all they share it', () => {
    const [jazz, rock] = deriveProbabilities(Float64Array.of(0.5, 0.2, 0.75), task);
    expect(jazz).toBeCloseTo(0.4);
    expect(rock).toBeCloseTo(0.6);
  });

  test('a window in which nothing is heard says nothing', () => {
    expect([...deriveProbabilities(Float64Array.of(0, 0, 0), task)]).toEqual([0.5, 0.5]);
    const [jazz, rock] = deriveProbabilities(Float64Array.of(0.01, 0.05, 0), task);
    expect(jazz! + rock!).toBeCloseTo(1);
    expect(rock!).toBeCloseTo(0.52);
  });
});
