import { describe, expect, it } from 'vitest';
import { averageVerdict } from '../../../src/renderer/features/detail/many';
import { barLength, topBars } from '../../../src/renderer/features/detail/histogram';
import { fakeTrack } from '../../builders/fake-tracks';

const bar = (label: string, share: number, votes: number) => ({ label, share, votes });

describe('the bars shown', () => {
  it('are the largest, and one for all others', () => {
    const bars = topBars([bar('rock', 0.5, 6), bar('pop', 0.3, 3), bar('jazz', 0.15, 1), bar('blues', 0.05, 0)], 3);
    expect(bars.map(({ label }) => label)).toEqual(['rock', 'pop', null]);
    expect(bars[2]).toMatchObject({ votes: 1, labels: ['jazz', 'blues'] });
    expect(bars[2]?.share).toBeCloseTo(0.2);
  });

  it('never hide a label that won windows behind one that won none', () => {
    const bars = topBars([bar('rock', 0.5, 6), bar('pop', 0.2, 0), bar('jazz', 0.15, 2), bar('blues', 0.15, 0)], 3);
    expect(bars.map(({ label }) => label)).toEqual(['rock', 'jazz', null]);
  });

  it('leave out others that hold nothing', () => {
    const bars = topBars([bar('rock', 0.6, 6), bar('pop', 0.399, 3), bar('jazz', 0.001, 0)], 5);
    expect(bars.map(({ label }) => label)).toEqual(['rock', 'pop']);
  });

  it('lose no share and no window, whatever the histogram', () => {
    for (let id = 1; id < 300; id++) {
      const histogram = fakeTrack(id).genre?.histogram;
      if (!histogram) continue;
      const bars = topBars(histogram, 6);
      expect(bars.length).toBeLessThanOrEqual(6);
      expect(bars.reduce((sum, each) => sum + each.share, 0)).toBeGreaterThan(0.99);
      expect(bars.reduce((sum, each) => sum + each.votes, 0)).toBe(
        histogram.reduce((sum, each) => sum + each.votes, 0),
      );
    }
  });

  it('start at zero and end at the largest', () => {
    expect(barLength(0, 0.8)).toBe(0);
    expect(barLength(0.8, 0.8)).toBe(1);
    expect(barLength(0.4, 0.8)).toBe(0.5);
    expect(barLength(0.15, 0.15)).toBe(0.5);
  });
});

describe('several tracks as one histogram', () => {
  it('counts each track the same and adds their windows', () => {
    const base = fakeTrack(1);
    const heard = (label: string, votes: number) => ({
      ...base,
      genre: { top: label, confidence: 0.8, abstained: false, abstainReason: null, histogram: [bar(label, 1, votes)] },
    });
    const verdict = averageVerdict([heard('rock', 100), heard('rock', 20), heard('jazz', 30)], 'genre');
    expect(verdict?.top).toBe('rock');
    expect(verdict?.histogram[0]?.share).toBeCloseTo(2 / 3);
    expect(verdict?.histogram).toMatchObject([{ votes: 120 }, { label: 'jazz', votes: 30 }]);
    expect(averageVerdict([{ ...base, genre: null }], 'genre')).toBeNull();
  });
});
