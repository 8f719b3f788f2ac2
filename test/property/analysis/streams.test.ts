import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMelStream } from '../../../src/main/core/dsp/mel';
import { createResampler } from '../../../src/main/core/dsp/resampler';
import { WindowCutter } from '../../../src/main/core/windows/cutter';
import { planStarts } from '../../../src/main/core/windows/plan';
import { DEFAULT_MEL } from '../../../src/main/analysis/features';
import { goldenSignal, largestDifference, streamed } from '../../builders/audio';

const lengths = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 5 });

describe('streams do not depend on how the signal is cut', () => {
  test('resampler', () => {
    fc.assert(
      fc.property(fc.constantFrom(8000, 11_025, 44_100, 48_000, 44_099, 96_000), lengths, (rate, cuts) => {
        const signal = goldenSignal(9_001, rate);
        const whole = streamed(createResampler(rate, 16_000), signal, [signal.length]);
        expect(whole.length).toBe(Math.ceil((signal.length * 16_000) / rate));
        expect(largestDifference(streamed(createResampler(rate, 16_000), signal, cuts), whole)).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  test('mel frames', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 20_000 }), lengths, (samples, cuts) => {
        const signal = goldenSignal(samples, 16_000);
        const whole = streamed(createMelStream(DEFAULT_MEL), signal, [samples]);
        expect(whole.length).toBe((1 + Math.floor(samples / DEFAULT_MEL.hop)) * DEFAULT_MEL.nMels);
        expect(largestDifference(streamed(createMelStream(DEFAULT_MEL), signal, cuts), whole)).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});

test('nor do mel frames behind a pre-emphasis, which takes one sample off', () => {
  const mel = { ...DEFAULT_MEL, preEmphasis: 0.97, winLength: 400, window: 'hann-symmetric' } as const;
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 20_000 }), lengths, (samples, cuts) => {
      const signal = goldenSignal(samples, 16_000);
      const whole = streamed(createMelStream(mel), signal, [samples]);
      expect(whole.length).toBe((1 + Math.floor((samples - 1) / mel.hop)) * mel.nMels);
      expect(largestDifference(streamed(createMelStream(mel), signal, cuts), whole)).toBe(0);
    }),
    { numRuns: 20 },
  );
});

describe('window plans', () => {
  const plan = fc.oneof(
    fc.constant({ kind: 'all' } as const),
    fc.record({ kind: fc.constantFrom('spread' as const, 'random' as const), count: fc.integer({ min: 1, max: 300 }) }),
  );

  test('every window lies in the track, in ascending order, and a cutter finds them all', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 400 }), (chosen, total, piece) => {
        const windowFrames = 20;
        const starts = planStarts(chosen, total, windowFrames);
        expect(starts.length).toBeGreaterThan(0);
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
        for (const start of starts) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(start + windowFrames).toBeLessThanOrEqual(Math.max(total, windowFrames));
        }
        expect(cutAll(total, piece, windowFrames, starts)).toEqual(starts);
      }),
    );
  });

  test('contiguous windows leave less than half a window unheard', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 3000 }), (total) => {
        const starts = planStarts({ kind: 'all' }, total, 20);
        expect(total - (starts.at(-1)! + 20)).toBeLessThan(10);
        expect(starts.slice(0, -1)).toEqual(starts.slice(0, -1).map((_, i) => i * 20));
      }),
    );
  });
});

/** Runs frames 0, 1, 2, … (one band, the value is the number) through a cutter; the starts that the windows' data tell. */
function cutAll(total: number, piece: number, windowFrames: number, starts: number[]): number[] {
  const cutter = new WindowCutter({ windowFrames, width: 1, render: (window) => window }, (i) => starts[i] ?? null);
  const found: number[] = [];
  for (let from = 0; from < total; from += piece) {
    const frames = Float32Array.from({ length: Math.min(piece, total - from) }, (_, i) => from + i);
    for (const window of cutter.push(frames)) {
      expect([...window.data]).toEqual(Array.from({ length: windowFrames }, (_, t) => window.startFrame + t));
      found.push(window.data[0]!);
    }
  }
  if (total < windowFrames) {
    const { data } = cutter.cut(0);
    expect([...data]).toEqual(Array.from({ length: windowFrames }, (_, t) => t % total));
    found.push(data[0]!);
  }
  return found;
}
