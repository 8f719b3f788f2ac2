import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frontEndOf } from '../../../src/main/core/inputs';
import type { ImageInput } from '../../../src/main/core/inputs/image';
import { bilinear } from '../../../src/main/core/inputs/picture/resize';
import { largestDifference } from '../../builders/audio';
import { imageInput } from '../../builders/input-packs';

const BANDS = 16;
const FRAMES = 12;
const plain = { ...imageInput, nMels: BANDS, windowFrames: FRAMES, normalisation: undefined };
/** Energies of a window, from nothing at all to what 16 bits at full scale give. */
const windows = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: 1e-12, max: 1e6, noNaN: true })), {
    minLength: BANDS * FRAMES,
    maxLength: BANDS * FRAMES,
  })
  .map((values) => Float32Array.from(values));
const looks = fc.record({
  decibels: fc.record({
    factor: fc.constantFrom(10 as const, 20 as const),
    range: fc.double({ min: 1, max: 120, noNaN: true }),
  }),
  levels: fc.constantFrom(undefined, 256 as const),
  columns: fc.option(
    fc.record({
      count: fc.integer({ min: 1, max: 30 }),
      offset: fc.double({ min: -20, max: 20, noNaN: true }),
      span: fc.double({ min: 0.5, max: 40, noNaN: true }),
    }),
    { nil: undefined },
  ),
  size: fc.option(fc.record({ height: fc.integer({ min: 1, max: 20 }), width: fc.integer({ min: 1, max: 20 }) }), {
    nil: undefined,
  }),
  colours: fc.constantFrom('grey' as const, 'magma' as const, 'repeat' as const),
});
const render = (input: ImageInput, window: Float32Array): Float32Array => frontEndOf(input).render(window.slice());

test('a picture is of the shape it says, 0..1, and the same every time', () => {
  fc.assert(
    fc.property(windows, looks, (window, look) => {
      const input = { ...plain, ...look };
      const values = render(input, window);
      expect(values).toHaveLength(frontEndOf(input).axes.reduce((product, { size }) => product * size, 1));
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(render(input, window)).toEqual(values);
    }),
  );
});

test('how loud a window is makes no difference', () => {
  fc.assert(
    fc.property(windows, looks, fc.integer({ min: -10, max: 10 }), (window, look, octaves) => {
      // Powers of two, which lose no digits; steps could fall either way at their edges.
      const input = { ...plain, ...look, levels: undefined, colours: 'grey' } as const;
      const louder = window.map((energy) => energy * 2 ** octaves);
      expect(largestDifference(render(input, louder), render(input, window))).toBeLessThan(1e-5);
    }),
  );
});

test('the order of rows and of axes turns a picture, and changes nothing else', () => {
  fc.assert(
    fc.property(windows, looks, (window, look) => {
      const input = { ...plain, ...look, rows: 'low-first', layout: 'NCHW' } as const;
      const planes = render(input, window);
      const [channels, height, width] = frontEndOf(input).axes.map(({ size }) => size) as [number, number, number];
      const pixels = render({ ...input, layout: 'NHWC' }, window);
      const upsideDown = render({ ...input, rows: 'high-first' }, window);
      let apart = 0;
      for (let c = 0; c < channels; c++)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const value = planes[(c * height + y) * width + x]!;
            expect(pixels[(y * width + x) * channels + c]).toBe(value);
            apart = Math.max(apart, Math.abs(upsideDown[(c * height + height - 1 - y) * width + x]! - value));
          }
      // Resizing from below rounds otherwise than from above, which may change a colour by one entry of the table.
      expect(apart).toBeLessThan(look.size ? 6 / 255 : 1e-9);
    }),
    { numRuns: 40 },
  );
});

test('resizing stays within the values, keeps what is even, and to the same size changes nothing', () => {
  const side = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(
      side,
      side,
      side,
      side,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (h, w, H, W, stream) => {
        const picture = Float32Array.from({ length: h * w }, () => stream.next().value as number);
        const resized = bilinear(h, w, H, W)(picture);
        expect(Math.min(...resized)).toBeGreaterThanOrEqual(Math.min(...picture) - 1e-6);
        expect(Math.max(...resized)).toBeLessThanOrEqual(Math.max(...picture) + 1e-6);
        expect(bilinear(h, w, h, w)(picture)).toEqual(picture);
        expect(
          largestDifference(bilinear(h, w, H, W)(new Float32Array(h * w).fill(0.3)), new Float32Array(H * W).fill(0.3)),
        ).toBeLessThan(1e-7);
      },
    ),
  );
});
