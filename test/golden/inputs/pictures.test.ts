import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { frontEndOf } from '../../../src/main/core/inputs';
import type { ImageInput } from '../../../src/main/core/inputs/image';
import { MAGMA } from '../../../src/main/core/inputs/picture/magma';
import { bilinear } from '../../../src/main/core/inputs/picture/resize';
import { windowOf } from '../../../src/main/core/windows/cutter';
import { goldenSignal, largestDifference, streamed } from '../../builders/audio';
import { repositoryRoot } from '../../builders/requirements';

const at = (name: string): string => join(repositoryRoot, 'test/golden/inputs', name);
const floats = (name: string): Float32Array => {
  const bytes = readFileSync(at(name));
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
};

/** Values of librosa, torch and matplotlib; make.py beside this file made them. */
const golden = JSON.parse(readFileSync(at('golden.json'), 'utf8')) as {
  pictures: Record<string, { parameters: Omit<ImageInput, 'kind'>; samples: number; shape: number[] }>;
  resize: Record<string, { from: [number, number]; to: [number, number] }>;
};

describe('pictures of a mel spectrogram are those of librosa, torch and matplotlib', () => {
  for (const [name, { parameters, samples, shape }] of Object.entries(golden.pictures))
    test(name, () => {
      const frontEnd = frontEndOf({ kind: 'image', ...parameters });
      expect(frontEnd.axes.map(({ size }) => size)).toEqual(shape);
      const frames = streamed(frontEnd.createStream(), goldenSignal(samples, parameters.sampleRate), [4096]);
      const values = frontEnd.render(windowOf(frames, 0, frames.length / frontEnd.width, frontEnd));
      const expected = floats(`picture-${name}.bin`);
      const isStepped = parameters.levels !== undefined || parameters.colours === 'magma';
      if (!isStepped) {
        expect(largestDifference(values, expected)).toBeLessThan(1e-5);
        return;
      }
      // A level on the edge of two steps may fall to the other side of it.
      const off = values.filter((value, i) => Math.abs(value - expected[i]!) > 1e-5);
      expect(off.length / values.length).toBeLessThan(0.002);
      const step =
        (parameters.colours === 'magma' ? 6 : 1) / 255 / Math.min(...(parameters.normalisation?.divide ?? [1]));
      expect(largestDifference(values, expected)).toBeLessThan(step + 1e-5);
    });
});

describe('resizing is torch’s', () => {
  for (const [name, { from, to }] of Object.entries(golden.resize))
    test(`${from.join(' x ')} to ${to.join(' x ')}`, () => {
      const grid = Float32Array.from({ length: from[0] * from[1] }, (_, i) => ((i * 37) % 101) / 101);
      expect(largestDifference(bilinear(...from, ...to)(grid), floats(`resize-${name}.bin`))).toBeLessThan(1e-6);
    });
});

test('magma is matplotlib’s', () => {
  expect([...MAGMA]).toEqual([...readFileSync(at('magma.bin'))]);
});
