import { concat } from '../../core/tags/bytes';
import type { ByteSource, Part } from '../files/byte-source';
import type { OggPage } from '../files/payload/ogg-pages';

/** The payloads of pages as one run of bytes. */
export interface PagedBytes extends ByteSource {
  /** Where a stretch of it lies in the file. */
  pieces(from: number, to: number): Part[];
}

/** @param pages in the file's order, none of them empty. */
export function pagedBytes(source: ByteSource, pages: readonly OggPage[]): PagedBytes {
  const starts = [0];
  for (const { body } of pages) starts.push(starts.at(-1)! + body.length);
  const pieces = (from: number, to: number): Part[] => {
    const parts: Part[] = [];
    for (let i = lastAtMost(starts, from), at = from; at < to; i++) {
      const end = Math.min(to, starts[i + 1]!);
      parts.push({ offset: pages[i]!.body.offset + at - starts[i]!, length: end - at });
      at = end;
    }
    return parts;
  };
  return {
    size: starts.at(-1)!,
    pieces,
    async read(offset, length) {
      const parts: Uint8Array[] = [];
      for (const part of pieces(offset, offset + length)) parts.push(await source.read(part.offset, part.length));
      return parts.length === 1 ? parts[0]! : concat(...parts);
    },
  };
}

/** Index of the last of ascending numbers, the first of them 0, that is not above `value`. */
function lastAtMost(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numbers[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
