import { createHash } from 'node:crypto';
import { CodedError } from '#shared/domain/failure';
import { piecesOf, splicedSize, type Splice } from '../../core/tags/splices';

/** Bytes that can be read from any place without holding all of them. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes, not to be modified; fails with `read-failed` where the file has fewer or can't be read. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

const WINDOW = 65_536;
const CHUNK = 1 << 20;

export const endsEarly = (): CodedError =>
  new CodedError('read-failed', 'The file ends before its contents do; it may be cut off. Restore it from a backup.');

export const memorySource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read(offset, length) {
    if (offset < 0 || length < 0 || offset + length > bytes.length) return Promise.reject(endsEarly());
    return Promise.resolve(bytes.subarray(offset, offset + length));
  },
});

/** Answers small reads from one window of 64 KiB, so that walking through frames doesn't cost a system call a header. */
export function buffered(source: ByteSource): ByteSource {
  let start = 0;
  let window: Uint8Array = new Uint8Array(0);
  return {
    size: source.size,
    async read(offset, length) {
      if (length > WINDOW / 2) return source.read(offset, length);
      if (offset < start || offset + length > start + window.length) {
        if (offset < 0 || offset + length > source.size) throw endsEarly();
        window = await source.read(offset, Math.min(WINDOW, source.size - offset));
        start = offset;
      }
      return window.subarray(offset - start, offset - start + length);
    },
  };
}

/** The file as it would be after the splices, without writing it. */
export function spliced(source: ByteSource, splices: readonly Splice[]): ByteSource {
  const pieces = piecesOf(source.size, splices);
  if (!pieces) throw new Error('splices do not fit the file');
  let at = 0;
  const placed = pieces.map((piece) => {
    const length = piece instanceof Uint8Array ? piece.length : piece.length;
    const entry = { start: at, end: at + length, piece };
    at += length;
    return entry;
  });
  const size = splicedSize(source.size, splices);
  return {
    size,
    async read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size) throw endsEarly();
      const result = new Uint8Array(length);
      for (let i = pieceAt(placed, offset); i < placed.length; i++) {
        const { start, end, piece } = placed[i]!;
        if (start >= offset + length) break;
        const from = Math.max(start, offset);
        const to = Math.min(end, offset + length);
        if (from >= to) continue;
        const bytes =
          piece instanceof Uint8Array
            ? piece.subarray(from - start, to - start)
            : await source.read(piece.offset + from - start, to - from);
        result.set(bytes, from - offset);
      }
      return result;
    },
  };
}

/** The first piece that ends after `offset`, by bisection: a renumbered Ogg file has tens of thousands. */
function pieceAt(placed: readonly { readonly end: number }[], offset: number): number {
  let low = 0;
  let high = placed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placed[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Feeds a range to a consumer in chunks of at most 1 MiB. */
export async function eachChunk(
  source: ByteSource,
  offset: number,
  length: number,
  consume: (bytes: Uint8Array) => Promise<void> | void,
): Promise<void> {
  for (let at = offset; at < offset + length; at += CHUNK)
    await consume(await source.read(at, Math.min(CHUNK, offset + length - at)));
}

/** Hex SHA-256 of a range. */
export const hashRange = (source: ByteSource, offset: number, length: number): Promise<string> =>
  hashParts(source, [{ offset, length }]);

/** A stretch of a file in bytes. */
export interface Part {
  readonly offset: number;
  readonly length: number;
}

/**
 * Hex SHA-256 of several stretches one after the other; they ascend. Reads 1 MiB at a time, however short they are.
 * @param between is called after each read and may throw to end the work.
 */
export async function hashParts(
  source: ByteSource,
  parts: readonly Part[],
  between: () => void = () => undefined,
): Promise<string> {
  const hash = createHash('sha256');
  let window: Uint8Array = new Uint8Array(0);
  let start = 0;
  for (const part of parts) {
    const end = part.offset + part.length;
    for (let at = part.offset; at < end;) {
      if (at < start || at >= start + window.length) {
        between();
        window = await source.read(at, Math.min(CHUNK, source.size - at));
        if (window.length === 0) throw endsEarly();
        start = at;
      }
      const to = Math.min(end, start + window.length);
      hash.update(window.subarray(at - start, to - start));
      at = to;
    }
  }
  return hash.digest('hex');
}
