import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packEmbedding, unpackEmbedding } from '../../../src/main/store/embedding-blob';

describe('an embedding as a blob', () => {
  it('comes back within half a 127th of its largest value', () => {
    const values = fc.float32Array({ min: -1, max: 1, noNaN: true, minLength: 1, maxLength: 64 });
    fc.assert(
      fc.property(values, (embedding) => {
        const largest = Math.max(...embedding.map(Math.abs));
        // Under float32's smallest normal number a scale has too few digits; no direction of length 1 is so small.
        fc.pre(largest === 0 || largest > 1e-30);
        const back = unpackEmbedding(packEmbedding(embedding));
        expect(back).toHaveLength(embedding.length);
        embedding.forEach((value, i) => {
          expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual((largest / 127) * 0.5001 + 1e-37);
        });
      }),
    );
  });

  it('takes a byte a value and four for the scale, wherever the blob lies in its buffer', () => {
    const blob = packEmbedding(Float32Array.of(0.5, -1, 0.25));
    expect([...blob.subarray(4)].map((byte) => (byte > 127 ? byte - 256 : byte))).toEqual([64, -127, 32]);
    const buffer = new Uint8Array(20);
    buffer.set(blob, 5);
    expect(unpackEmbedding(buffer.subarray(5, 5 + blob.length))).toEqual(unpackEmbedding(blob));
    expect([...unpackEmbedding(packEmbedding(Float32Array.of(0, 0)))]).toEqual([0, 0]);
  });
});
