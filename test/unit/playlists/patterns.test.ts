import { describe, expect, it } from 'vitest';
import { matchesPattern, readPattern } from '#shared/domain/playlists/safe-pattern';
import { describeProblem, problemsOf } from '#shared/domain/playlists/problems';
import type { Rule } from '#shared/domain/playlists/playlist';
import { withinTime } from '../../../src/main/backend/playlists/within-time';

const problem = (source: string): string => {
  const read = readPattern(source);
  return 'problem' in read ? read.problem : '';
};

describe('patterns of rules', () => {
  it('find what they say, in any case and spelling of accents', () => {
    const found = (source: string, text: string): boolean => {
      const read = readPattern(source);
      return 'pattern' in read && matchesPattern(read.pattern, text);
    };
    expect(found('^live', 'LIVE at Leeds')).toBe(true);
    expect(found('café', 'CAFE\u0301')).toBe(true);
    expect(found('cafe$', 'café')).toBe(false);
    expect(found('\\(\\d{4} remaster(ed)?\\)', 'Song (2009 Remastered)')).toBe(true);
  });

  it.each(['(a+)+', '(a|b)*c', '(?:x*)*', '((ab)+c)+', '([a-z]+)*!', '(a?){50}', '(a|aa){20}', '(?<n>a+)+'])(
    'refuse %s, which may take for ever, and say what to do',
    (source) => {
      expect(problem(source)).toContain('write it without');
    },
  );

  it('refuse references back, too many repetitions, what is too long and what is no expression', () => {
    expect(problem('(a)\\1')).toContain('refers back');
    expect(problem('.*a.*b.*c.*d.*')).toContain('more than 4 repetitions');
    expect(problem('x'.repeat(201))).toContain('shorten it');
    expect(problem('(')).toMatch(/^“\(” is no regular expression \(.+\); correct it/);
  });

  it.each([
    '(live)+',
    '(?:feat|ft)\\.?',
    '[(+*|]+x',
    '\\(a+\\)+',
    '(?=a)b+',
    '(ab|cd){2}',
    '^a.*b.*c$',
    '(?<!x)y*',
    'a{2,3}b?',
  ])('take %s', (source) => {
    expect(problem(source)).toBe('');
  });

  it('that run away all the same are broken off', () => {
    const slow = /(.*)(.*)(.*)(.*)(.*)!/;
    expect(withinTime(20, () => void slow.test('a'.repeat(400)))).toBe(false);
    let done = 0;
    expect(withinTime(60_000, () => done++)).toBe(true);
    expect(done).toBe(1);
    expect(() =>
      withinTime(60_000, () => {
        throw new RangeError('mine');
      }),
    ).toThrow(RangeError);
  });
});

describe('problems of rules', () => {
  const problems = (rule: Rule): string[] => problemsOf({ rule }).map(describeProblem);

  it('name the place and the remedy', () => {
    expect(
      problems({
        all: [
          { field: 'title', op: 'is', value: 'x' },
          {
            any: [
              { field: 'title', op: 'matches', value: '(' },
              { field: 'state', op: 'is', value: 'gone' },
            ],
          },
          { field: 'tag', op: 'is', value: 'x' },
          { field: 'year', op: 'between', from: 1999, to: 1990 },
        ],
      }).map((sentence) => sentence.replace(/\(.*\);/, ';')),
    ).toEqual([
      'Condition 2.1: “; correct it, or choose “contains”.',
      'Condition 2.2: “gone” is no state of a track; choose one of new, analysed, decided, written, skipped, failed.',
      'Condition 3: It names no tag; write which one, such as COMPOSER.',
      'Condition 4: It ends before it begins; swap its two values.',
    ]);
    expect(problems({ field: 'state', op: 'is', value: 'Decided' })).toEqual([]);
  });

  it('are what is too deep and too long', () => {
    let deep: Rule = { field: 'title', op: 'present' };
    for (let n = 0; n < 21; n++) deep = { all: [deep] };
    expect(problems(deep)).toEqual([expect.stringContaining('take some of them apart')]);
    expect(problems({ any: Array.from({ length: 501 }, () => ({ field: 'title', op: 'present' }) as const) })).toEqual([
      expect.stringContaining('make two playlists'),
    ]);
  });
});
