import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  begin,
  decided,
  failed,
  refreshed,
  stepped,
  trackAt,
  undone,
  upcoming,
  type Walk,
} from '../../../src/renderer/features/review/desk/walk';

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 30 });

type Step =
  | { readonly kind: 'decide' | 'undo' | 'fail'; readonly tracks: readonly number[] }
  | { readonly kind: 'step'; readonly delta: 1 | -1 }
  | { readonly kind: 'refresh'; readonly order: readonly number[] };

const some = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('decide' as const, 'undo' as const, 'fail' as const), tracks: some }),
  fc.record({ kind: fc.constant('step' as const), delta: fc.constantFrom(1 as const, -1 as const) }),
  fc.record({ kind: fc.constant('refresh' as const), order: ids }),
);

function apply(walk: Walk, step: Step): Walk {
  switch (step.kind) {
    case 'decide':
      return decided(walk, step.tracks);
    case 'undo':
      return undone(walk, new Map(step.tracks.map((id) => [id, true])));
    case 'fail':
      // Only what is in the walk can be decided from it.
      return failed(
        walk,
        step.tracks.filter((id) => walk.ids.includes(id)),
      );
    case 'step':
      return stepped(walk, step.delta);
    case 'refresh':
      return refreshed(walk, step.order);
  }
}

describe('the walk through a review', () => {
  it('holds no track twice, loses none that waits, and is never past the end while one waits', () => {
    fc.assert(
      fc.property(ids, fc.array(step, { maxLength: 40 }), (queue, steps) => {
        let walk = begin(queue, null);
        for (const each of steps) {
          walk = apply(walk, each);
          expect(new Set(walk.ids).size).toBe(walk.ids.length);
          for (const id of walk.waiting) expect(walk.ids).toContain(id);
          expect(walk.at).toBeGreaterThanOrEqual(0);
          if (walk.waiting.size > 0) expect(trackAt(walk)).not.toBeNull();
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reaches every track once by deciding what is at hand, in the order of the queue', () => {
    fc.assert(
      fc.property(ids, (queue) => {
        let walk = begin(queue, null);
        const met: number[] = [];
        for (let id = trackAt(walk); id !== null; id = trackAt(walk)) {
          met.push(id);
          walk = decided(walk, [id]);
        }
        expect(met).toEqual(queue);
        expect(walk.waiting.size).toBe(0);
      }),
    );
  });

  it('is where it was after a decision and its undo', () => {
    fc.assert(
      fc.property(ids, fc.nat(), fc.array(fc.boolean(), { maxLength: 10 }), (queue, place, forth) => {
        fc.pre(queue.length > 0);
        let walk = begin(queue, queue[place % queue.length]!);
        for (const on of forth) walk = stepped(walk, on ? 1 : -1);
        const id = trackAt(walk)!;
        expect(undone(decided(walk, [id]), new Map([[id, true]]))).toEqual(walk);
      }),
    );
  });

  it('steps past what is shown together, and stays where nothing else is', () => {
    fc.assert(
      fc.property(ids, fc.nat(), fc.func(fc.boolean()), (queue, place, isPast) => {
        fc.pre(queue.length > 0);
        const walk = begin(queue, queue[place % queue.length]!);
        const past = new Set(queue.filter((id) => isPast(id)));
        const others = queue.slice(walk.at + 1).filter((id) => !past.has(id));
        expect(trackAt(stepped(walk, 1, past))).toBe(others[0] ?? trackAt(walk));
        expect(upcoming(walk, 2, past)).toEqual(others.slice(0, 2));
        const before = queue.slice(0, walk.at).filter((id) => !past.has(id));
        expect(trackAt(stepped(walk, -1, past))).toBe(before.at(-1) ?? trackAt(walk));
      }),
    );
  });

  it('meets what was passed over once all others are decided', () => {
    fc.assert(
      fc.property(ids, (queue) => {
        fc.pre(queue.length > 2);
        let walk = stepped(begin(queue, null), 1);
        for (let left = queue.length - 1; left > 0; left--) walk = decided(walk, [trackAt(walk)!]);
        expect(trackAt(walk)).toBe(queue[0]);
      }),
    );
  });

  it('keeps what was passed and what is at hand when the queue comes anew, and follows its order after that', () => {
    fc.assert(
      fc.property(ids, ids, fc.nat({ max: 10 }), (queue, fresh, passes) => {
        fc.pre(queue.length > 0);
        let walk = begin(queue, null);
        for (let i = 0; i < passes; i++) walk = stepped(walk, 1);
        const passed = queue.slice(0, walk.at + 1);
        const next = refreshed(walk, fresh);
        expect(next.ids).toEqual([...passed, ...fresh.filter((id) => !passed.includes(id))]);
        expect(trackAt(next)).toBe(trackAt(walk));
        expect(next.waiting).toEqual(new Set(fresh));
      }),
    );
  });

  it('fetches ahead just what deciding would show', () => {
    fc.assert(
      fc.property(ids, (queue) => {
        fc.pre(queue.length > 0);
        const walk = begin(queue, null);
        const [next] = upcoming(walk, 3);
        expect(next ?? null).toBe(trackAt(decided(walk, [trackAt(walk)!])));
        expect(upcoming(walk, 3)).toEqual(queue.slice(1, 4));
      }),
    );
  });
});
