import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUILT_IN_GENRES } from '#shared/domain/genres/built-in';
import { parseGenres } from '#shared/domain/genres/genre-file';
import { builtInGenreGraph, createGenreGraph } from '#shared/domain/genres/graph';
import { CLASSIC_GENRES, foldLabel } from '#shared/domain/vocabulary';
import { repositoryRoot } from '../../builders/requirements';

const { file, problems } = parseGenres(BUILT_IN_GENRES);

describe('the built-in genres', () => {
  test('can be read, and are a few hundred', () => {
    expect(problems).toEqual([]);
    expect(createGenreGraph().problems).toEqual([]);
    expect(file.genres.length).toBeGreaterThan(400);
  });

  test('each has one line, and every parent is one of them', () => {
    const folds = file.genres.map(({ name }) => foldLabel(name));
    expect(folds.filter((fold, i) => folds.indexOf(fold) !== i)).toEqual([]);
    const orphans = file.genres.flatMap(({ name, parents }) =>
      parents.filter((parent) => !folds.includes(foldLabel(parent))).map((parent) => `${name} < ${parent}`),
    );
    expect(orphans).toEqual([]);
  });

  test('no spelling stands for two', () => {
    const owners = new Map<string, Set<string>>();
    for (const { name, aliases } of file.genres)
      for (const label of [name, ...aliases])
        owners.set(foldLabel(label), (owners.get(foldLabel(label)) ?? new Set()).add(name));
    expect(
      [...owners].filter(([, names]) => names.size > 1).map(([fold, names]) => `${fold}: ${[...names].join(', ')}`),
    ).toEqual([]);
  });

  test('none is above itself, and all lead to a broad one', () => {
    const graph = builtInGenreGraph();
    for (const { name, parents } of graph.genres) {
      const above = graph.ancestors(name);
      expect(above).not.toContain(name);
      if (parents.length > 0) expect(above.some((ancestor) => graph.find(ancestor)?.parents.length === 0)).toBe(true);
    }
  });

  test('no parent is named twice, or stands above another parent', () => {
    const graph = builtInGenreGraph();
    const odd = file.genres.flatMap(({ name, parents }) =>
      parents
        .filter((parent, i) => parents.some((other, j) => i !== j && graph.isWithin(other, parent)))
        .map((parent) => `${name} < ${parent}`),
    );
    expect(odd).toEqual([]);
  });

  test('each is found by its name and by every alias, spelt in any way', () => {
    const graph = builtInGenreGraph();
    for (const { name, aliases } of file.genres)
      for (const label of [name, ...aliases]) expect(graph.find(` ${label.toUpperCase()} `)?.name).toBe(name);
  });

  test('no classic genre is a kind of another', () => {
    const graph = builtInGenreGraph();
    for (const label of CLASSIC_GENRES)
      for (const other of CLASSIC_GENRES) expect(graph.isWithin(label, other)).toBe(label === other);
  });

  test('whatever the shipped model says is among them', () => {
    const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'models/base/model.json'), 'utf8')) as {
      outputs: { task: string; labels?: string[] }[];
    };
    const labels = manifest.outputs
      .filter(({ task }) => task.startsWith('genre'))
      .flatMap((output) => output.labels ?? []);
    expect(labels.length).toBeGreaterThan(30);
    expect(labels.filter((label) => !builtInGenreGraph().find(label))).toEqual([]);
  });
});
