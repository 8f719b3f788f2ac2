import { describe, expect, it } from 'vitest';
import { standingOf, type Ruled } from '../../../src/shared/domain/hands-free/standing';

const heard: Ruled = {
  state: 'analysed',
  genre: { confidence: 0.8, abstained: false, abstainReason: null },
  stale: false,
  quick: false,
  lookAgain: false,
  decision: null,
};
const rule = { genreFrom: 0.8, moodFrom: null };
const silent = (abstainReason: 'unsure' | 'not-music') => ({ confidence: 0.99, abstained: true, abstainReason });

describe('where a track stands before a rule', () => {
  it.each<[string, Partial<Ruled>, string]>([
    ['at the threshold', {}, 'sure'],
    ['under it', { genre: { ...heard.genre!, confidence: 0.7999 } }, 'doubtful'],
    ['of which the model names nothing', { genre: silent('unsure') }, 'unsure'],
    ['that is no music, however sure', { genre: silent('not-music') }, 'not-music'],
    ['heard quickly', { quick: true }, 'quick'],
    ['heard by another model', { stale: true }, 'stale'],
    ['not heard', { genre: null, state: 'new' }, 'unheard'],
    ['that failed', { genre: null, state: 'failed' }, 'failed'],
    ['accepted by hand', { decision: { action: 'accept' }, state: 'decided' }, 'decided'],
    ['changed by hand', { decision: { action: 'change' }, state: 'decided' }, 'decided'],
    ['written', { decision: { action: 'change' }, state: 'written' }, 'written'],
    ['skipped', { decision: { action: 'skip' }, state: 'skipped' }, 'skipped'],
    [
      'decided by a rule whose run was broken off',
      { decision: { action: 'accept', byRule: 'stands' }, state: 'decided' },
      'sure',
    ],
    ['written by a rule', { decision: { action: 'accept', byRule: 'stands' }, state: 'written' }, 'written'],
    [
      'whose write was undone',
      { decision: { action: 'accept', byRule: 'taken-back' }, state: 'decided' },
      'taken-back',
    ],
    [
      'accepted quickly and not borne out',
      { decision: { action: 'accept' }, state: 'decided', lookAgain: true },
      'look-again',
    ],
  ])('%s', (_, track, standing) => {
    expect(standingOf({ ...heard, ...track }, rule)).toBe(standing);
  });

  it('asks more of a rule that a broken-off run left, where more is asked for now', () => {
    const left: Ruled = { ...heard, state: 'decided', decision: { action: 'accept', byRule: 'stands' } };
    expect(standingOf(left, { genreFrom: 0.9, moodFrom: null })).toBe('doubtful');
  });
});
