import { orderSplices, trimSplice, type KnownSplice } from '../../core/tags/splices';
import type { ByteSource } from '../files/byte-source';

/** Bytes from `start` to `end` of the old file give way to `insert`. */
export interface RangeChange {
  readonly start: number;
  readonly end: number;
  readonly insert: Uint8Array;
}

/** How much longer the file becomes. */
export const growthOf = (changes: readonly RangeChange[]): number =>
  changes.reduce((sum, { start, end, insert }) => sum + insert.length - (end - start), 0);

/** Changes together with the bytes that they take away, in order; what stays equal is left out. */
export async function toSplices(source: ByteSource, changes: readonly RangeChange[]): Promise<KnownSplice[]> {
  const splices: KnownSplice[] = [];
  for (const { start, end, insert } of changes) {
    const removed = (await source.read(start, end - start)).slice();
    const splice = trimSplice({ offset: start, remove: end - start, removed, insert });
    if (splice) splices.push(splice);
  }
  return orderSplices(splices, source.size);
}
