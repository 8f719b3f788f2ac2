import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smoothArc } from '../../../src/main/core/ordering/arc';
import { evenly, evenlyFitting, fitting } from '../../../src/main/core/ordering/fit';
import { shuffledPlace } from '../../../src/main/core/ordering/shuffle';
import { sorted } from '../../../src/main/core/ordering/sorted';

function run<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

describe('sorting in slices', () => {
  it('is what sorting at once gives, ties as they were', () => {
    const random = Array.from({ length: 10_000 }, (_, n) => ({ n, key: shuffledPlace(n, 1) % 500 }));
    const byKey = (a: { key: number }, b: { key: number }): number => a.key - b.key;
    expect(run(sorted(random, byKey))).toEqual([...random].sort(byKey));
    expect(run(sorted([], byKey))).toEqual([]);
  });
});

describe('shuffling', () => {
  const order = (ids: readonly number[], seed: number): number[] =>
    [...ids].sort((a, b) => shuffledPlace(a, seed) - shuffledPlace(b, seed));
  const ids = Array.from({ length: 2000 }, (_, n) => n + 1);

  it('gives the same order for the same seed, another one for another, and leaves the others when one goes', () => {
    expect(order(ids, 7)).toEqual(order([...ids].reverse(), 7));
    expect(order(ids, 7)).not.toEqual(order(ids, 8));
    expect(order(ids.slice(1), 7)).toEqual(order(ids, 7).filter((id) => id !== 1));
  });

  it('favours no track: over many seeds each quarter of the ids is about as often in each quarter of the order', () => {
    const counts = Array.from({ length: 16 }, () => 0);
    for (let seed = 0; seed < 40; seed++)
      order(ids, seed).forEach((id, at) => {
        counts[Math.floor(at / 500) * 4 + Math.floor((id - 1) / 500)]!++;
      });
    // 5,000 are expected in each; a fair draw has a standard deviation of some 53.
    for (const count of counts) expect(Math.abs(count - 5000)).toBeLessThan(320);
  });

  it('gives no two ids one place', () => {
    expect(new Set(Array.from({ length: 50_000 }, (_, id) => shuffledPlace(id, 3))).size).toBe(50_000);
  });
});

describe('an arc', () => {
  const likeness = (a: number[], b: number[]): number => Math.cos(a[1]! - b[1]!);
  const arbitrary = fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: 0, max: 6 })), {
    maxLength: 400,
  });

  it('has every track once, none far from where its arousal puts it', () => {
    fc.assert(
      fc.property(arbitrary, (drawn) => {
        const items = drawn.map(([arousal, sound], rank) => [arousal, sound, rank]).sort((a, b) => a[0]! - b[0]!);
        const arc = run(smoothArc(items, likeness));
        expect([...arc].sort((a, b) => items.indexOf(a) - items.indexOf(b))).toEqual(items);
        const width = Math.min(24, Math.ceil(items.length / 10));
        arc.forEach((item, at) => {
          expect(Math.abs(items.indexOf(item) - at)).toBeLessThanOrEqual(width);
        });
        if (items.length > 0) expect(arc[0]).toBe(items[0]);
      }),
      { numRuns: 30 },
    );
  });

  it('has neighbours that are more alike than by arousal alone', () => {
    const items = Array.from({ length: 500 }, (_, n) => [n, shuffledPlace(n, 5) % 7]);
    const alike = (list: number[][]): number =>
      list.slice(1).reduce((sum, item, n) => sum + likeness(list[n]!, item), 0) / list.length;
    expect(alike(run(smoothArc(items, likeness)))).toBeGreaterThan(alike(items) + 0.5);
  });
});

describe('limits', () => {
  it('take until the next one would not fit', () => {
    expect(fitting([1, 2, 3, 1], (n) => n, 5)).toBe(2);
    expect(fitting([9, 1], (n) => n, 5)).toBe(0);
    expect(fitting([1, 2], (n) => n, 5)).toBe(2);
  });

  it('take at equal distances, first and last among them, and no more than there is room for', () => {
    expect(evenly([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
    expect(evenly([1, 2, 3], 9)).toEqual([1, 2, 3]);
    expect(evenly([1, 2, 3], 1)).toEqual([1]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }),
        fc.integer({ min: 0, max: 200 }),
        (sizes, room) => {
          const taken = evenlyFitting(sizes, (size) => size, room);
          expect(taken.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(room);
          if (sizes.reduce((sum, size) => sum + size, 0) <= room) expect(taken).toEqual(sizes);
        },
      ),
    );
  });
});
