import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearch } from '#shared/domain/search/parse';
import { EXAMPLES, SEARCH_FIELDS } from '#shared/domain/search/search';

/** A search in one line: clauses by `&`, terms by `|`. */
const shown = (text: string): string =>
  parseSearch(text)
    .clauses.map((clause) => clause.map(({ not, test }) => `${not ? '-' : ''}${testShown(test)}`).join(' | '))
    .join(' & ');

function testShown(test: ReturnType<typeof parseSearch>['clauses'][number][number]['test']): string {
  switch (test.kind) {
    case 'words':
      return test.text;
    case 'text':
      return `${test.field}:${test.text}`;
    case 'label':
      return `${test.field}:${test.label}`;
    case 'state':
      return `state:${test.state}`;
    case 'share':
    case 'number': {
      const { from, fromOpen, to, toOpen } = test.interval;
      const name = test.kind === 'share' ? `share ${test.label}` : test.field;
      const ends = [fromOpen ? '(' : '[', Number(from?.toFixed(4) ?? -Infinity), Number(to?.toFixed(4) ?? Infinity)];
      return `${name} ${ends.join(' ')} ${toOpen ? ')' : ']'}`;
    }
  }
}

describe('a search', () => {
  it.each([
    ['', ''],
    ['Blue  Train', 'blue & train'],
    ['"Blue Train"', 'blue train'],
    ['Élan -live', 'elan & -live'],
    ['artist:"Daft Punk" year:1990..1999', 'artist:daft punk & year [ 1990 1999 ]'],
    ['GENRE:"Hip Hop" or heard:rock -mood:Q3', 'genre:hiphop | heard:rock & -mood:sad'],
    ['a or b or c d', 'a | b | c & d'],
    ['a "or" b -or', 'a & or & b & -or'],
    ['share:metal>0.3', 'share metal ( 0.3 Infinity ]'],
    ['share:"hip hop" <= 30%', 'share hiphop [ -Infinity 0.3 ]'],
    ['share:rock=0.5', 'share rock [ 0.45 0.55 )'],
    ['confidence<0.6 valence>-0.5', 'confidence [ -Infinity 0.6 ) & valence ( -0.5 Infinity ]'],
    ['confidence < 60% foo', 'confidence [ -Infinity 0.6 ) & foo'],
    ['duration>10:00 duration:<=1:02:03', 'duration ( 600 Infinity ] & duration [ -Infinity 3723 ]'],
    ['year:1990 year:..1980 year:2000..', 'year [ 1989.5 1990.5 ) & year [ -Infinity 1980 ] & year [ 2000 Infinity ]'],
    ['state:unreviewed', 'state:unreviewed'],
    ['a<b 12:30 love > hate - x', 'a<b & 12:30 & love & > & hate & - & x'],
    ['artist:"Daft Pu', 'artist:daft pu'],
    ['-"a b" -artist:x', '-a b & -artist:x'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
    expect(parseSearch(text).problems).toEqual([]);
  });

  it.each([
    ['share:metal', 'share:metal', 'share needs a label and a comparison, for example share:metal>0.3.'],
    ['x share:>0.3', 'share:>0.3', 'share needs a label and a comparison, for example share:metal>0.3.'],
    ['share:metal>3', 'share:metal>3', 'lies between 0 and 1, such as 0.3 or 30%'],
    ['share>0.3', 'share>0.3', 'share needs a label'],
    ['artist: x', 'artist:', 'artist needs a value, for example artist:queen.'],
    ['artist=x', 'artist=x', 'artist takes a colon'],
    ['genre:"???"', 'genre:"???"', 'genre needs a value'],
    ['year:', 'year:', 'year needs a number, for example year:1990..1999.'],
    ['year:1999..1990', 'year:1999..1990', 'it is written as in year:1990..1999'],
    ['year:nineties', 'year:nineties', 'is a year'],
    ['confidence<60', 'confidence<60', '30%'],
    ['duration>10:99', 'duration>10:99', '10:00'],
    ['state:ready', 'state:ready', 'unreviewed, decided, written, skipped, failed, new'],
    ['tempo:120', 'tempo:120', 'There is no field tempo. There are artist, album'],
    ['or a', 'or', 'or stands between two terms'],
    ['a or', 'or', 'or stands between two terms'],
    ['a or or b', 'or', 'or stands between two terms'],
  ])('says what is wrong with %s, where, and what to do', (text, place, message) => {
    const { problems } = parseSearch(text);
    expect(problems.map(({ from, to }) => text.slice(from, to))).toEqual([place]);
    expect(problems[0]?.message).toContain(message);
  });

  it('leaves out what it can’t read and keeps the rest', () => {
    expect(shown('rock share:metal live')).toBe('rock & live');
    expect(shown('rock or share:metal live')).toBe('rock & live');
    expect(shown('or rock or')).toBe('rock');
    expect(shown('a or or b')).toBe('a & b');
  });

  it('reads the example of every field', () => {
    for (const field of SEARCH_FIELDS) {
      const { clauses, problems } = parseSearch(EXAMPLES[field]);
      expect({ field, terms: clauses.length, problems }).toEqual({ field, terms: 1, problems: [] });
    }
  });

  it('never throws, and names places that are in the text', () => {
    const bits = fc.constantFrom('"', ':', '<', '>=', '-', ' ', 'or', 'share', 'artist', 'year', '..', '0.3', '%', 'é');
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(bits).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const { clauses, problems } = parseSearch(typed);
        for (const clause of clauses) expect(clause.length).toBeGreaterThan(0);
        for (const { from, to, message } of problems) {
          expect(from >= 0 && from < to && to <= typed.length).toBe(true);
          expect(message).toMatch(/\.$/);
        }
      }),
    );
  });
});
