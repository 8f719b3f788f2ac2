import { describe, expect, test } from 'vitest';
import { compressionCurve } from '../../../src/main/core/dsp/compression';
import { createKernels } from '../../../src/main/core/dsp/simd/module';

/** Energies through the kernel, four a vector. */
function compressed(energies: readonly number[], curve: ReturnType<typeof compressionCurve>): Float32Array {
  const vectors = Math.ceil(energies.length / 4);
  const { kernels, at } = createKernels({ energies: vectors * 16 });
  const values = new Float32Array(kernels.memory.buffer, at.energies, vectors * 4);
  values.set(energies);
  const { log, scale, shift } = curve;
  kernels.compress(at.energies, vectors, log ? 1 : 0, log?.factor ?? 1, log?.add ?? 0, scale, shift);
  return values.slice(0, energies.length);
}

/** From silence to far beyond full scale. */
const ENERGIES = [0, ...Array.from({ length: 4000 }, (_, i) => Math.fround(10 ** (-20 + i / 100)))];

describe('compression of energies', () => {
  test.each([
    ['log10-1-10000', (x: number) => Math.log10(1 + 10_000 * x)],
    ['ln-1e-5', (x: number) => Math.log(x + 1e-5)],
    ['none', (x: number) => x],
  ] as const)('%s is what its name says', (compression, exact) => {
    const values = compressed(ENERGIES, compressionCurve({ compression }));
    for (const [i, energy] of ENERGIES.entries()) {
      const expected = exact(energy);
      expect(Math.abs(values[i]! - expected)).toBeLessThanOrEqual(5e-7 + 3e-7 * Math.abs(expected));
    }
  });

  test('a shift and a scale come after it', () => {
    const normalisation = { add: 4.5, divide: 9 };
    const values = compressed(ENERGIES, compressionCurve({ compression: 'ln-1e-5', normalisation }));
    for (const [i, energy] of ENERGIES.entries()) expect(values[i]).toBeCloseTo((Math.log(energy + 1e-5) + 4.5) / 9, 5);
  });

  test('what is no finite number stays visible', () => {
    const curve = compressionCurve({ compression: 'log10-1-10000' });
    expect([...compressed([NaN, Infinity, 1, NaN], curve)].map(Number.isFinite)).toEqual([false, false, true, false]);
  });
});
