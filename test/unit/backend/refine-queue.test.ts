import { describe, expect, it } from 'vitest';
import { createRefineQueue, type Sight } from '../../../src/main/backend/refine-queue';

describe('what is heard in full next', () => {
  it('is the open track, then what is in sight from top to bottom, then the next as given', () => {
    const queue = createRefineQueue([1, 2, 3, 4, 5, 6], () => ({ trackIds: [5, 4], openId: 6 }));
    expect([...queue]).toEqual([6, 5, 4, 1, 2, 3]);
  });

  it('is looked for anew at each step, as the window moves on', () => {
    let sight: Sight = { trackIds: [], openId: null };
    const queue = createRefineQueue([1, 2, 3, 4, 5, 6], () => sight);
    const steps = queue[Symbol.iterator]();
    const next = (): number | undefined => steps.next().value as number | undefined;
    expect(next()).toBe(1);
    sight = { trackIds: [9, 1, 4], openId: null };
    expect([next(), next()]).toEqual([4, 2]);
    sight = { trackIds: [4, 6], openId: 5 };
    expect([next(), next(), next(), next()]).toEqual([5, 6, 3, undefined]);
  });

  it('is each track once, and knows which are still to come', () => {
    const queue = createRefineQueue([3, 1, 3, 2], () => ({ trackIds: [2], openId: 2 }));
    expect(queue.size).toBe(3);
    expect([1, 2, 3, 4].map(queue.has)).toEqual([true, true, true, false]);
    const steps = queue[Symbol.iterator]();
    steps.next();
    expect([1, 2, 3].map(queue.has)).toEqual([true, false, true]);
    expect([...queue]).toEqual([3, 1]);
  });
});
