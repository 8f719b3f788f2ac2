import { describe, expect, it } from 'vitest';
import type { Decision } from '#shared/contract/schemas';
import {
  acceptedValues,
  agreementOf,
  isAcceptable,
  restoreCalls,
  startingValues,
  stateAfter,
} from '../../../src/renderer/features/review/decision-rules';
import { fakeTrack } from '../../builders/fake-tracks';

const verdict = (top: string, abstained = false) => ({
  top,
  confidence: abstained ? 0.2 : 0.8,
  abstained,
  abstainReason: abstained ? ('unsure' as const) : null,
  histogram: [{ label: top, share: 1, votes: 3 }],
});
const accepts = (...genres: string[]) => ({
  genres: genres.map((name) => ({ name, why: { kind: 'heard', share: 0.8 } as const, insteadOf: null })),
  moods: [],
});
const row = {
  ...fakeTrack(1),
  accepts: accepts('Hip-Hop', 'Jazz'),
  ownGenres: ['Other'],
  ownMoods: [],
  genre: verdict('hip-hop'),
  mood: verdict('sad'),
  decision: null,
  failure: null,
};

describe('accepting', () => {
  it('takes what the backend says that it writes', () => {
    expect(acceptedValues(row)).toEqual({ genres: ['Hip-Hop', 'Jazz'], moods: [] });
    expect(isAcceptable(row)).toBe(true);
    expect(isAcceptable({ accepts: { genres: [], moods: ['Sad'] } })).toBe(true);
    expect(isAcceptable({ accepts: accepts() })).toBe(false);
  });
});

describe('the change form', () => {
  it('starts from the decision, else from what was heard, else from the file', () => {
    const decision: Decision = { action: 'change', genres: ['Zeuhl'], moods: [], decidedAt: 0 };
    expect(startingValues({ ...row, decision })).toEqual({ genres: ['Zeuhl'], moods: [] });
    expect(startingValues(row).genres).toEqual(['Hip-Hop', 'Jazz']);
    expect(startingValues({ ...row, accepts: accepts() }).genres).toEqual(['Other']);
  });
});

describe('own tag and verdict', () => {
  it.each([
    [['hiphop'], verdict('hip-hop'), 'agrees'],
    [['Pop', 'Hip Hop'], verdict('hip-hop'), 'agrees'],
    [['Rock'], verdict('hip-hop'), 'disagrees'],
    [[], verdict('hip-hop'), 'none'],
    [['Rock'], verdict('rock', true), 'unsure'],
    [['Rock'], null, 'unsure'],
  ] as const)('%j', (own, heard, agreement) => {
    expect(agreementOf(own, heard)).toBe(agreement);
  });
});

describe('taking a step back', () => {
  it('gives each track the decision it had, in as few calls as there are decisions', () => {
    const changed: Decision = { action: 'change', genres: ['Zeuhl'], moods: [], decidedAt: 1 };
    const calls = restoreCalls(
      new Map<number, Decision | null>([
        [1, null],
        [2, changed],
        [3, { ...changed, decidedAt: 2 }],
        [4, { action: 'skip', genres: [], moods: [], decidedAt: 3 }],
        [5, null],
      ]),
    );
    expect(calls).toEqual([
      { trackIds: [1, 5], action: 'clear' },
      { trackIds: [2, 3], action: 'change', genres: ['Zeuhl'], moods: [] },
      { trackIds: [4], action: 'skip' },
    ]);
  });

  it('shows the state a track has then', () => {
    expect(stateAfter(row, 'clear')).toBe('analysed');
    expect(stateAfter({ ...row, genre: null, mood: null }, 'clear')).toBe('new');
    expect(stateAfter({ ...row, genre: null }, 'clear')).toBe('analysed');
    expect(stateAfter(row, 'skip')).toBe('skipped');
    expect(stateAfter(row, 'accept')).toBe('decided');
  });
});
