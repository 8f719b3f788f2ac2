import { describe, expect, it } from 'vitest';
import {
  emptySelection,
  locate,
  nextAfter,
  selectAll,
  selectOne,
  selectRange,
  toggleOne,
} from '../../../src/renderer/features/library/selection';

const loadedOf = (...ids: number[]) => new Map(ids.map((id, index) => [index, { id }]));

describe('the selection', () => {
  it('takes single tracks in and out', () => {
    let selection = toggleOne(selectOne(7, 0), 9, 2);
    expect([...selection.ids]).toEqual([7, 9]);
    selection = toggleOne(selection, 7, 0);
    expect([...selection.ids]).toEqual([9]);
    expect(selection.cursorId).toBe(7);
  });

  it('extends from the anchor, whichever way', () => {
    const anchored = selectOne(12, 2);
    const down = selectRange(anchored, [12, 13, 14], 14, 4);
    const up = selectRange(down, [10, 11, 12], 10, 0);
    expect([...up.ids]).toEqual([10, 11, 12]);
    expect(up.anchorIndex).toBe(2);
    expect(up.cursorIndex).toBe(0);
  });

  it('keeps its cursor when all is selected', () => {
    expect(selectAll(selectOne(12, 2), [10, 11, 12])).toMatchObject({ cursorId: 12, cursorIndex: 2 });
    expect(selectAll(selectOne(99, 5), [10, 11, 12])).toMatchObject({ cursorId: 10, cursorIndex: 0 });
    expect(selectAll(selectOne(99, 5), [])).toEqual(emptySelection);
  });

  it('finds its cursor again when rows have moved', () => {
    expect(locate(12, 2, loadedOf(10, 11, 12))).toBe(2);
    expect(locate(12, 2, loadedOf(11, 12, 13))).toBe(1);
    expect(locate(12, 2, loadedOf(20, 21))).toBe(-1);
  });
});

describe('the track after a decision', () => {
  it('is the next that was not decided along', () => {
    const selection = selectRange(selectOne(10, 0), [10, 11], 11, 1);
    expect(nextAfter(selection, loadedOf(10, 11, 12))).toEqual({ id: 12, index: 2 });
  });

  it('is the one before at the end of the list', () => {
    expect(nextAfter(selectOne(12, 2), loadedOf(10, 11, 12))).toEqual({ id: 11, index: 1 });
  });

  it('is none when all are decided', () => {
    expect(nextAfter(selectOne(10, 0), loadedOf(10))).toBeNull();
  });
});
