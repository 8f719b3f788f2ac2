import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completingAt, fieldsLike, quoted, withCompletion } from '#shared/domain/search/complete';
import { parseSearch } from '#shared/domain/search/parse';

/** `|` is the caret. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  return { text, completing: completingAt(text, caret) };
}

describe('what is being typed', () => {
  it.each([
    ['|', null, ''],
    ['art|', null, 'art'],
    ['queen -ge|', null, 'ge'],
    ['queen |', null, ''],
    ['artist:|', 'artist', ''],
    ['artist:"Daft P|', 'artist', 'Daft P'],
    ['x genre:ro| y', 'genre', 'ro'],
    ['share:me|', 'share', 'me'],
    ['state:un|', 'state', 'un'],
    ['art|ist:queen', null, 'artist'],
    ['year:|', 'year', ''],
  ])('%s', (marked, field, typed) => {
    expect(at(marked).completing).toMatchObject({ field, typed });
  });

  it.each(['"quoted wor|', 'share:metal>|', 'share:metal>0.|', 'year>19|', 'nofield:x|'])(
    'is nothing to suggest for: %s',
    (marked) => {
      expect(at(marked).completing).toBeNull();
    },
  );

  it('names the fields that begin so', () => {
    expect(fieldsLike('a')).toEqual(['artist', 'album', 'arousal']);
    expect(fieldsLike('GE')).toEqual(['genre']);
    expect(fieldsLike('nothing')).toEqual([]);
  });

  it('gives way to a suggestion', () => {
    const { text, completing } = at('live genre:ro| -mood:sad');
    expect(withCompletion(text, completing!, quoted('Hard Rock'))).toEqual({
      text: 'live genre:"Hard Rock" -mood:sad',
      caret: 22,
    });
  });

  it('any value chosen is read back as one term without a problem', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        const { clauses, problems } = parseSearch(`artist:${quoted(value)} x`);
        if (problems.length > 0) expect(problems[0]?.message).toContain('needs a value');
        expect(clauses.length).toBe(2 - problems.length);
      }),
    );
  });
});
