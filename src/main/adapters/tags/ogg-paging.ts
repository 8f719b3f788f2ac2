import { concat, toUint32le } from '../../core/tags/bytes';
import { oggCrc, oggPageCrc } from '../../core/tags/ogg-crc';
import { piecesOf, type KnownSplice } from '../../core/tags/splices';
import { spliced, type ByteSource } from '../files/byte-source';
import { audioPages, CONTINUED, OggFault, type OggHeaders } from '../files/payload/ogg-pages';
import type { PagedBytes } from './ogg-stream';
import { toSplices, type RangeChange } from './range-changes';

/** A page has at most 255 segments, as their number is one byte. */
const MAX_SEGMENTS = 255;
/** Where the number of a page and its checksum behind it stand in its header. */
const NUMBER_AT = 18;
const CRC_AT = 22;
/** Each takes a splice of its own; more would be a journal of many MB for one change of tags. */
const MAX_RENUMBERED = 100_000;

/** Lacing values of packets of these lengths (RFC 3533 section 5): 255 for each full segment, and one below 255 at the end of each. */
function laceOf(packets: readonly number[]): Uint8Array {
  const values = new Uint8Array(segmentsOf(packets)).fill(255);
  let at = -1;
  for (const length of packets) {
    at += Math.floor(length / 255) + 1;
    values[at] = length % 255;
  }
  return values;
}

const segmentsOf = (packets: readonly number[]): number =>
  packets.reduce((sum, length) => sum + Math.floor(length / 255) + 1, 0);

/**
 * How many segments each page takes: as before but for what is more or less, which first page `at` takes, then those behind it, then those
 * before it; no page becomes empty. Only if that is not possible, their number changes.
 */
export function spreadSegments(before: readonly number[], total: number, at: number): number[] {
  if (total < before.length || total > before.length * MAX_SEGMENTS) return fullPages(total);
  const after = [...before];
  let rest = total - before.reduce((sum, count) => sum + count, 0);
  const order = [...after.keys()].sort(
    (a, b) => (a < at ? 1 : 0) - (b < at ? 1 : 0) || Math.abs(a - at) - Math.abs(b - at),
  );
  for (const page of order) {
    const count = Math.min(MAX_SEGMENTS, Math.max(1, after[page]! + rest));
    rest -= count - after[page]!;
    after[page] = count;
  }
  return after;
}

const fullPages = (total: number): number[] =>
  Array.from({ length: Math.ceil(total / MAX_SEGMENTS) }, (_, page) =>
    Math.min(MAX_SEGMENTS, total - page * MAX_SEGMENTS),
  );

/**
 * Changes the packets of the headers and lays them out in pages anew.
 * @param stream payload of the header pages, to which the offsets of `changes` refer.
 * @returns splices of the file; where the number of pages changes, also of the numbers and checksums of all later pages. Throws an `OggFault`
 * if these can't be changed with certainty.
 */
export async function repage(
  source: ByteSource,
  headers: OggHeaders,
  stream: PagedBytes,
  changes: readonly RangeChange[],
  packets: readonly number[],
): Promise<KnownSplice[]> {
  const splices = await toSplices(stream, changes);
  const lace = laceOf(packets);
  // The comments are the first packet.
  const counts = spreadSegments(
    headers.pages.map(({ lacing }) => lacing.length),
    lace.length,
    headers.pages.findIndex(({ lacing }) => endsPacket(lacing)),
  );
  const content = spliced(stream, splices);
  const writer = new RegionWriter(headers.pages[0]!.start);
  const cursor = new PieceCursor(piecesOf(stream.size, splices) ?? []);
  let segment = 0;
  let at = 0;
  for (const [index, count] of counts.entries()) {
    const lacing = lace.subarray(segment, segment + count);
    const continued = segment > 0 && lace[segment - 1] === 255;
    const length = lacing.reduce((sum, value) => sum + value, 0);
    writer.put(pageHeader(headers, index, lacing, continued, await content.read(at, length)));
    for (const piece of cursor.take(length))
      if (piece instanceof Uint8Array) writer.put(piece);
      else
        for (const part of stream.pieces(piece.offset, piece.offset + piece.length))
          writer.keep(part.offset, part.length);
    segment += count;
    at += length;
  }
  const moved = counts.length - headers.pages.length;
  const renumbered = moved === 0 ? [] : await renumber(source, headers, moved);
  return toSplices(source, [...writer.finish(headers.end), ...renumbered]);
}

/** The header of a page with the given payload. What says nothing of the payload is taken from the page of this index before. */
function pageHeader(
  { first, pages }: OggHeaders,
  index: number,
  lacing: Uint8Array,
  continued: boolean,
  body: Uint8Array,
): Uint8Array {
  const old = pages[index];
  const ends = endsPacket(lacing);
  // Headers have no position in time: it is 0, or -1 where no packet ends (RFC 3533 section 6, field 4).
  const position =
    old && endsPacket(old.lacing) === ends ? old.header.subarray(6, 14) : new Uint8Array(8).fill(ends ? 0 : 255);
  const header = concat(
    first.header.subarray(0, 5),
    Uint8Array.of(continued ? CONTINUED : 0),
    position,
    toUint32le(first.serial),
    toUint32le(first.sequence + 1 + index),
    new Uint8Array(4),
    Uint8Array.of(lacing.length),
    lacing,
  );
  header.set(toUint32le(pageCrc(header, body)), CRC_AT);
  return header;
}

const endsPacket = (lacing: Uint8Array): boolean => lacing.some((value) => value < 255);

/** Writes a region of a file anew, with stretches of what was there in their old order. */
class RegionWriter {
  readonly #changes: RangeChange[] = [];
  #waiting: Uint8Array[] = [];
  #at: number;

  constructor(start: number) {
    this.#at = start;
  }

  put(bytes: Uint8Array): void {
    this.#waiting.push(bytes);
  }

  keep(offset: number, length: number): void {
    if (this.#waiting.length > 0 || offset > this.#at)
      this.#changes.push({ start: this.#at, end: offset, insert: concat(...this.#waiting) });
    this.#waiting = [];
    this.#at = offset + length;
  }

  finish(end: number): RangeChange[] {
    this.keep(end, 0);
    return this.#changes;
  }
}

type Piece = { readonly offset: number; readonly length: number } | Uint8Array;

/** Deals out a row of pieces by length. */
class PieceCursor {
  #index = 0;
  #used = 0;

  constructor(private readonly pieces: readonly Piece[]) {}

  *take(length: number): Generator<Piece, void, undefined> {
    for (let left = length; left > 0;) {
      const piece = this.pieces[this.#index]!;
      const from = this.#used;
      const to = Math.min(piece.length, from + left);
      yield piece instanceof Uint8Array ? piece.subarray(from, to) : { offset: piece.offset + from, length: to - from };
      left -= to - from;
      this.#used = to;
      if (to < piece.length) continue;
      this.#index++;
      this.#used = 0;
    }
  }
}

/** The checksum that a page should have, whatever is in its place in the header. */
export function pageCrc(header: Uint8Array, payload: Uint8Array): number {
  return oggCrc(payload, oggPageCrc(header));
}

/** Gives each page of the audio a number higher by `by`. Refuses damaged ones: a checksum that we made right would hide the damage. */
async function renumber(source: ByteSource, headers: OggHeaders, by: number): Promise<RangeChange[]> {
  const refused = (why: string): OggFault =>
    new OggFault(
      'damaged',
      `The change needs another number of pages for the tags, so that all later pages would be numbered anew, but ${why}.`,
    );
  const changes: RangeChange[] = [];
  let expected = headers.first.sequence + 1 + headers.pages.length;
  for await (const { start, header, sequence, crc, body, cut } of audioPages(source, headers)) {
    if (cut) throw refused('the last of them is cut off');
    if (sequence !== expected++) throw refused('pages are missing among them');
    if (changes.length === MAX_RENUMBERED) throw refused(`there are more than ${MAX_RENUMBERED}`);
    const payload = await source.read(body.offset, body.length);
    if (pageCrc(header, payload) !== crc) throw refused('one of them is damaged');
    const number = toUint32le(sequence + by);
    const renumbered = new Uint8Array(header);
    renumbered.set(number, NUMBER_AT);
    const insert = concat(number, toUint32le(pageCrc(renumbered, payload)));
    changes.push({ start: start + NUMBER_AT, end: start + NUMBER_AT + insert.length, insert });
  }
  return changes;
}
