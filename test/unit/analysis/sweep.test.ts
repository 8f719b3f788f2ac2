import { describe, expect, test } from 'vitest';
import { ProviderFault } from '../../../src/main/adapters/onnx/fault';
import { batchSizes, sweep } from '../../../src/main/adapters/onnx/sweep';

/** A device whose batches take as long as `msOf` says, on a clock of its own. */
function device(msOf: (batch: number) => number) {
  let time = 0;
  const ran: number[] = [];
  return {
    ran,
    now: () => time,
    run: (batch: number) => {
      ran.push(batch);
      time += msOf(batch);
      return Promise.resolve();
    },
  };
}
const sizes = batchSizes(187 * 96, null);
const swept = (msOf: (batch: number) => number, budgetMs = 1e6) => {
  const { run, now, ran } = device(msOf);
  return sweep(run, sizes, budgetMs, now).then((result) => ({ ...result, ran }));
};

describe('the sweep of batches', () => {
  test('finds the best batch before a cliff, and after one', async () => {
    const cliff = await swept((batch) => (batch > 192 ? batch : 4 + 0.1 * batch));
    expect(cliff).toMatchObject({ batch: 192, windowsPerSecond: expect.closeTo(192_000 / 23.2, 0) as number });
    const dip = await swept((batch) => (batch === 64 ? 60 : 5 + 0.1 * batch));
    expect(dip.batch).toBe(256);
  });

  test('takes the smaller one of two that are about as good', async () => {
    expect((await swept((batch) => 0.01 + batch)).batch).toBe(8);
    expect((await swept((batch) => 2 + batch)).batch).toBe(64);
  });

  test('runs each size once before it is timed: the first run of a shape may be slow', async () => {
    const seen = new Set<number>();
    const { batch, windowsPerSecond } = await swept((size) => {
      const first = !seen.has(size);
      seen.add(size);
      return first ? 10_000 : 1 + size / 1000;
    });
    expect(batch).toBe(256);
    expect(windowsPerSecond).toBeCloseTo(256_000 / 1.256, 0);
  });

  test('ends when the time is over, and where a batch would hold a cancellation up', async () => {
    const late = await swept((batch) => 10 * batch, 400);
    expect(Math.max(...late.ran)).toBeLessThanOrEqual(8);
    const slow = await swept((batch) => 100 + 20 * batch);
    expect(Math.max(...slow.ran)).toBe(8);
    expect(slow.batch).toBe(4);
    const slowest = await swept(() => 5_000);
    expect(slowest.batch).toBe(1);
    expect(new Set(slowest.ran)).toEqual(new Set([1]));
  });

  test('too little memory for a large batch ends it, an error at the first size or a wrong result anywhere is one', async () => {
    const failingAt = (at: number, error: Error) => (batch: number) => {
      if (batch >= at) throw error;
      return 1;
    };
    expect((await swept(failingAt(64, new Error('out of memory')))).batch).toBe(32);
    await expect(swept(failingAt(1, new Error('no device')))).rejects.toThrow('no device');
    await expect(swept(failingAt(64, new ProviderFault('differs')))).rejects.toThrow('differs');
  });

  test('larger windows go in smaller batches; a graph with a batch of its own is run with it alone', () => {
    expect(sizes.at(-1)).toBe(256);
    expect(batchSizes(4 * 187 * 96, null).at(-1)).toBe(64);
    expect(batchSizes(1e9, null)).toEqual([1]);
    expect(batchSizes(187 * 96, 12)).toEqual([12]);
  });
});
