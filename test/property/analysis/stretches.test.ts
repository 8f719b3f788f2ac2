import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_MEL } from '../../../src/main/analysis/features';
import type { MelParameters } from '../../../src/main/core/dsp/mel';
import { createResampler } from '../../../src/main/core/dsp/resampler';
import { frontEndOf, type FrontEnd } from '../../../src/main/core/inputs';
import { windowOf } from '../../../src/main/core/windows/cutter';
import { planStarts } from '../../../src/main/core/windows/plan';
import { StretchFrames } from '../../../src/main/core/windows/stretch-frames';
import { countFrames, groupFrames } from '../../../src/main/core/windows/stretches';
import { goldenSignal, largestDifference, streamed } from '../../builders/audio';

/** The transform works on several frames at a time, and rounds by which of them come together; values reach to about 6. */
const ROUNDING = 5e-4;
const WINDOW = 20;
const melOf = (mel: MelParameters): FrontEnd =>
  frontEndOf({ ...mel, kind: 'mel', layout: 'NCTM', windowFrames: WINDOW });
const ours = melOf(DEFAULT_MEL);
const rates = fc.constantFrom(8000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000);
const plans = fc.oneof(
  fc.record({ kind: fc.constant('spread' as const), count: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('random' as const), count: fc.integer({ min: 1, max: 6 }) }),
);

function wholeFrames(signal: Float32Array, rate: number, frontEnd: FrontEnd): Float32Array {
  const resampled = streamed(createResampler(rate, frontEnd.sampleRate), signal, [8192]);
  return streamed(frontEnd.createStream(), resampled, [8192]);
}

function expectWindowsOfStretches(signal: Float32Array, rate: number, starts: number[], frontEnd: FrontEnd): void {
  const { windowFrames } = frontEnd;
  const whole = wholeFrames(signal, rate, frontEnd);
  const wanted = starts.map((start) => ({ start, end: start + windowFrames }));
  const groups = groupFrames(wanted, signal.length, rate, frontEnd);
  const frames = new StretchFrames(rate, frontEnd);
  let end = -1;
  for (const group of groups) {
    expect(group.source.start).toBeGreaterThan(end);
    expect(group.source.end).toBeLessThanOrEqual(signal.length);
    end = group.source.end;
    frames.push(group, signal.slice(group.source.start, group.source.end));
  }
  const windows = frames.finish(starts)!;
  expect(windows.map(({ startFrame }) => startFrame)).toEqual(starts);
  for (const { startFrame, data } of windows)
    expect(largestDifference(data, windowOf(whole, startFrame, windowFrames, frontEnd))).toBeLessThan(ROUNDING);
}

test('windows made of stretches are those of the whole signal, of any length, rate and plan', () => {
  fc.assert(
    fc.property(rates, fc.double({ min: 0.6, max: 6, noNaN: true }), plans, (rate, seconds, plan) => {
      const signal = goldenSignal(Math.round(seconds * rate), rate);
      const frames = countFrames(signal.length, rate, ours);
      expectWindowsOfStretches(signal, rate, planStarts(plan, frames, WINDOW), ours);
    }),
    { numRuns: 40 },
  );
});

test('also those at both ends, where the whole is reflected', () => {
  fc.assert(
    fc.property(rates, fc.integer({ min: 0, max: 3000 }), (rate, more) => {
      const signal = goldenSignal(2 * rate + more, rate);
      const last = countFrames(signal.length, rate, ours) - WINDOW;
      expectWindowsOfStretches(signal, rate, [0, Math.floor(last / 2), last - 1, last], ours);
    }),
    { numRuns: 20 },
  );
});

test('and with a pre-emphasis and a hop that does not divide the transform', () => {
  const mel = melOf({ ...DEFAULT_MEL, preEmphasis: 0.97, hop: 160, winLength: 400, window: 'hann-symmetric' });
  fc.assert(
    fc.property(rates, fc.integer({ min: 0, max: 3000 }), (rate, more) => {
      const signal = goldenSignal(2 * rate + more, rate);
      const last = countFrames(signal.length, rate, mel) - WINDOW;
      expectWindowsOfStretches(signal, rate, [0, Math.floor(last / 3), Math.floor(last / 2), last], mel);
    }),
    { numRuns: 20 },
  );
});

test('and so are windows of samples', () => {
  const samples = frontEndOf({ kind: 'waveform', layout: 'NT', sampleRate: 22_050, windowSamples: 3000 });
  fc.assert(
    fc.property(rates, fc.integer({ min: 0, max: 3000 }), plans, (rate, more, plan) => {
      const signal = goldenSignal(rate + more, rate);
      const total = countFrames(signal.length, rate, samples);
      expect(total).toBe(wholeFrames(signal, rate, samples).length);
      expectWindowsOfStretches(signal, rate, planStarts(plan, total, samples.windowFrames), samples);
      expectWindowsOfStretches(signal, rate, [0, total - 3000], samples);
    }),
    { numRuns: 30 },
  );
});

test('the number of frames is known before any is made', () => {
  fc.assert(
    fc.property(rates, fc.integer({ min: 5000, max: 60_000 }), (rate, samples) => {
      const frames = wholeFrames(goldenSignal(samples, rate), rate, ours);
      expect(countFrames(samples, rate, ours)).toBe(frames.length / DEFAULT_MEL.nMels);
    }),
    { numRuns: 20 },
  );
});
