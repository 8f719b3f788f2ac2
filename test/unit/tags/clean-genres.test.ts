import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGenres } from '#shared/domain/genres/graph';
import { cleanGenres, type Cleaning } from '../../../src/main/core/tags/clean-genres';

const OWN = 'Rap = hip-hop\nLiedermacher < Singer-Songwriter = barde\n! seen live, Disco';
const NONE: Cleaning = { keep: [], drop: [] };
const graphs = new Map([OWN, `${OWN}\n@only Rock, Electronic, Jazz *`].map((text) => [text, readGenres(text).graph]));
const graph = graphs.get(OWN)!;
const clean = (values: readonly string[], cleaning: Partial<Cleaning> = {}) =>
  cleanGenres(graph, values, { ...NONE, ...cleaning });

describe('cleaning genres', () => {
  test.each([
    ['spellings and aliases', ['hiphop', 'BARDE', 'drum & bass'], ['Rap', 'Liedermacher', 'Drum and Bass']],
    ['several in one', ['Rock/Pop; Indie'], ['Rock', 'Pop', 'Indie']],
    ['several, of which some are to be ignored', ['Rock, seen live|disco'], ['Rock']],
    ['one with a separator in its name', ['Pop/Rock', 'Hip-Hop/Rap'], ['Pop Rock', 'Rap']],
    ['what may be a name', ['AC/DC', 'Rock, My Own', '  Zeuhl '], ['AC/DC', 'Rock, My Own', 'Zeuhl']],
    ['ID3v1 numbers', ['(17)', '17', '(4)Eurodisco', '(255)'], ['Rock', 'Eurodisco']],
    ['repeated ones', ['rock', 'Rock', 'Rock Music', 'rock;ROCK'], ['Rock']],
    ['none', [], []],
    ['a separator alone', [';'], []],
  ])('%s', (_, values, cleaned) => {
    expect(clean(values)).toEqual(cleaned);
  });

  test('splits everywhere if asked, but not within a genre’s name', () => {
    expect(clean(['My Own / Pop/Rock ,x', 'AC/DC'], { splitAll: true })).toEqual([
      'My Own',
      'Pop',
      'Rock',
      'x',
      'AC',
      'DC',
    ]);
    expect(clean(['My Own; Pop/Rock'], { splitAll: true })).toEqual(['My Own', 'Pop Rock']);
  });

  test('minds what stays and what goes', () => {
    expect(clean(['hiphop', 'Other', 'Rock/Other'], { keep: ['Hip-Hop'], drop: ['other'] })).toEqual([
      'hiphop',
      'Rock/Other',
    ]);
    expect(clean(['rock; metal'], { drop: ['Heavy Metal'] })).toEqual(['Rock']);
  });

  test('rolls up to what may be written', () => {
    const strict = graphs.get(`${OWN}\n@only Rock, Electronic, Jazz *`)!;
    expect(cleanGenres(strict, ['Deep House', 'Hard Rock/Bebop', 'Polka', 'My Own'], NONE)).toEqual([
      'Electronic',
      'Rock',
      'Bebop',
    ]);
  });

  test('twice is once, and gives no genre twice', () => {
    const words = [
      'rock',
      'Pop',
      'hiphop',
      'seen live',
      'Zeuhl',
      'Deep House',
      '(17)',
      '17',
      'RX',
      'x',
      '((',
      'Jazz-Funk',
    ];
    const value = fc
      .array(fc.constantFrom(...words, ';', '/', ', ', '|', ' ', '(4)'), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(value), fc.boolean(), fc.constantFrom(...graphs.keys()), (values, splitAll, text) => {
        const own = graphs.get(text)!;
        const cleaning = { keep: ['Zeuhl'], drop: ['x'], splitAll };
        const once = cleanGenres(own, values, cleaning);
        expect(cleanGenres(own, once, cleaning)).toEqual(once);
        for (const name of once) expect(own.isIgnored(name)).toBe(false);
      }),
    );
  });
});
