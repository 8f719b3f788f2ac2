import { concat, equalBytes } from './bytes';

/** A change of bytes: at `offset` of the old file, `remove` bytes give way to `insert`. */
export interface Splice {
  readonly offset: number;
  readonly remove: number;
  readonly insert: Uint8Array;
}

/** A splice together with the bytes that it takes away, by which it can be turned round. */
export interface KnownSplice extends Splice {
  readonly removed: Uint8Array;
}

/** Leaves out what is equal at both ends of a splice, so that a journal holds only bytes that change; null if nothing is left. */
export function trimSplice(splice: KnownSplice): KnownSplice | null {
  const { removed, insert } = splice;
  if (equalBytes(removed, insert)) return null;
  const shorter = Math.min(removed.length, insert.length);
  let head = 0;
  while (head < shorter && removed[head] === insert[head]) head++;
  let tail = 0;
  while (tail < shorter - head && removed[removed.length - 1 - tail] === insert[insert.length - 1 - tail]) tail++;
  return {
    offset: splice.offset + head,
    remove: splice.remove - head - tail,
    removed: removed.subarray(head, removed.length - tail),
    insert: insert.subarray(head, insert.length - tail),
  };
}

/** Sorts splices by place and joins those that touch. Throws if two overlap or one is outside the file: that is a bug. */
export function orderSplices(splices: readonly KnownSplice[], size: number): KnownSplice[] {
  const sorted = [...splices].sort((a, b) => a.offset - b.offset || a.remove - b.remove);
  const joined: KnownSplice[] = [];
  let end = 0;
  for (const splice of sorted) {
    if (splice.remove !== splice.removed.length) throw new Error('a splice does not know the bytes it removes');
    if (splice.offset < end || splice.offset + splice.remove > size)
      throw new Error('splices overlap or leave the file');
    end = splice.offset + splice.remove;
    const last = joined.at(-1);
    if (last && last.offset + last.remove === splice.offset) {
      joined[joined.length - 1] = {
        offset: last.offset,
        remove: last.remove + splice.remove,
        removed: concat(last.removed, splice.removed),
        insert: concat(last.insert, splice.insert),
      };
    } else joined.push(splice);
  }
  return joined;
}

/** The splices that lead from the new file back to the old one. */
export function invertSplices(splices: readonly KnownSplice[]): Splice[] {
  let shift = 0;
  return splices.map((splice) => {
    const inverse = { offset: splice.offset + shift, remove: splice.insert.length, insert: splice.removed };
    shift += splice.insert.length - splice.remove;
    return inverse;
  });
}

/** Length of the new file. */
export const splicedSize = (size: number, splices: readonly Splice[]): number =>
  splices.reduce((sum, splice) => sum + splice.insert.length - splice.remove, size);

/** What the new file consists of, in order: ranges of the old file and new bytes. Null if the splices don't fit the file. */
export function piecesOf(
  size: number,
  splices: readonly Splice[],
): ({ readonly offset: number; readonly length: number } | Uint8Array)[] | null {
  const pieces: ({ offset: number; length: number } | Uint8Array)[] = [];
  let at = 0;
  for (const splice of splices) {
    if (splice.offset < at || splice.remove < 0 || splice.offset + splice.remove > size) return null;
    if (splice.offset > at) pieces.push({ offset: at, length: splice.offset - at });
    if (splice.insert.length > 0) pieces.push(splice.insert);
    at = splice.offset + splice.remove;
  }
  if (at < size) pieces.push({ offset: at, length: size - at });
  return pieces;
}
