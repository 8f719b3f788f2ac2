import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/shared/domain/failure';
import type { TagChange, TagMode } from '../../../src/shared/domain/tags';
import { checkChange, mergeValues } from '../../../src/main/core/tags/change';
import { escapeGenreV23, id3v1GenreByte, id3v1GenreName, resolveGenre } from '../../../src/main/core/tags/genres';
import { invertSplices, orderSplices, splicedSize, trimSplice } from '../../../src/main/core/tags/splices';

const rule = (mode: TagMode, keep: string[] = [], drop: string[] = []) => ({ mode, keep, drop });

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
    expect(mergeValues(rule('replace'), 'genre', ['Jazz'], ['Rock'])).toEqual(['Rock']);
    expect(mergeValues(rule('replace'), 'genre', ['Jazz'], [])).toEqual([]);
    expect(mergeValues(rule('add'), 'genre', ['Hip Hop'], ['hip-hop', 'Rock'])).toEqual(['Hip Hop', 'Rock']);
    expect(mergeValues(rule('add'), 'genre', ['音楽'], ['演歌'])).toEqual(['音楽', '演歌']);
    expect(mergeValues(rule('add'), 'genre', ['!!!'], ['???'])).toEqual(['!!!', '???']);
    expect(mergeValues(rule('fill'), 'genre', ['Jazz'], ['Rock'])).toEqual(['Jazz']);
    expect(mergeValues(rule('fill'), 'genre', [], ['Rock'])).toEqual(['Rock']);
  });

  it('keeps and drops what the collector listed, whatever the spelling, and only of genres and moods', () => {
    const old = ['Audio Book', 'Other', 'Jazz'];
    const lists = [['audiobook'], ['other']] as const;
    const merged = (mode: TagMode, field: string, current: string[]) =>
      mergeValues(rule(mode, [...lists[0]], [...lists[1]]), field, current, ['Rock']);
    expect(merged('replace', 'genre', old)).toEqual(['Rock', 'Audio Book']);
    expect(merged('add', 'mood', old)).toEqual(['Audio Book', 'Jazz', 'Rock']);
    expect(merged('fill', 'genre', ['Other'])).toEqual(['Rock']);
    expect(merged('fill', 'genre', old)).toEqual(['Audio Book', 'Jazz']);
    expect(merged('replace', 'RATING', old)).toEqual(['Rock']);
    expect(mergeValues(rule('replace', [], ['Rock']), 'genre', [], ['Rock'])).toEqual(['Rock']);
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
