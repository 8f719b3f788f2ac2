import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COLUMN_KEYS,
  knownColumns,
  layoutOf,
  moved,
  usualColumns,
  widened,
  withColumn,
} from '../../../src/renderer/features/library/columns';
import { groupLayout } from '../../../src/renderer/features/library/groups';
import { selectMany, selectOne } from '../../../src/renderer/features/library/selection';

describe('groups in a list', () => {
  it('lie as heads followed by their tracks', () => {
    const layout = groupLayout([2, 1, 3], 6);
    const lines = Array.from({ length: layout.lines }, (_, line) => layout.at(line));
    expect(lines).toEqual([
      { head: 0 },
      { track: 0 },
      { track: 1 },
      { head: 1 },
      { track: 2 },
      { head: 2 },
      { track: 3 },
      { track: 4 },
      { track: 5 },
    ]);
    expect(layout.tracksOf(2)).toEqual({ from: 3, to: 6 });
  });

  it('find each track on its line and in its group, whatever their sizes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 }), (counts) => {
        const tracks = counts.reduce((sum, count) => sum + count, 0);
        const layout = groupLayout(counts, tracks);
        expect(layout.lines).toBe(tracks + counts.length);
        for (let track = 0; track < tracks; track++) {
          expect(layout.at(layout.lineOf(track))).toEqual({ track });
          const { from, to } = layout.tracksOf(layout.groupOf(track));
          expect(from <= track && track < to).toBe(true);
        }
      }),
    );
  });

  it('are none in a plain list', () => {
    const layout = groupLayout([], 3);
    expect([layout.lines, layout.at(2), layout.lineOf(2), layout.groupOf(2)]).toEqual([3, { track: 2 }, 2, -1]);
  });

  it('are selected, added, and taken out again', () => {
    const one = selectOne(9, 4);
    expect([...selectMany(one, [1, 2], 0, false).ids]).toEqual([1, 2]);
    const both = selectMany(one, [1, 2], 0, true);
    expect([...both.ids]).toEqual([9, 1, 2]);
    expect([...selectMany(both, [1, 2], 0, true).ids]).toEqual([9]);
    expect(selectMany(one, [], 0, true)).toBe(one);
  });
});

describe('columns', () => {
  it('come, go and move, and the last one stays', () => {
    const with15 = COLUMN_KEYS.reduce((columns, key) => withColumn(columns, key, true), usualColumns);
    expect([...with15.shown].sort()).toEqual([...COLUMN_KEYS].sort());
    const one = COLUMN_KEYS.reduce((columns, key) => withColumn(columns, key, false), with15);
    expect(one.shown).toHaveLength(1);
    expect(moved(usualColumns, 'album', -1).shown.slice(0, 3)).toEqual(['title', 'album', 'artist']);
    expect(moved(usualColumns, 'title', -1)).toBe(usualColumns);
    expect(moved(usualColumns, 'state', 1)).toBe(usualColumns);
  });

  it('are as wide as asked for, within what can be read', () => {
    expect(widened(usualColumns, 'artist', 200.4).widths).toEqual({ artist: 200 });
    expect(widened(usualColumns, 'artist', 1).widths).toEqual({ artist: 64 });
    expect(widened(widened(usualColumns, 'artist', 200), 'artist', null).widths).toEqual({});
    const { template, least } = layoutOf({ shown: ['artist', 'year', 'title'], widths: { artist: 200 } });
    expect(template).toBe('200px 44px minmax(88px, 1.7fr)');
    expect(least).toBe(200 + 44 + 88 + 2 * 12 + 24);
  });

  it('that another version knew are left out', () => {
    expect(knownColumns({ shown: ['title', 'tempo' as 'year'], widths: {} }).shown).toEqual(['title']);
    expect(knownColumns({ shown: [], widths: {} })).toEqual(usualColumns);
  });
});
