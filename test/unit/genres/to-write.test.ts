import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Verdict, WideGenre } from '#shared/domain/analysis';
import { builtInGenreGraph, readGenres, type GenreGraph } from '#shared/domain/genres/graph';
import { rollUp } from '#shared/domain/genres/roll-up';
import {
  GENRE_ORDERS,
  GENRE_PARENTS,
  genresToWrite,
  ONE_GENRE,
  type GenreWriting,
} from '#shared/domain/genres/to-write';

const verdict = (shares: Record<string, number>, reason: Verdict['abstainReason'] = null): Verdict => {
  const bars = Object.entries(shares).map(([label, share]) => ({ label, share, votes: Math.round(share * 100) }));
  const histogram = bars.sort((a, b) => b.share - a.share);
  const { label: top = '', share: confidence = 0 } = histogram[0] ?? {};
  return { top, confidence, abstained: reason !== null, abstainReason: reason, histogram };
};
const wide = (scores: Record<string, number>): WideGenre[] =>
  Object.entries(scores).map(([label, score]) => ({ label, score, threshold: 0.4, votes: 1 }));

interface Heard {
  readonly genre: Verdict;
  readonly wide?: readonly WideGenre[];
  readonly artist?: string;
}

const graphs = new Map<string, GenreGraph>();
function graphOf(text: string): GenreGraph {
  const graph = graphs.get(text) ?? readGenres(text).graph;
  graphs.set(text, graph);
  return graph;
}

const written = (heard: Heard, settings: Partial<GenreWriting> = {}, text = '') =>
  genresToWrite({ path: '/a.mp3', artist: null, albumArtist: null, wide: null, ...heard }, graphOf(text), {
    ...ONE_GENRE,
    ...settings,
  });
const namesOf = (...given: Parameters<typeof written>) => written(...given).map(({ name }) => name);

const rock = verdict({ rock: 0.5, metal: 0.25, pop: 0.15, jazz: 0.1 });

describe('genres to write', () => {
  test('are the verdict alone, unless more are asked for', () => {
    expect(written({ genre: rock, wide: wide({ 'hard rock': 0.9 }) })).toEqual([
      { name: 'Rock', why: { kind: 'heard', share: 0.5 }, insteadOf: null },
    ]);
    expect(written({ genre: verdict({ rock: 0.3 }, 'unsure') })).toEqual([]);
    expect(namesOf({ genre: rock }, {}, 'Krach = rock')).toEqual(['Krach']);
    expect(namesOf({ genre: rock }, {}, '! rock')).toEqual([]);
  });

  test('are as many as are asked for and strong enough', () => {
    expect(namesOf({ genre: rock }, { mostGenres: 3 })).toEqual(['Rock', 'Metal']);
    expect(namesOf({ genre: rock }, { mostGenres: 3, leastShare: 0.1 })).toEqual(['Rock', 'Metal', 'Pop']);
    expect(namesOf({ genre: rock }, { mostGenres: 2, leastShare: 0 })).toEqual(['Rock', 'Metal']);
  });

  test('have the special one of the wide vocabulary beside the broad one', () => {
    const heard = { genre: rock, wide: wide({ jazz: 0.9, 'hard rock': 0.6, funk: 0.1 }) };
    expect(namesOf(heard, { mostGenres: 2, wideGenres: true })).toEqual(['Rock', 'Hard Rock']);
    expect(namesOf(heard, { mostGenres: 9, wideGenres: true })).toEqual(['Rock', 'Hard Rock', 'Jazz', 'Metal']);
    expect(namesOf(heard, { mostGenres: 9, wideGenres: true, leastShare: 0.7 })).toEqual(['Rock', 'Jazz']);
    expect(namesOf({ ...heard, genre: verdict({ rock: 0.3 }, 'unsure') }, { wideGenres: true })).toEqual(['Jazz']);
    expect(namesOf({ ...heard, genre: verdict({ rock: 0.9 }, 'not-music') }, { wideGenres: true })).toEqual([]);
    const other = { ...heard, genre: verdict({ 'hard rock': 0.5, metal: 0.4 }, 'other-genre') };
    expect(namesOf(other, { rollUpFrom: 0.3 })).toEqual([]);
    expect(namesOf(other, { rollUpFrom: 0.3, wideGenres: true })).toEqual(['Jazz']);
  });

  test('have parents and kinds as asked', () => {
    const heard = { genre: rock, wide: wide({ 'hard rock': 0.6 }) };
    const all = { mostGenres: 3, wideGenres: true } as const;
    expect(namesOf(heard, { ...all, genreParents: 'drop' })).toEqual(['Hard Rock', 'Metal']);
    expect(namesOf(heard, { wideGenres: true, genreParents: 'drop' })).toEqual(['Hard Rock']);
    const house = { genre: verdict({ 'deep house': 0.6 }) };
    expect(written(house, { genreParents: 'add' })).toEqual([
      { name: 'Deep House', why: { kind: 'heard', share: 0.6 }, insteadOf: null },
      { name: 'House', why: { kind: 'above', below: 'Deep House' }, insteadOf: null },
    ]);
    expect(namesOf(house, { genreParents: 'add' }, '! House')).toEqual(['Deep House']);
    expect(namesOf(house, { genreParents: 'add', genreOrder: 'broad-first' })).toEqual(['House', 'Deep House']);
    expect(namesOf(heard, { ...all, genreOrder: 'special-first' })).toEqual(['Hard Rock', 'Rock', 'Metal']);
  });

  test('roll weak ones up to a common parent, and say why', () => {
    const genre = verdict({ 'deep house': 0.22, 'tech house': 0.21, blues: 0.2, techno: 0.04 }, 'unsure');
    const parts = [
      { label: 'deep house', share: 0.22 },
      { label: 'tech house', share: 0.21 },
    ];
    const [house, ...more] = written({ genre }, { rollUpFrom: 0.4 });
    expect(more).toEqual([]);
    expect(house).toMatchObject({ name: 'House', why: { kind: 'together', parts } });
    expect(house?.why.kind === 'together' && house.why.share).toBeCloseTo(0.43);
    expect(namesOf({ genre }, { rollUpFrom: 0.44 })).toEqual([]);
    expect(namesOf({ genre })).toEqual([]);
    const scores = wide({ 'deep house': 0.22, 'tech house': 0.21, blues: 0.3 });
    expect(namesOf({ genre: rock, wide: scores }, { rollUpFrom: 0.4, wideGenres: true, mostGenres: 2 })).toEqual([
      'Rock',
      'House',
    ]);
    // Where one is named, what is weak beside it is no reason for another.
    expect(
      namesOf(
        { genre: rock, wide: [...scores, ...wide({ funk: 0.5 })] },
        { rollUpFrom: 0.4, wideGenres: true, mostGenres: 9, leastShare: 0.5 },
      ),
    ).toEqual(['Rock', 'Funk']);
  });

  test('mind the collector’s rules', () => {
    expect(
      written({ genre: rock, artist: 'Miles Davis' }, { mostGenres: 3 }, '@artist Miles Davis: Jazz, Fusion'),
    ).toEqual([
      { name: 'Jazz', why: { kind: 'override', of: 'artist', name: 'Miles Davis' }, insteadOf: null },
      { name: 'Jazz Fusion', why: { kind: 'override', of: 'artist', name: 'Miles Davis' }, insteadOf: null },
    ]);
    expect(namesOf({ genre: verdict({ rock: 0.2 }, 'unsure'), artist: 'M' }, {}, '@artist M: Jazz')).toEqual(['Jazz']);
    expect(namesOf({ genre: verdict({ rock: 0.2 }, 'not-music'), artist: 'M' }, {}, '@artist M: Jazz')).toEqual([]);
    expect(written({ genre: verdict({ 'hard rock': 0.7 }) }, {}, '@only Rock')).toEqual([
      { name: 'Rock', why: { kind: 'heard', share: 0.7 }, insteadOf: 'Hard Rock' },
    ]);
    expect(namesOf({ genre: rock }, { mostGenres: 3 }, '@only Metal')).toEqual(['Metal']);
  });
});

describe('laws of genres to write', () => {
  const labels = [
    'rock',
    'hard rock',
    'metal',
    'thrash metal',
    'deep house',
    'tech house',
    'house',
    'electronic',
    'jazz-funk',
    'odd one',
  ];
  const shares = fc.dictionary(fc.constantFrom(...labels), fc.double({ min: 0, max: 1, noNaN: true }), { minKeys: 1 });
  const settings = fc.record<GenreWriting>({
    mostGenres: fc.integer({ min: 1, max: 10 }),
    leastShare: fc.double({ min: 0, max: 1, noNaN: true }),
    wideGenres: fc.boolean(),
    genreParents: fc.constantFrom(...GENRE_PARENTS),
    genreOrder: fc.constantFrom(...GENRE_ORDERS),
    rollUpFrom: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  });
  const reason = fc.constantFrom<Verdict['abstainReason']>(null, null, 'unsure', 'not-music');
  const text = fc.constantFrom('', '@only Rock, House, Jazz *', '! Metal, House', 'Krach = rock\n- House');

  test('no name twice, none ignored, none off the list, no more than asked for', () => {
    fc.assert(
      fc.property(shares, shares, reason, settings, text, (bars, scores, why, asked, own) => {
        const heard = { genre: verdict(bars, why), wide: wide(scores) };
        const graph = graphOf(own);
        const found = written(heard, asked, own);
        const names = found.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        expect(names.filter((name) => graph.isIgnored(name))).toEqual([]);
        if (own.startsWith('@only'))
          for (const name of names) expect(['Rock', 'House'].includes(name) || graph.isWithin(name, 'Jazz')).toBe(true);
        expect(found.filter((each) => each.why.kind !== 'above').length).toBeLessThanOrEqual(asked.mostGenres);
        if (asked.genreParents === 'drop')
          for (const name of names)
            for (const other of names) expect(name !== other && graph.isWithin(name, other)).toBe(false);
        if (asked.genreOrder === 'broad-first')
          names.forEach((name, i) =>
            expect(names.slice(i + 1).some((later) => graph.ancestors(name).includes(later))).toBe(false),
          );
        if (why === 'not-music') expect(names).toEqual([]);
      }),
    );
  });

  test('rolling up gives the lowest genre that reaches the mark, whatever the order', () => {
    const graph = builtInGenreGraph();
    fc.assert(
      fc.property(shares, fc.double({ min: 0.01, max: 1, noNaN: true }), (bars, least) => {
        const weak = Object.entries(bars).map(([label, share]) => ({ label, share }));
        const found = rollUp(graph, weak, least);
        expect(rollUp(graph, weak.toReversed(), least)?.name).toBe(found?.name);
        const sumAt = (name: string) =>
          weak.filter((one) => one.share >= 0.05 && graph.find(one.label) && graph.isWithin(one.label, name));
        const reaches = (name: string) => {
          const parts = sumAt(name);
          return (
            parts.length > 1 &&
            Math.min(
              1,
              parts.reduce((sum, { share }) => sum + share, 0),
            ) >=
              least + 1e-9
          );
        };
        if (!found) {
          for (const { name } of graph.genres) expect(reaches(name)).toBe(false);
          return;
        }
        expect(found.parts.map(({ label }) => label).sort()).toEqual(
          sumAt(found.name)
            .map(({ label }) => label)
            .sort(),
        );
        expect(found.share).toBeGreaterThanOrEqual(least);
        for (const { name } of graph.genres)
          if (name !== found.name && graph.isWithin(name, found.name)) expect(reaches(name)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
