import { oggPageCrc } from '../../../core/tags/ogg-crc';
import type { BytesAt } from '../../files/audio-extent';
import { buffered } from '../../files/byte-source';
import {
  CONTINUED,
  OggFault,
  readHeaders,
  readPage,
  type OggHeaders,
  type OggPage,
} from '../../files/payload/ogg-pages';
import { SeekFault } from './seeker';

/** An Ogg file of one stream whose last page says that it is the last. */
export interface OggIndex {
  readonly codec: OggHeaders['codec'];
  readonly serial: number;
  /** The header packets without the comments. */
  readonly headers: readonly Uint8Array[];
  /** Where the pages of the audio begin. */
  readonly start: number;
  /** Position of the last page: all samples up to the end, by the codec's clock. */
  readonly end: number;
}

const LAST = 4;
/** Longest page there can be. */
const MAX_PAGE = 65_307;
/** Bytes before the guessed place where the search begins: about a page. */
const NEAR = 8 * 1024;
/** Bytes searched for a page at a time. */
const SEARCHED = 16 * 1024;
const MAX_PROBES = 24;

/**
 * @returns null where the file does not begin and end with pages of one stream. Only two streams of one serial number, which RFC 3533 forbids,
 * are taken for one.
 */
export async function indexOgg(source: BytesAt): Promise<OggIndex | null> {
  const file = buffered(source);
  try {
    const headers = await readHeaders(file);
    const end = await endPosition(source, headers.first.serial);
    if (end === null) return null;
    const packets = await headerPackets(file, headers);
    return { codec: headers.codec, serial: headers.first.serial, headers: packets, start: headers.end, end };
  } catch (error) {
    if (error instanceof OggFault) return null;
    throw error;
  }
}

/** The identification, and in Vorbis the setup; the comments, which may hold a cover, are not read. */
async function headerPackets(file: BytesAt, { first, pages, packets }: OggHeaders): Promise<Uint8Array[]> {
  const result = [await file.read(first.body.offset, first.body.length)];
  let skip = packets[0]!;
  if (packets.length === 1) return result;
  const parts: Uint8Array[] = [];
  for (const { body } of pages) {
    const from = Math.min(skip, body.length);
    skip -= from;
    if (from < body.length) parts.push(await file.read(body.offset + from, body.length - from));
  }
  return [...result, joined(parts)];
}

/** Position of the page that ends the file and the stream; null if none does. */
async function endPosition(file: BytesAt, serial: number): Promise<number | null> {
  const from = Math.max(0, file.size - MAX_PAGE);
  const tail = await file.read(from, file.size - from);
  for (let i = lastCapture(tail, tail.length); i >= 0; i = lastCapture(tail, i)) {
    const page = await readPage(file, from + i);
    if (!page || page.cut || page.end !== file.size || page.serial !== serial) continue;
    return (page.flags & LAST) !== 0 && isSound(page, tail.subarray(i)) ? positionOf(page) : null;
  }
  return null;
}

const lastCapture = (bytes: Uint8Array, before: number): number =>
  before <= 0
    ? -1
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf('OggS', before - 1, 'latin1');

/** @param bytes from the page's first on. */
const isSound = (page: OggPage, bytes: Uint8Array): boolean =>
  oggPageCrc(bytes.subarray(0, page.end - page.start)) === page.crc;

/** The granule position, null where no packet ends on the page (-1) or it is beyond all reason. */
function positionOf({ header }: OggPage): number | null {
  const value = Buffer.from(header.buffer, header.byteOffset, header.length).readBigInt64LE(6);
  return value >= 0n && value < 2n ** 48n ? Number(value) : null;
}

/** Where to begin decoding: with the page at `offset`, after which the stream's clock stands at `position`; null for the first page of all. */
export interface OggPlace {
  readonly offset: number;
  readonly position: number | null;
}

/**
 * The last page whose packets end at or before a position, by interpolation and bisection over the pages' own positions and, once no more than
 * `near` samples are missing, from page to page.
 */
export async function findPage(source: BytesAt, index: OggIndex, position: number, near: number): Promise<OggPlace> {
  const file = buffered(source);
  let low: OggPlace = { offset: index.start, position: null };
  let high = { offset: source.size, position: index.end };
  for (let probe = 0; probe < MAX_PROBES && position - (low.position ?? 0) > near; probe++) {
    const from = low.position ?? 0;
    // Where guessing does not get nearer, halving does.
    const share = probe % 4 === 3 ? 0.5 : (position - from) / Math.max(1, high.position - from);
    const guess = Math.floor(low.offset + share * (high.offset - low.offset)) - NEAR;
    const start = Math.max(low.offset + 1, guess);
    const page = await pageFrom(file, start, high.offset, index.serial);
    if (page && page.position <= position) low = page;
    else if (page) high = page;
    else if (start === low.offset + 1) break;
    else high = { offset: start, position: high.position };
  }
  return walkTo(file, index, low, position);
}

/** The first sound page between two offsets on which a packet ends. */
async function pageFrom(
  file: BytesAt,
  from: number,
  to: number,
  serial: number,
): Promise<{ readonly offset: number; readonly position: number } | null> {
  for (let base = from; base < to; base += SEARCHED) {
    const bytes = await file.read(base, Math.min(SEARCHED + 3, file.size - base));
    for (let i = capture(bytes, 0); i >= 0 && base + i < to; i = capture(bytes, i + 1)) {
      const page = await readPage(file, base + i);
      const position = page && !page.cut && page.serial === serial ? positionOf(page) : null;
      if (!page || position === null || !isSound(page, await file.read(page.start, page.end - page.start))) continue;
      return { offset: page.start, position };
    }
  }
  return null;
}

const capture = (bytes: Uint8Array, from: number): number =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('OggS', from, 'latin1');

async function walkTo(file: BytesAt, index: OggIndex, from: OggPlace, position: number): Promise<OggPlace> {
  let place = from;
  for (let at = from.offset; at < file.size;) {
    const page = await nextPage(file, at, index.serial);
    const found = positionOf(page);
    if (found !== null && found > position) return place;
    if (found !== null) place = { offset: at, position: found };
    at = page.end;
  }
  return place;
}

async function nextPage(file: BytesAt, at: number, serial: number): Promise<OggPage> {
  const page = await readPage(file, at);
  if (!page || page.cut || page.serial !== serial) throw new SeekFault(`no page of the stream at ${at}`);
  return page;
}

/** Packets that end on a page. */
export interface OggPackets {
  readonly packets: readonly Uint8Array[];
  /** Samples up to the end of the last of them, by the codec's clock; null if none ends there. */
  readonly position: number | null;
  /** On the last page, where the position may cut samples off. */
  readonly isLast: boolean;
}

/** The packets from a page on, page by page. What the first page continues from the one before it is left out. */
export async function* packetsFrom(source: BytesAt, index: OggIndex, offset: number): AsyncGenerator<OggPackets> {
  const file = buffered(source);
  // Parts of a packet that goes on on the next page; null where its beginning is not known.
  let open: Uint8Array[] | null = null;
  let sequence: number | null = null;
  for (let at = offset; at < file.size;) {
    const page = await nextPage(file, at, index.serial);
    if (sequence !== null && page.sequence !== sequence) throw new SeekFault(`a page is missing before ${at}`);
    if ((page.flags & CONTINUED) === 0) open = [];
    const body = (await file.read(page.body.offset, page.body.length)).slice();
    const packets: Uint8Array[] = [];
    let from = 0;
    let to = 0;
    for (const lace of page.lacing) {
      to += lace;
      if (lace === 255) continue;
      if (open) packets.push(joined([...open, body.subarray(from, to)]));
      open = [];
      from = to;
    }
    open?.push(body.subarray(from));
    yield { packets, position: positionOf(page), isLast: (page.flags & LAST) !== 0 };
    sequence = page.sequence + 1;
    at = page.end;
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => {
    whole.set(part, at);
    return at + part.length;
  }, 0);
  return whole;
}
