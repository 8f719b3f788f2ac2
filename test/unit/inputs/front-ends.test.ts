import { describe, expect, test } from 'vitest';
import { goldenWindows } from '../../../src/main/adapters/onnx/golden';
import { batchFor } from '../../../src/main/adapters/onnx/batch';
import { windowFeatures } from '../../../src/main/core/features';
import { frontEndOf, valuesOf, windowSeconds } from '../../../src/main/core/inputs';
import { framesShown } from '../../../src/main/core/inputs/image';
import { FRONT_END } from '../../../src/main/core/dsp/mel';
import { DEFAULT_MEL } from '../../../src/main/analysis/features';
import { featuresInput, imageInput, waveformInput } from '../../builders/input-packs';
import { goldenSignal } from '../../builders/audio';

const melInput = { ...DEFAULT_MEL, kind: 'mel', layout: 'NCTM', windowFrames: 187 } as const;
const inputs = [melInput, waveformInput, imageInput, featuresInput] as const;
const axesOf = (input: Parameters<typeof frontEndOf>[0]): number[] => frontEndOf(input).axes.map(({ size }) => size);
/** Pictures in grey that show every value. */
const plain = {
  ...imageInput,
  colours: 'grey',
  levels: undefined,
  columns: undefined,
  size: undefined,
  normalisation: undefined,
  nMels: 16,
  windowFrames: 8,
} as const;

describe('every kind', () => {
  test('has a version of its own, so that results never mix', () => {
    const versions = inputs.map((input) => frontEndOf(input).version);
    expect(new Set(versions).size).toBe(inputs.length);
    expect(versions[0]).toBe(FRONT_END);
  });

  test('says how long a window is', () => {
    expect(windowSeconds(frontEndOf(waveformInput))).toBe(0.5);
    expect(windowSeconds(frontEndOf(imageInput))).toBe((64 * 512) / 16_000);
    expect(windowSeconds(frontEndOf(featuresInput))).toBe(2);
  });

  test.each(inputs)('$kind: golden windows are the same every time, finite, of its shape, no two alike', (input) => {
    const frontEnd = frontEndOf(input);
    const windows = goldenWindows(frontEnd, 12);
    expect(windows.every((window) => window.length === valuesOf(frontEnd) && window.every(Number.isFinite))).toBe(true);
    expect(goldenWindows(frontEnd, 3)).toEqual(windows.slice(0, 3));
    expect(new Set(windows.map((window) => window.join())).size).toBe(12);
  });

  test('batches are as large as their windows allow', () => {
    expect(batchFor(frontEndOf(melInput))).toBe(16);
    expect(batchFor(frontEndOf(featuresInput))).toBe(16);
    expect(batchFor(frontEndOf({ ...waveformInput, windowSamples: 48_000 }))).toBe(6);
    expect(batchFor(frontEndOf({ ...waveformInput, windowSamples: 661_500 }))).toBe(1);
  });
});

describe('samples', () => {
  test('lie in the layout that the model wants', () => {
    expect(axesOf({ ...waveformInput, layout: 'NT' })).toEqual([8000]);
    expect(axesOf({ ...waveformInput, layout: 'NCT' })).toEqual([1, 8000]);
    expect(axesOf({ ...waveformInput, layout: 'NTC' })).toEqual([8000, 1]);
  });

  test('are left as they are, or shifted and scaled', () => {
    const samples = Float32Array.of(-1, 0, 0.5);
    expect([...frontEndOf(waveformInput).render(samples.slice())]).toEqual([-1, 0, 0.5]);
    const scaled = frontEndOf({ ...waveformInput, normalisation: { add: 1, divide: 2 } });
    expect([...scaled.render(samples.slice())]).toEqual([0, 0.5, 0.75]);
  });
});

describe('pictures', () => {
  const bands = plain.nMels;
  const frames = plain.windowFrames;
  /** 1 in one place, a hundredth elsewhere: at a factor of 10 and a range of 30 dB the level there is a third. */
  const window = (): Float32Array => {
    const energies = new Float32Array(frames * bands).fill(0.01);
    energies[2 * bands + 3] = 1;
    return energies;
  };
  const decibels = { factor: 10, range: 30 } as const;

  test('GTZAN’s 334 columns show these frames of 1293', () => {
    const shown = framesShown(1293, { count: 334, offset: 2, span: 334.8 });
    expect([shown[0], shown[1], shown[332], shown[333]]).toEqual([7, 11, 1289, 1292]);
  });

  test('a column beyond the window shows its last frame, one before it the first', () => {
    expect([...framesShown(10, { count: 4, offset: -1, span: 3 })]).toEqual([0, 0, 3, 6]);
    expect([...framesShown(10, { count: 4, offset: 1, span: 3 })]).toEqual([3, 6, 9, 9]);
  });

  test('have bands as rows, the lowest first or last, and frames as columns', () => {
    const low = frontEndOf({ ...plain, decibels, rows: 'low-first' }).render(window());
    expect(low[3 * frames + 2]).toBe(1);
    expect(low[0]).toBeCloseTo(1 / 3, 6);
    const high = frontEndOf({ ...plain, decibels, rows: 'high-first' }).render(window());
    expect(high[(bands - 1 - 3) * frames + 2]).toBe(1);
  });

  test('are held at the range below the strongest, and cut to 256 levels where asked for', () => {
    const held = frontEndOf({ ...plain, decibels: { factor: 20, range: 30 } }).render(window());
    expect(new Set(held)).toEqual(new Set([0, 1]));
    const cut = frontEndOf({ ...plain, decibels, levels: 256 }).render(window());
    expect(new Set(cut)).toEqual(new Set([1, Math.fround(85 / 255)]));
  });

  test('have their channels in planes, or side by side', () => {
    const planes = frontEndOf({ ...plain, decibels, colours: 'magma' }).render(window());
    const pixels = frontEndOf({ ...plain, decibels, colours: 'magma', layout: 'NHWC' }).render(window());
    expect(axesOf({ ...plain, colours: 'magma' })).toEqual([3, bands, frames]);
    expect(axesOf({ ...plain, colours: 'magma', layout: 'NHWC' })).toEqual([bands, frames, 3]);
    const at = (bands - 1 - 3) * frames + 2;
    const brightest = [251, 252, 191].map((value) => Math.fround(value / 255));
    expect([...pixels.subarray(3 * at, 3 * at + 3)]).toEqual(brightest);
    expect([0, 1, 2].map((channel) => planes[channel * bands * frames + at])).toEqual(brightest);
  });

  test('of digital silence are black, and never NaN', () => {
    const silence = (): Float32Array => new Float32Array(frames * bands);
    expect(new Set(frontEndOf(plain).render(silence()))).toEqual(new Set([0]));
    const coloured = frontEndOf({ ...imageInput, normalisation: undefined }).render(new Float32Array(64 * 32));
    expect(Math.max(...coloured)).toBeCloseTo(3 / 255, 6);
  });
});

test('statistics are those of the window, shifted and scaled by column', () => {
  const samples = goldenSignal(featuresInput.windowSamples, featuresInput.sampleRate);
  const { columns, normalisation } = featuresInput;
  const expected = [...windowFeatures(samples, featuresInput.sampleRate, columns)].map((value, i) =>
    Math.fround((value + normalisation!.add[i]!) / normalisation!.divide[i]!),
  );
  expect([...frontEndOf(featuresInput).render(samples.slice())]).toEqual(expected);
});
