import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { following, mostZoom, scrolledTo, shownAt, zoomed } from '../../../src/renderer/features/detail/zoom';

describe('zoom along a track', () => {
  it('ends where six windows fill the pane, and a short track has none', () => {
    expect(mostZoom(180, 3)).toBe(10);
    expect(mostZoom(18, 3)).toBe(1);
    expect(mostZoom(5, 3)).toBe(1);
    expect(mostZoom(36_000, 3)).toBe(256);
  });

  it('doubles with each step and comes back to exactly all of it', () => {
    expect([1, 2, 4, 8].map((zoom) => zoomed(zoom, 1, 10))).toEqual([2, 4, 8, 10]);
    expect(zoomed(10, -1, 10)).toBe(5);
    expect(zoomed(1.25, -1, 10)).toBe(1);
    expect(zoomed(7, -Infinity, 10)).toBe(1);
    expect(zoomed(1, 1, 1)).toBe(1);
  });

  it('keeps a moment where it was seen, and never shows what is outside of the track', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 1, max: 256, noNaN: true }),
        (moment, place, zoom) => {
          const left = scrolledTo(moment, place, zoom);
          const { from, to } = shownAt(left, zoom, 100);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(100 + 1e-9);
          const inside = left > 0 && left < zoom - 1;
          if (inside) expect((moment * 100 - from) / (to - from)).toBeCloseTo(place, 6);
        },
      ),
    );
  });

  it('moves only when what is followed is out of sight', () => {
    // A hundred seconds, four panes: 25 s in sight, from 25 s on.
    expect(following({ from: 30, to: 33 }, 1, 4, 100)).toBe(1);
    const left = following({ from: 80, to: 83 }, 1, 4, 100);
    const shown = shownAt(left, 4, 100);
    expect(shown.from).toBeLessThan(80);
    expect(shown.to).toBeGreaterThan(83);
    expect(following({ from: 0, to: 3 }, 1, 4, 100)).toBe(0);
  });
});
