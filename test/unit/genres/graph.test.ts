import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseGenres } from '#shared/domain/genres/genre-file';
import { builtInGenreGraph, foldsOfOwn, readGenres, writtenGenre } from '#shared/domain/genres/graph';

const made = readGenres;

describe('a file of genres', () => {
  test('names, parents, other spellings, remarks', () => {
    const { file, problems } = parseGenres(
      '# mine\nBlaze Rock < Rock, Blues = blaze, BR  # new\r\n\n! seen live, mine\n- Polka',
    );
    expect(problems).toEqual([]);
    expect(file).toEqual({
      genres: [{ name: 'Blaze Rock', parents: ['Rock', 'Blues'], aliases: ['blaze', 'BR'], line: 2 }],
      ignored: ['seen live', 'mine'],
      removed: ['Polka'],
      overrides: [],
      only: [],
    });
  });

  test.each([
    ['< Rock', 1, /genre is missing/],
    ['Rock, Pop < Music', 1, /one genre/],
    [`a\n${'x'.repeat(201)}`, 2, /200 characters/],
  ])('says what is wrong with %j', (text, line, message) => {
    const { problems } = parseGenres(text);
    expect(problems).toEqual([{ line, message: expect.stringMatching(message) as string }]);
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aB <=,#!@-\n\r é') }), (text) => {
        const { graph } = made(text);
        for (const { name } of graph.genres.slice(-5)) expect(graph.ancestors(name)).not.toContain(name);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the graph', () => {
  test('finds a genre however it is spelt', () => {
    const graph = builtInGenreGraph();
    for (const label of ['drum and bass', 'Drum & Bass', 'DNB', "drum'n'bass", 'D&B'])
      expect(graph.find(label)?.name).toBe('Drum and Bass');
    expect(graph.find('no such thing')).toBeNull();
  });

  test('knows several parents and everything above', () => {
    const graph = builtInGenreGraph();
    expect(graph.find('Jazz-Funk')?.parents).toEqual(['Jazz', 'Funk']);
    expect(graph.ancestors('Delta Blues')).toEqual(['Acoustic Blues', 'Blues']);
    expect(graph.isWithin('deep house', 'electronic')).toBe(true);
    expect(graph.isWithin('electronic', 'deep house')).toBe(false);
    expect(graph.isWithin('My Genre', 'my genre')).toBe(true);
    expect(graph.isWithin('My Genre', 'rock')).toBe(false);
  });

  test('takes one’s own name for a genre, which keeps its kinds and spellings', () => {
    const { graph, problems } = made('Rap = hip-hop');
    expect(problems).toEqual([]);
    expect(graph.find('Hip Hop')?.name).toBe('Rap');
    expect(graph.ancestors('Boom Bap')).toEqual(['East Coast Hip-Hop', 'Rap']);
    expect(graph.genres.filter(({ name }) => name === 'Hip-Hop')).toEqual([]);
  });

  test('adds, moves and removes', () => {
    const { graph, problems } = made('Blaze < Polka, My Branch\nMetal < Rock\n- House');
    expect(problems).toEqual([]);
    expect(graph.ancestors('Blaze')).toEqual(['Polka', 'My Branch', 'Folk']);
    expect(graph.find('My Branch')?.parents).toEqual([]);
    expect(graph.isWithin('Thrash Metal', 'Rock')).toBe(true);
    expect(graph.find('House')).toBeNull();
    expect(graph.ancestors('Deep House')).toEqual(['Electronic']);
  });

  test('tells of what can’t be, and goes on without', () => {
    expect(made('Rock < Hard Rock').problems).toEqual([
      { line: 1, message: expect.stringContaining('can’t be a kind of') as string },
    ]);
    expect(made('Rock\nrock < Pop').problems).toEqual([
      { line: 2, message: expect.stringContaining('has a line already') as string },
    ]);
    expect(made('Beat = rock\nStein = Rock Music').problems).toEqual([
      { line: 2, message: expect.stringContaining('shares a spelling') as string },
    ]);
    expect(made('- Nothing').problems).toEqual([
      { line: 0, message: expect.stringContaining('no genre here') as string },
    ]);
  });

  test('keeps what is ignored, and writes a model’s labels as the collector does', () => {
    const { graph } = made('! Disco\nRap = hip-hop');
    expect(graph.isIgnored('DISCO')).toBe(true);
    expect(graph.isIgnored('Rock')).toBe(false);
    expect(['disco', 'hip-hop', 'r&b', 'some-thing'].map((label) => writtenGenre(graph, label))).toEqual([
      null,
      'Rap',
      'R&B',
      'Some-Thing',
    ]);
  });

  test('a track’s own genres are all that stands above them, and what models call these', () => {
    const { graph } = made('Klassik = classical\nBarockmusik < Baroque');
    expect(foldsOfOwn(graph, ['Barockmusik'])).toEqual(['barockmusik', 'baroque', 'klassik', 'classical']);
    expect(foldsOfOwn(builtInGenreGraph(), ['Hard Rock', 'My Own', 'DNB'])).toEqual([
      'hardrock',
      'rock',
      'myown',
      'dnb',
      'drumandbass',
      'electronic',
    ]);
    expect(foldsOfOwn(graph, [])).toEqual([]);
  });
});
