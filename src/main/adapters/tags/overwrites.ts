import { overwrittenBy, type Range } from '../../core/tags/overwrites';
import type { KnownSplice } from '../../core/tags/splices';
import { spliced, type ByteSource } from '../files/byte-source';

/** All old bytes of what is overwritten go through memory and into the library's journal. */
const MAX_BYTES = 16 << 20;
const MAX_PLACES = 1000;

export const isSmall = (ranges: readonly Range[]): boolean =>
  ranges.length <= MAX_PLACES && ranges.reduce((sum, { start, end }) => sum + end - start, 0) <= MAX_BYTES;

/** The same change as splices that put as many bytes as they take, each in its place. Null if it can't be made in place. */
export async function asOverwrites(
  source: ByteSource,
  splices: readonly KnownSplice[],
): Promise<readonly KnownSplice[] | null> {
  const ranges = overwrittenBy(splices);
  if (!ranges || !isSmall(ranges)) return null;
  const view = spliced(source, splices);
  const overwrites: KnownSplice[] = [];
  for (const { start, end } of ranges) {
    const remove = end - start;
    const removed = (await source.read(start, remove)).slice();
    overwrites.push({ offset: start, remove, removed, insert: (await view.read(start, remove)).slice() });
  }
  return overwrites;
}
