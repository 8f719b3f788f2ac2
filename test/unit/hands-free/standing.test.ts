import { describe, expect, it } from 'vitest';
import { standingOf, type Ruled } from '../../../src/shared/domain/hands-free/standing';

const heard: Ruled = {
  state: 'analysed',
  genre: { confidence: 0.8, abstained: false, abstainReason: null },
  mood: null,
  stale: false,
  quick: false,
  lookAgain: false,
  decision: null,
};
const rule = { genreFrom: 0.8, moodFrom: 0.7 };
const verdict = (confidence: number) => ({ confidence, abstained: false, abstainReason: null });
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
    ['sure of its mood, by a model without genres', { genre: null, mood: verdict(0.7) }, 'sure'],
    ['less sure of it', { genre: null, mood: verdict(0.6999) }, 'doubtful'],
    ['of no mood, by such a model', { genre: null, mood: silent('unsure') }, 'unsure'],
    ['unsure of the genre, whatever the mood', { genre: silent('unsure'), mood: verdict(1) }, 'unsure'],
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

  it('takes no mood where none is asked for, and any without a rule', () => {
    const mood: Ruled = { ...heard, genre: null, mood: verdict(0.99) };
    expect(standingOf(mood, { genreFrom: 0, moodFrom: null })).toBe('doubtful');
    expect(standingOf(mood, null)).toBe('sure');
  });
});
