import { describe, expect, it } from 'vitest';
import { readGenres } from '#shared/domain/genres/graph';
import { choicesOf, suggestionsFor, topTwo, vocabularyOf } from '../../../src/renderer/features/review/desk/choices';
import { tracksPerMinute } from '../../../src/renderer/features/review/desk/pace';
import { begin, trackAt } from '../../../src/renderer/features/review/desk/walk';
import { groupOf } from '../../../src/main/backend/review/group';
import type { Saying } from '../../../src/main/store/review';
import { fakeDetail, fakeTrack } from '../../builders/fake-tracks';

const bar = (label: string, share: number) => ({ label, share, votes: Math.round(share * 100) });
const genre = {
  top: 'jazz',
  confidence: 0.5,
  abstained: false,
  abstainReason: null,
  histogram: [bar('jazz', 0.5), bar('blues', 0.2), bar('hip-hop', 0.1), bar('pop', 0.08), bar('rock', 0.06)].concat([
    bar('metal', 0.03),
    bar('disco', 0.02),
    bar('country', 0.01),
  ]),
};
const wide = (label: string, score: number) => ({ label, score, threshold: 0.4, votes: 3 });
const row = { ...fakeTrack(1), genre, content: null, stale: false };

describe('the genres by number', () => {
  it('are the likeliest, then what else was named, then the next likely ones, each once and at most nine', () => {
    const choices = choicesOf(row, [wide('Soul', 0.7), wide('Jazz', 0.6), wide('folk', 0.1)]);
    expect(choices.map(({ label }) => label)).toEqual([
      ...['Jazz', 'Blues', 'Hip-Hop', 'Pop', 'Rock', 'Metal'],
      ...['Soul', 'Disco', 'Country'],
    ]);
    expect(choices[6]).toEqual({ label: 'Soul', share: 0.7, votes: null });
    expect(choicesOf({ genre: null, content: null }, null)).toHaveLength(9);
  });

  it('begins with what was named where that is heard rather than the likeliest', () => {
    const choices = choicesOf({ ...row, genre: { ...row.genre, rather: 'soul' } }, [
      wide('Soul', 0.7),
      wide('folk', 0.1),
    ]);
    expect(choices.slice(0, 3).map(({ label }) => label)).toEqual(['Soul', 'Jazz', 'Blues']);
  });

  it('give a top two only of music that the chosen model heard', () => {
    expect(topTwo(row)).toEqual(['Jazz', 'Blues']);
    expect(topTwo({ ...row, stale: true })).toBeNull();
    expect(topTwo({ ...row, genre: { ...row.genre, rather: 'soul' } })).toBeNull();
    expect(topTwo({ ...row, genre: null })).toBeNull();
    const content = { ...genre, top: 'speech' };
    expect(topTwo({ ...row, content })).toBeNull();
  });
});

describe('typing a genre', () => {
  const vocabulary = ['Jazz', 'Acid Jazz', 'Hip-Hop', 'Synthpop', 'Pop'];

  it.each([
    ['ja', ['Jazz', 'Acid Jazz'], 'ja'],
    ['hip hop', ['Hip-Hop'], null],
    ['pop', ['Pop'], null],
    ['jazz', ['Jazz', 'Acid Jazz'], null],
    ['Zeuhl', [], 'Zeuhl'],
    [' Synth ', ['Synthpop'], 'Synth'],
  ])('%s offers what begins so, and itself last where it is none of them', (typed, known, own) => {
    const offered = suggestionsFor(typed, vocabulary);
    expect(offered.filter((each) => !each.own).map(({ value }) => value)).toEqual(known);
    expect(offered.filter((each) => each.own).map(({ value }) => value)).toEqual(own === null ? [] : [own]);
  });

  it('offers the collector’s own names, found by other spellings, with what stands above', () => {
    const { graph } = readGenres('Rap = hip-hop\n! Disco');
    const names = vocabularyOf(fakeDetail(row), ['hip hop', 'Zeuhl'], graph);
    expect(names.filter((label) => /^(rap|hip.?hop|disco)$/i.test(label))).toEqual(['Rap']);
    expect(suggestionsFor('dnb', names, graph)).toEqual([
      { value: 'Drum and Bass', own: false, alias: 'dnb', parents: ['Electronic'] },
    ]);
    expect(suggestionsFor('triph', names, graph)[0]).toMatchObject({ value: 'Trip-Hop', alias: 'triphop' });
    expect(suggestionsFor('Zeuhl', names, graph)).toEqual([{ value: 'Zeuhl', own: false, alias: null, parents: [] }]);
  });

  it('knows what was heard, what the file says and what was decided before, each once', () => {
    const known = vocabularyOf(fakeDetail({ ...row, ownGenres: ['Zydeco', 'JAZZ'] }), ['Zeuhl', 'zydeco']);
    expect(known.slice(0, 2)).toEqual(['Jazz', 'Blues']);
    expect(known.filter((label) => /jazz|zydeco/i.test(label))).toEqual(['Jazz', 'Zydeco']);
    expect(known).toContain('Zeuhl');
  });
});

describe('the pace', () => {
  const at = (...seconds: number[]) => seconds.map((each) => ({ at: each * 1000, trackIds: [each], words: '' }));

  it('counts tracks over the time spent, pauses left out, and says nothing of the first two', () => {
    expect(tracksPerMinute(0, at(5, 10))).toBeNull();
    expect(tracksPerMinute(0, at(5, 10, 15))).toBeCloseTo(12);
    // An hour away from the desk is no time spent.
    expect(tracksPerMinute(0, at(5, 10, 3615, 3620))).toBeCloseTo((4 * 60) / 15);
    const album = { at: 20_000, trackIds: [1, 2, 3, 4, 5, 6, 7, 8, 9], words: '' };
    expect(tracksPerMinute(0, [...at(5, 10, 15), album])).toBeCloseTo(36);
  });
});

describe('the place', () => {
  it('is the track at which one stopped, or the first where it waits no more', () => {
    expect(trackAt(begin([4, 5, 6], 5))).toBe(5);
    expect(trackAt(begin([4, 5, 6], 9))).toBe(4);
    expect(trackAt(begin([], 9))).toBeNull();
  });
});

describe('what an album says', () => {
  const say = (id: number, genre: string | null, undecided = true): Saying => ({ id, genre, undecided });

  it('is what more than half of its voices say, whatever the spelling, and how one track stands to it', () => {
    const tracks = [say(1, 'hip-hop'), say(2, 'Hip Hop', false), say(3, 'jazz'), say(4, null), say(5, 'HipHop')];
    expect(groupOf({ name: 'A', tracks }, 3)).toEqual({
      name: 'A',
      tracks: 5,
      undecided: 4,
      majority: { genre: 'Hip-Hop', tracks: 3, of: 4, others: 2 },
      agrees: false,
    });
    expect(groupOf({ name: 'A', tracks }, 5).agrees).toBe(true);
    expect(groupOf({ name: 'A', tracks }, 4).agrees).toBeNull();
  });

  it('is nothing where it is even, or too few speak', () => {
    const even = [say(1, 'jazz'), say(2, 'rock'), say(3, 'jazz'), say(4, 'rock')];
    expect(groupOf({ name: 'A', tracks: even }, 1)).toMatchObject({ majority: null, agrees: null });
    expect(groupOf({ name: 'A', tracks: [say(1, 'jazz'), say(2, 'jazz')] }, 1).majority).toBeNull();
  });
});
