import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/main/backend/decide';

const accepts = {
  genres: [{ name: 'Jazz', why: { kind: 'heard', share: 0.8 } as const, insteadOf: null }],
  moods: ['Calm'],
};

describe('a decision for several tracks', () => {
  it('gives each track the mood that was heard in it, if asked to, and else the moods named', () => {
    const request = { trackIds: [1], action: 'change', genres: ['Blues'], moods: ['Sad'] } as const;
    const moods = (heardMoods: boolean | undefined, track = accepts) => {
      const decision = decide(
        { ...request, genres: ['Blues'], moods: ['Sad'], trackIds: [1], heardMoods },
        { isHeard: true, accepts: track },
        5,
      );
      if (!decision.ok) throw new Error(decision.failure.message);
      return decision.value?.moods;
    };
    expect(moods(true)).toEqual(['Calm']);
    expect(moods(true, { ...accepts, moods: [] })).toEqual([]);
    expect(moods(undefined)).toEqual(['Sad']);
    expect(moods(false)).toEqual(['Sad']);
  });
});
