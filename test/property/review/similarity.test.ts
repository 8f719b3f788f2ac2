import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearTo } from '../../../src/main/core/similarity/near';
import { settlers } from '../../../src/main/core/similarity/settling';
import { VectorTable } from '../../../src/main/core/similarity/vectors';

const vector = fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 4, maxLength: 4 });
const vectors = fc.array(vector, { minLength: 1, maxLength: 60 });
const threshold = fc.constantFrom(0.3, 0.7, 0.9, 0.95);

const tableOf = (rows: readonly number[][]): VectorTable => {
  const table = new VectorTable();
  for (const row of rows) table.add(Int8Array.from(row));
  return table;
};
const finish = <T>(work: Generator<void, T>): T => {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
};
const cosine = (a: readonly number[], b: readonly number[]): number => {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  return lengths > 0 ? dot(a, b) / lengths : 0;
};
const EXACT = { cell: 1000, candidates: 1000 };
const ROUGH = { cell: 10, candidates: 20 };

describe('likeness', () => {
  it('is the cosine of two vectors, 0 where one has no direction', () => {
    fc.assert(
      fc.property(vectors, (rows) => {
        const table = tableOf(rows);
        rows.forEach((row, i) => expect(table.cosine(i, 0)).toBeCloseTo(cosine(row, rows[0]!), 10));
      }),
    );
  });

  it('finds what comparing with all finds, the nearest first, and never the track itself', () => {
    fc.assert(
      fc.property(vectors, threshold, (rows, least) => {
        const table = tableOf(rows);
        const near = finish(nearTo(table, 0, least));
        const expected = rows.map((_, row) => row).filter((row) => row > 0 && table.cosine(0, row) >= least);
        expect(near.map(({ row }) => row).sort((a, b) => a - b)).toEqual(expected);
        for (const [i, { similarity }] of near.entries()) {
          expect(similarity).toBe(table.cosine(0, near[i]!.row));
          expect(similarity).toBeLessThanOrEqual(near[i - 1]?.similarity ?? Infinity);
        }
      }),
    );
  });

  it.each([
    ['exactly', EXACT],
    ['in cells', ROUGH],
  ] as const)('settles each track at most once, by one that is near it: %s', (_, limits) => {
    fc.assert(
      fc.property(vectors, threshold, (rows, least) => {
        const table = tableOf(rows);
        const all = Int32Array.from(rows.keys());
        const found = finish(settlers(table, all, least, limits));
        expect(new Set(found.map(({ row }) => row)).size).toBe(found.length);
        for (const { row, settles } of found) {
          const near = rows.filter((__, other) => other !== row && table.cosine(row, other) >= least);
          expect(settles).toBeGreaterThan(0);
          expect(settles).toBeLessThanOrEqual(near.length);
        }
        expect(found.reduce((sum, { settles }) => sum + settles + 1, 0)).toBeLessThanOrEqual(rows.length);
        for (const [i, each] of found.entries())
          expect(each.settles).toBeLessThanOrEqual(found[i - 1]?.settles ?? Infinity);
      }),
    );
  });

  it('takes the first of equals in the order asked for, wherever it lies in the table', () => {
    const table = tableOf([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
    expect(finish(settlers(table, Int32Array.of(2, 0, 1), 0.9, EXACT))).toEqual([{ row: 2, settles: 2 }]);
  });

  it('begins with the one that settles as many as any could, where nothing is left out', () => {
    fc.assert(
      fc.property(vectors, threshold, (rows, least) => {
        const table = tableOf(rows);
        const found = finish(settlers(table, Int32Array.from(rows.keys()), least, EXACT));
        const most = Math.max(
          0,
          ...[...rows.keys()].map(
            (row) => [...rows.keys()].filter((other) => other !== row && table.cosine(row, other) >= least).length,
          ),
        );
        expect(found[0]?.settles ?? 0).toBe(most);
      }),
    );
  });
});
