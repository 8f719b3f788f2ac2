import { describe, expect, test } from 'vitest';
import { planStarts } from '../../../src/main/core/windows/plan';
import { WindowCutter } from '../../../src/main/core/windows/cutter';
import { melFrontEnd } from '../../../src/main/core/inputs/mel';
import { DEFAULT_MEL } from '../../../src/main/analysis/features';

describe('window plans', () => {
  test('a rest of half a window or more gets a window that ends with the track', () => {
    expect(planStarts({ kind: 'all' }, 29, 10)).toEqual([0, 10, 19]);
    expect(planStarts({ kind: 'all' }, 25, 10)).toEqual([0, 10, 15]);
    expect(planStarts({ kind: 'all' }, 24, 10)).toEqual([0, 10]);
    expect(planStarts({ kind: 'all' }, 20, 10)).toEqual([0, 10]);
  });

  test('spread windows lie in the middles of equal parts', () => {
    expect(planStarts({ kind: 'spread', count: 4 }, 100, 5)).toEqual([10, 35, 60, 85]);
    expect(planStarts({ kind: 'spread', count: 1 }, 100, 10)).toEqual([45]);
  });

  test('spread windows that do not fit side by side are all windows', () => {
    expect(planStarts({ kind: 'spread', count: 12 }, 29, 10)).toEqual([0, 10, 19]);
  });

  test('random windows are the same each time, as many as asked for', () => {
    // Written down once: other numbers would make stored results incomparable.
    expect(planStarts({ kind: 'random', count: 5 }, 10_000, 187)).toMatchInlineSnapshot(`
      [
        4471,
        6984,
        7464,
        7646,
        9771,
      ]
    `);
    expect(planStarts({ kind: 'random', count: 100 }, 300, 187)).toHaveLength(100);
  });

  test('a track shorter than a window has one, an empty one none', () => {
    for (const plan of [{ kind: 'all' }, { kind: 'spread', count: 5 }, { kind: 'random', count: 5 }] as const) {
      expect(planStarts(plan, 9, 10)).toEqual([0]);
      expect(planStarts(plan, 0, 10)).toEqual([]);
    }
  });
});

describe('the cutter', () => {
  test('turns windows for models that want mel before time', () => {
    const input = { ...DEFAULT_MEL, kind: 'mel', windowFrames: 2, nMels: 3, layout: 'NCMT' } as const;
    const cutter = new WindowCutter(melFrontEnd(input), (i) => i * 2);
    const [window] = [...cutter.push(Float32Array.of(0, 1, 2, 10, 11, 12))];
    expect([...window!.data]).toEqual([0, 10, 1, 11, 2, 12]);
  });
});
