import { describe, expect, it } from 'vitest';
import type { FieldDiff } from '#shared/domain/tags';
import { changeTo, fieldsBack, sameText } from '../../../src/main/core/tags/fields-back';

const diff = (field: string, before: string[], after: string[]): FieldDiff => ({ field, names: [], before, after });
const back = (writes: FieldDiff[][], file: Record<string, string[]>) => {
  const { back, left } = fieldsBack(writes, (field) => {
    const values = file[field] ?? [];
    return { values, holds: (wanted) => wanted.join() === values.join() };
  });
  return { back: Object.fromEntries(back), left };
};

describe('taking writes back field by field', () => {
  it('puts back what still holds what was written and leaves the rest', () => {
    expect(
      back([[diff('genre', ['Jazz'], ['Rock']), diff('mood', [], ['Happy'])]], { genre: ['Rock'], mood: ['Sad'] }),
    ).toEqual({ back: { genre: ['Jazz'] }, left: [{ field: 'mood', wrote: ['Happy'], now: ['Sad'] }] });
  });

  it('has nothing to say of a field that is as before already', () => {
    expect(back([[diff('genre', ['Jazz'], ['Rock'])]], { genre: ['Jazz'] })).toEqual({ back: {}, left: [] });
  });

  it('goes through several writes, as far as they follow from one another', () => {
    const writes = [
      [diff('genre', ['Rock'], ['Pop'])],
      [diff('genre', ['Jazz'], ['Rock']), diff('mood', [], ['Calm'])],
    ];
    expect(back(writes, { genre: ['Pop'], mood: ['Calm'] })).toEqual({ back: { genre: ['Jazz'], mood: [] }, left: [] });
    const broken = [[diff('genre', ['Schlager'], ['Pop'])], [diff('genre', ['Jazz'], ['Rock'])]];
    expect(back(broken, { genre: ['Pop'] })).toEqual({
      back: { genre: ['Schlager'] },
      left: [{ field: 'genre', wrote: ['Rock'], now: ['Schlager'] }],
    });
  });

  it('knows values again that are parted otherwise', () => {
    expect(sameText(['Rock', 'Jazz'], ['Rock; Jazz'])).toBe(true);
    expect(sameText(['Rock/Jazz'], ['Rock', 'Jazz'])).toBe(true);
    expect(sameText(['Rock'], ['Rock', 'Jazz'])).toBe(false);
    expect(sameText(['rock'], ['Rock'])).toBe(false);
    const writes = [[diff('genre', ['Rock', 'Jazz'], ['Pop'])], [diff('genre', [], ['Rock; Jazz'])]];
    expect(back(writes, { genre: ['Pop'] })).toEqual({ back: { genre: [] }, left: [] });
  });

  it('becomes a change of the fields by their own names', () => {
    const fields = new Map([
      ['genre', ['Jazz']],
      ['mood', []],
      ['comment', ['c']],
      ['MY_FIELD', ['v']],
    ]);
    expect(changeTo(fields)).toEqual({
      mode: 'replace',
      genres: ['Jazz'],
      moods: [],
      comment: ['c'],
      custom: { MY_FIELD: ['v'] },
    });
    expect(changeTo(new Map([['grouping', ['g']]]))).toEqual({ mode: 'replace', grouping: ['g'] });
  });
});
