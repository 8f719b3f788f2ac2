import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PeakMeter } from '../../../src/main/core/playback/peaks';

function peaksOf(chunks: readonly (readonly number[])[], samples: number, parts: number): number[] {
  const meter = new PeakMeter(samples, parts);
  for (const chunk of chunks) meter.push(Float32Array.from(chunk));
  return meter.peaks();
}

describe('how loud a track is along its length', () => {
  it('is the largest sample of each part, whatever its sign', () => {
    expect(peaksOf([[0, 0.2, -1, 0.1, 0.4, -0.4]], 6, 3)).toEqual([51, 255, 102]);
  });

  it('is silent where nothing came, and holds what was not foreseen', () => {
    expect(peaksOf([[1, 1]], 8, 4)).toEqual([255, 0, 0, 0]);
    expect(peaksOf([[0, 0, 0, 0, 2]], 4, 2)).toEqual([0, 255]);
    expect(peaksOf([[0.2]], 1, 400)).toEqual([51]);
    expect(peaksOf([], 0, 4)).toEqual([0]);
  });

  it('does not depend on how the samples are cut, and is that of a plain search', () => {
    const signal = fc.array(fc.integer({ min: -255, max: 255 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(signal, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 9 }), (whole, parts, cut) => {
        const values = whole.map((value) => value / 255);
        const chunks = Array.from({ length: Math.ceil(values.length / cut) }, (_, i) =>
          values.slice(i * cut, (i + 1) * cut),
        );
        const count = Math.min(parts, values.length);
        const plain = new Array<number>(count).fill(0);
        whole.forEach((value, i) => {
          const part = Math.floor((i * count) / values.length);
          plain[part] = Math.max(plain[part]!, Math.abs(value));
        });
        expect(peaksOf(chunks, values.length, parts)).toEqual(plain);
      }),
    );
  });
});
