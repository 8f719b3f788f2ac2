import { describe, expect, test } from 'vitest';
import { Halver } from '../../../src/main/core/dsp/halver';
import { createResampler, designFilters } from '../../../src/main/core/dsp/resampler';
import { streamed } from '../../builders/audio';

const RATE = 44_100;
const tone = (hertz: number, rate: number, length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));
/** Away from the ends, where a tone that begins at once is no tone. */
const middle = (samples: Float32Array): Float32Array => samples.subarray(200, -200);
const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const decibels = (share: number): number => 20 * Math.log10(share);

describe('halving the sample rate', () => {
  test.each([50, 1000, 5000, 8000, 8300])('leaves a tone of %i Hz as it is', (hertz) => {
    const halved = streamed(new Halver(), tone(hertz, RATE, RATE), [1000, 7, 30_000]);
    expect(halved.length).toBe(RATE / 2);
    const expected = tone(hertz, RATE / 2, RATE / 2);
    expect(largest(middle(halved.map((value, i) => value - expected[i]!)))).toBeLessThan(5e-6);
  });

  test.each([13_750, 15_000, 18_000, 20_000, 22_000])('lets nothing of %i Hz fold back', (hertz) => {
    const halved = streamed(new Halver(), tone(hertz, RATE, RATE), [4096]);
    expect(decibels(largest(middle(halved)))).toBeLessThan(-105);
  });

  test.each([0, 1, 2, 7, 8, 9, 31, 32, 33, 8191, 8192, 8193])('gives half of %i samples, rounded up', (length) => {
    expect(streamed(new Halver(), new Float32Array(length), [5]).length).toBe(Math.ceil(length / 2));
  });
});

/** The resampling filter applied sample by sample, in double precision. */
function direct(signal: Float32Array, inRate: number, outRate: number): Float64Array {
  const step = inRate / outRate;
  // As many phases as make every position one of them exactly.
  const phases = Array.from({ length: 2000 }, (_, i) => i + 1).find((count) => Number.isInteger(step * count))!;
  const { taps, length } = designFilters(outRate / inRate, phases);
  return Float64Array.from({ length: Math.ceil(signal.length / step) }, (_, n) => {
    const first = Math.floor(n * step + 1e-9);
    const phase = Math.round((n * step - first) * phases);
    let sum = 0;
    for (let k = 0; k < length; k++) sum += (signal[first + k - length / 2 + 1] ?? 0) * taps[phase * length + k]!;
    return sum;
  });
}

describe('resampling in two and more steps is the one long filter', () => {
  test.each([44_100, 48_000, 88_200, 96_000, 176_400, 192_000])(
    'from %i Hz to 16 kHz, from the first sample to the last',
    (rate) => {
      let state = 1;
      const noise = Float32Array.from({ length: 6001 }, () => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
        return state / 0x4000_0000 - 1;
      });
      const expected = direct(noise, rate, 16_000);
      const actual = streamed(createResampler(rate, 16_000), noise, [1, 999, 64]);
      expect(actual.length).toBe(expected.length);
      expect(largest(actual.map((value, i) => value - expected[i]!))).toBeLessThan(1e-5);
    },
  );
});
