import { describe, expect, it } from 'vitest';
import type { TrackRow } from '#shared/contract/schemas';
import { agreedGenres, albumChoices, ownGenresOf } from '../../../src/renderer/features/review/desk/album';
import { fakeTrack } from '../../builders/fake-tracks';

const heard = (shares: Readonly<Record<string, number>>, accepted: readonly string[] = []): TrackRow => {
  const histogram = Object.entries(shares).map(([label, share]) => ({ label, share, votes: 1 }));
  return {
    ...fakeTrack(1),
    content: null,
    stale: false,
    genre: { top: histogram[0]!.label, confidence: 0.9, abstained: false, abstainReason: null, histogram },
    accepts: {
      genres: accepted.map((name) => ({ name, why: { kind: 'heard', share: 0.8 } as const, insteadOf: null })),
      moods: [],
    },
  };
};
const unheard: TrackRow = { ...heard({ rock: 1 }, ['Rock']), genre: null };
const speech: TrackRow = {
  ...heard({ rock: 1 }, ['Rock']),
  content: { top: 'speech', confidence: 0.9, abstained: false, abstainReason: null, histogram: [] },
};

describe('what an album sounds like', () => {
  it('is the mean of its tracks, in which each counts the same, and in how many a genre leads', () => {
    const rows = [
      heard({ jazz: 0.6, blues: 0.4 }),
      heard({ blues: 0.8, jazz: 0.2 }),
      heard({ jazz: 1 }),
      unheard,
      speech,
    ];
    const [jazz, blues, ...rest] = albumChoices(rows);
    expect(jazz).toMatchObject({ label: 'Jazz', votes: 2 });
    expect(jazz!.share).toBeCloseTo(0.6, 9);
    expect(blues).toMatchObject({ label: 'Blues', votes: 1 });
    expect(blues!.share).toBeCloseTo(0.4, 9);
    expect(rest).toEqual([]);
  });

  it('offers the classic genres where nothing was heard', () => {
    expect(albumChoices([unheard, speech])).toHaveLength(9);
    expect(albumChoices([unheard]).every(({ share }) => share === null)).toBe(true);
  });

  it('agrees on what accepting would write for more than half of what was heard', () => {
    const jazz = heard({ jazz: 1 }, ['Jazz']);
    const rock = heard({ rock: 1 }, ['Rock']);
    const unsure = heard({ pop: 1 });
    expect(agreedGenres([jazz, jazz, rock])).toEqual({ genres: ['Jazz'], tracks: 2, of: 3 });
    expect(agreedGenres([jazz, rock])).toBeNull();
    expect(agreedGenres([jazz, unsure])).toBeNull();
    expect(agreedGenres([jazz, unheard, speech])).toEqual({ genres: ['Jazz'], tracks: 1, of: 1 });
    expect(agreedGenres([])).toBeNull();
    // The same genres in another order are the same answer.
    const two = [heard({ jazz: 1 }, ['Jazz', 'Blues']), heard({ jazz: 1 }, ['Blues', 'Jazz'])];
    expect(agreedGenres(two)).toMatchObject({ tracks: 2, of: 2 });
  });

  it('names the files’ genres once, whatever their case, the most frequent first', () => {
    const rows = [['Rock'], ['jazz'], ['Jazz', 'rock'], ['JAZZ']].map((ownGenres) => ({ ownGenres }));
    expect(ownGenresOf(rows)).toEqual(['jazz', 'Rock']);
  });
});
