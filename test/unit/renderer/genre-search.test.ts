import { expect, test } from 'vitest';
import { builtInGenreGraph } from '#shared/domain/genres/graph';
import { genreSearch } from '../../../src/renderer/features/genres/genre-search';

const { genres } = builtInGenreGraph();
const find = genreSearch(genres);
const names = genres.map(({ name }) => name);

test('finds genres by their beginning, then by what they hold, then by another spelling', () => {
  expect(find(names, 'DnB')).toEqual(['Drum and Bass']);
  const found = find(names, 'jazz');
  expect(found[0]).toMatch(/^Jazz/);
  expect(found.findIndex((name) => !name.startsWith('Jazz'))).toBeGreaterThan(2);
  expect(found).toContain('Smooth Jazz');
  expect(find(names, 'nothing like that')).toEqual([]);
});

test('offers everything in its order before anything is typed, and knows options that are no genres', () => {
  expect(find(['B', 'A'], ' ')).toEqual(['B', 'A']);
  expect(find(['My Own', 'Other'], 'myo')).toEqual(['My Own']);
});
