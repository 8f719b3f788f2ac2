import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/shared/domain/failure';
import type { TagChange } from '../../../src/shared/domain/tags';
import { checkChange, mergeValues } from '../../../src/main/core/tags/change';
import { escapeGenreV23, id3v1GenreByte, id3v1GenreName, resolveGenre } from '../../../src/main/core/tags/genres';
import { invertSplices, orderSplices, splicedSize, trimSplice } from '../../../src/main/core/tags/splices';

describe('genre names', () => {
  it.each([
    ['Rock', ['Rock']],
    ['17', ['Rock']],
    ['(17)', ['Rock']],
    ['(17)Rock', ['Rock']],
    ['(18)Techno', ['Techno']],
    ['(51)(39)Weird Genre', ['Techno-Industrial', 'Noise', 'Weird Genre']],
    ['(4)Eurodisco', ['Disco', 'Eurodisco']],
    ['(RX)', ['Remix']],
    ['CR', ['Cover']],
    ['((I think)', ['(I think)']],
    ['(55)((I think...)', ['Dream', '(I think...)']],
    ['(255)', []],
    ['255', []],
    ['(250)', ['(250)']],
    ['1990', ['1990']],
    ['(foo)', ['(foo)']],
    ['  Jazz ', ['Jazz']],
    ['', []],
  ])('%s stands for %j', (text, names) => {
    expect(resolveGenre(text)).toEqual(names);
  });

  it('finds ID3v1 numbers by the exact name, case aside, and 255 for the rest', () => {
    expect(id3v1GenreByte('rock')).toBe(17);
    expect(id3v1GenreByte('Hip-Hop')).toBe(7);
    expect(id3v1GenreByte('Post-Rock')).toBe(176);
    expect(id3v1GenreByte('Math Rocks')).toBe(255);
    expect(id3v1GenreByte(undefined)).toBe(255);
    expect(id3v1GenreName(191)).toBe('Psybient');
    expect(id3v1GenreName(255)).toBeNull();
  });

  it('keeps a leading parenthesis from being a reference', () => {
    expect(resolveGenre(escapeGenreV23('(17) Rock'))).toEqual(['(17) Rock']);
    expect(resolveGenre(escapeGenreV23('Rock'))).toEqual(['Rock']);
  });
});

describe('a change', () => {
  const change = (rest: Partial<TagChange>): TagChange => ({ mode: 'replace', ...rest });
  const codeOf = (rest: Partial<TagChange>): string => {
    try {
      checkChange(change(rest));
      return 'accepted';
    } catch (error) {
      return error instanceof CodedError ? error.code : 'bug';
    }
  };

  it('is cleaned of blanks, empty and repeated values, and tells absent from empty', () => {
    const wanted = checkChange(change({ genres: [' Rock ', '', 'Rock', 'Pop'] }));
    expect(wanted.genre).toEqual(['Rock', 'Pop']);
    expect(wanted.mood).toBeNull();
    expect(checkChange(change({ moods: [] })).mood).toEqual([]);
  });

  it.each([
    [{ genres: ['a\0b'] }],
    [{ genres: ['line\nbreak'] }],
    [{ genres: ['\ud800'] }],
    [{ moods: ['x'.repeat(10_001)] }],
    [{ custom: { 'a=b': ['x'] } }],
    [{ custom: { '': ['x'] } }],
    [{ custom: { genre: ['x'] } }],
    [{ custom: { Title: ['x'] } }],
    [{ custom: { ONE: ['x'], one: ['y'] } }],
    [{ custom: { Ärger: ['x'] } }],
  ])('refuses %j', (rest) => {
    expect(codeOf(rest)).toBe('invalid-input');
  });

  it('accepts emoji, accents and separators within values', () => {
    expect(
      codeOf({ genres: ['Pop/Rock', 'Chanson française', '🎸'], custom: { GENREGRAM_GENRES: ['rock:0.6;metal:0.2'] } }),
    ).toBe('accepted');
  });

  it('replaces, adds what is not there in another spelling, and fills only what is empty', () => {
    expect(mergeValues('replace', ['Jazz'], ['Rock'])).toEqual(['Rock']);
    expect(mergeValues('replace', ['Jazz'], [])).toEqual([]);
    expect(mergeValues('add', ['Hip Hop'], ['hip-hop', 'Rock'])).toEqual(['Hip Hop', 'Rock']);
    expect(mergeValues('add', ['音楽'], ['演歌'])).toEqual(['音楽', '演歌']);
    expect(mergeValues('add', ['!!!'], ['???'])).toEqual(['!!!', '???']);
    expect(mergeValues('fill', ['Jazz'], ['Rock'])).toEqual(['Jazz']);
    expect(mergeValues('fill', [], ['Rock'])).toEqual(['Rock']);
  });
});

describe('splices', () => {
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  const splice = (offset: number, removed: string, insert: string) => ({
    offset,
    remove: removed.length,
    removed: text(removed),
    insert: text(insert),
  });

  it('are trimmed to what differs', () => {
    expect(trimSplice(splice(10, 'abcXdef', 'abcYYdef'))).toEqual(splice(13, 'X', 'YY'));
    expect(trimSplice(splice(10, 'same', 'same'))).toBeNull();
    expect(trimSplice(splice(0, 'aa', 'aaa'))).toEqual(splice(2, '', 'a'));
  });

  it('are ordered and joined where they touch', () => {
    expect(orderSplices([splice(8, 'x', ''), splice(2, 'ab', 'c'), splice(4, '', 'd')], 10)).toEqual([
      splice(2, 'ab', 'cd'),
      splice(8, 'x', ''),
    ]);
  });

  it('that overlap or leave the file are a bug', () => {
    expect(() => orderSplices([splice(0, 'abc', ''), splice(2, 'c', '')], 10)).toThrow('overlap');
    expect(() => orderSplices([splice(9, 'ab', '')], 10)).toThrow('leave');
  });

  it('turn round', () => {
    const forward = [splice(2, 'ab', 'wxyz'), splice(7, 'c', '')];
    expect(splicedSize(10, forward)).toBe(11);
    expect(invertSplices(forward)).toEqual([
      { offset: 2, remove: 4, insert: text('ab') },
      { offset: 9, remove: 0, insert: text('c') },
    ]);
  });
});
