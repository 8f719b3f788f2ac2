import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readByteRange } from '../../../src/main/core/playback/byte-range';

const part = (start: number, end: number) => ({ kind: 'part', start, end });
const whole = { kind: 'whole' };
const unsatisfiable = { kind: 'unsatisfiable' };

describe('the part of a content that a Range header asks for', () => {
  it.each([
    ['bytes=0-', part(0, 1000)],
    ['bytes=0-0', part(0, 1)],
    ['bytes=10-19', part(10, 20)],
    ['Bytes=990-5000', part(990, 1000)],
    ['bytes=-1', part(999, 1000)],
    ['bytes=-5000', part(0, 1000)],
    [' bytes=999- ', part(999, 1000)],
    ['bytes=1000-', unsatisfiable],
    ['bytes=1000-1001', unsatisfiable],
    ['bytes=-0', unsatisfiable],
    [`bytes=${'9'.repeat(400)}-`, unsatisfiable],
    [undefined, whole],
    [null, whole],
    ['', whole],
    ['bytes=-', whole],
    ['bytes=20-10', whole],
    ['bytes=0-1,5-6', whole],
    ['bytes= 1-2', whole],
    ['bytes=1e2-', whole],
    ['bytes=0x1-', whole],
    ['bytes=-1-2', whole],
    ['items=0-1', whole],
    ['0-1', whole],
  ])('%s', (header, range) => {
    expect(readByteRange(header, 1000)).toEqual(range);
  });

  it('of nothing is never there', () => {
    for (const header of ['bytes=0-', 'bytes=0-0', 'bytes=-1']) expect(readByteRange(header, 0)).toEqual(unsatisfiable);
    expect(readByteRange(null, 0)).toEqual(whole);
  });

  it('lies within the content and is not empty, whatever is asked', () => {
    const piece = fc.oneof(fc.constantFrom('bytes=', '-', ',', ' ', '0', '9'), fc.nat().map(String), fc.string());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.nat(2000), (pieces, size) => {
        const range = readByteRange(pieces.join(''), size);
        if (range.kind !== 'part') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThan(range.start);
        expect(range.end).toBeLessThanOrEqual(size);
      }),
    );
  });
});
