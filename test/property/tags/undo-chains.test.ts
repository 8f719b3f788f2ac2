import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  composeSplices,
  invertSplices,
  piecesOf,
  type KnownSplice,
  type Splice,
} from '../../../src/main/core/tags/splices';

function apply(file: Uint8Array, splices: readonly Splice[]): Uint8Array {
  const pieces = piecesOf(file.length, splices);
  if (!pieces) throw new Error('the splices do not fit');
  return new Uint8Array(
    Buffer.concat(
      pieces.map((piece) =>
        piece instanceof Uint8Array ? piece : file.subarray(piece.offset, piece.offset + piece.length),
      ),
    ),
  );
}

/** Random splices that fit a file: gaps and removals, cut off where the file ends. */
const edits = fc.array(fc.record({ gap: fc.nat(9), remove: fc.nat(6), insert: fc.uint8Array({ maxLength: 6 }) }), {
  maxLength: 6,
});
function fit(file: Uint8Array, wanted: readonly { gap: number; remove: number; insert: Uint8Array }[]): KnownSplice[] {
  const splices: KnownSplice[] = [];
  let at = 0;
  for (const { gap, remove, insert } of wanted) {
    const offset = Math.min(at + gap, file.length);
    const length = Math.min(remove, file.length - offset);
    splices.push({ offset, remove: length, removed: file.slice(offset, offset + length), insert });
    at = offset + length;
  }
  return splices;
}

describe('splices one after the other', () => {
  it('do as one list what they do in turn', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), edits, edits, (file, one, two) => {
        const first = fit(file, one);
        const middle = apply(file, first);
        const second = fit(middle, two);
        const composed = composeSplices(file.length, first, second);
        expect(apply(file, composed)).toEqual(apply(middle, second));
      }),
      { numRuns: 2000 },
    );
  });

  it('of a chain of edits lead all the way back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.array(edits, { minLength: 1, maxLength: 5 }), (file, chain) => {
        const ways: Splice[][] = [];
        let now: Uint8Array = file;
        for (const wanted of chain) {
          const splices = fit(now, wanted);
          ways.unshift(invertSplices(splices));
          now = apply(now, splices);
        }
        const back = ways.reduce((all, way) => composeSplices(now.length, all, way));
        expect(apply(now, back)).toEqual(new Uint8Array(file));
      }),
      { numRuns: 1000 },
    );
  });
});
