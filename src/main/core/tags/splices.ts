import { concat, concatAll, equalBytes } from './bytes';

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
  if (head + tail === 0) return splice;
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
  const touching: KnownSplice[][] = [];
  let end = 0;
  for (const splice of sorted) {
    if (splice.remove !== splice.removed.length) throw new Error('a splice does not know the bytes it removes');
    if (splice.offset < end || splice.offset + splice.remove > size)
      throw new Error('splices overlap or leave the file');
    const last = touching.at(-1);
    if (last && end === splice.offset) last.push(splice);
    else touching.push([splice]);
    end = splice.offset + splice.remove;
  }
  return touching.map((group) => ({
    offset: group[0]!.offset,
    remove: group.reduce((sum, { remove }) => sum + remove, 0),
    removed: concatAll(group.map(({ removed }) => removed)),
    insert: concatAll(group.map(({ insert }) => insert)),
  }));
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

/** A range of the old file, or new bytes. */
export type Piece = { readonly offset: number; readonly length: number } | Uint8Array;

/** What the new file consists of, in order. Null if the splices don't fit the file. */
export function piecesOf(size: number, splices: readonly Splice[]): Piece[] | null {
  const pieces: Piece[] = [];
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

/**
 * One list of splices that does what two do one after the other; `second` is about the file that `first` makes of one of
 * `size` bytes. Throws if they don't fit: that is a bug.
 */
export function composeSplices(size: number, first: readonly Splice[], second: readonly Splice[]): Splice[] {
  const middle = piecesOf(size, first);
  const end = middle && piecesOf(splicedSize(size, first), second);
  if (!end) throw new Error('splices do not fit the file');
  const starts: number[] = [];
  let at = 0;
  for (const piece of middle) {
    starts.push(at);
    at += piece.length;
  }
  const pieces: Piece[] = [];
  let index = 0;
  for (const piece of end) {
    if (piece instanceof Uint8Array) {
      pieces.push(piece);
      continue;
    }
    // Ranges ascend, so the pieces of the middle file are gone through once.
    const until = piece.offset + piece.length;
    while (index < middle.length && starts[index]! + middle[index]!.length <= piece.offset) index++;
    for (let i = index; i < middle.length && starts[i]! < until; i++) {
      const source = middle[i]!;
      const from = Math.max(piece.offset - starts[i]!, 0);
      const to = Math.min(until - starts[i]!, source.length);
      pieces.push(
        source instanceof Uint8Array ? source.subarray(from, to) : { offset: source.offset + from, length: to - from },
      );
    }
  }
  return splicesOf(size, pieces);
}

/** The splices that make these pieces of a file; its own ranges ascend. */
function splicesOf(size: number, pieces: readonly Piece[]): Splice[] {
  const splices: Splice[] = [];
  let at = 0;
  let inserted: Uint8Array[] = [];
  const close = (next: number): void => {
    if (inserted.length > 0 || next > at) splices.push({ offset: at, remove: next - at, insert: concat(...inserted) });
    inserted = [];
  };
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) inserted.push(piece);
    else {
      close(piece.offset);
      at = piece.offset + piece.length;
    }
  }
  close(size);
  return splices;
}
