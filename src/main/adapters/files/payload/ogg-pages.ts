import { byteAt, fromLatin1, startsWith, uint32le } from '../../../core/tags/bytes';
import type { BytesAt } from '../audio-extent';
import type { Part } from '../byte-source';

/** Bytes of a header before the lacing values. */
const FIXED = 27;

/** A page of an Ogg file (RFC 3533 section 6). What it says is read when asked for, as a file may have hundreds of thousands. */
export class OggPage {
  /** Its payload, as far as the file goes. */
  readonly body: Part;
  /** Does the file end before the page does? Its numbers may then be missing. */
  readonly cut: boolean;

  constructor(
    readonly start: number,
    /** As it stands in the file, with the lacing values. */
    readonly header: Uint8Array,
    fileSize: number,
  ) {
    let length = 0;
    for (let i = FIXED; i < header.length; i++) length += header[i]!;
    const offset = start + header.length;
    this.body = { offset, length: Math.min(length, fileSize - offset) };
    this.cut = header.length < FIXED || header.length < FIXED + byteAt(header, 26) || length > this.body.length;
  }

  get flags(): number {
    return byteAt(this.header, 5);
  }

  get serial(): number {
    return uint32le(this.header, 14);
  }

  get sequence(): number {
    return uint32le(this.header, 18);
  }

  get crc(): number {
    return uint32le(this.header, 22);
  }

  get lacing(): Uint8Array {
    return this.header.subarray(FIXED);
  }

  get end(): number {
    return this.body.offset + this.body.length;
  }
}

export const CONTINUED = 1;
export const FIRST = 2;
const LAST = 4;
/** Room for several covers of 20 MB, as base64 makes them; and for these in pages of 4 KB. */
const MAX_HEADERS = 100 << 20;
const MAX_HEADER_PAGES = 30_000;
/** Four hours in pages of 30 ms, days in usual ones; more would only be there to eat memory. */
const MAX_AUDIO_PAGES = 500_000;

/** Why the structure of an Ogg file is not certain (`damaged`), or is whole but of a kind that is not known here (`unsupported`). */
export class OggFault extends Error {
  constructor(
    readonly kind: 'damaged' | 'unsupported',
    message: string,
  ) {
    super(message);
  }
}

const damaged = (what: string): OggFault => new OggFault('damaged', what);
const several = (): OggFault =>
  new OggFault(
    'unsupported',
    'The Ogg file holds several streams side by side (such as video); tags of such files can not be written.',
  );
const chained = (): OggFault =>
  new OggFault(
    'unsupported',
    'The Ogg file holds several streams one after the other, each with its own tags; tags of such files can not be written.',
  );

/** What the first packet of a stream begins with, and how many packets of headers follow it; null for codecs that are none of ours. */
const CODECS: readonly (readonly [magic: string, name: string, headers: number | null])[] = [
  ['\x01vorbis', 'Vorbis', 2],
  ['OpusHead', 'Opus', 1],
  ['\x7fFLAC', 'FLAC', null],
  ['Speex   ', 'Speex', null],
  ['\x80theora', 'Theora', null],
  ['fishead\0', 'Skeleton', null],
  ['CELT    ', 'CELT', null],
];

/** @returns null if no page begins at `at`. */
export async function readPage(file: BytesAt, at: number): Promise<OggPage | null> {
  const bytes = await file.read(at, Math.min(FIXED + 255, file.size - at));
  if (!startsWith(bytes, 'OggS'.slice(0, bytes.length))) return null;
  return new OggPage(at, bytes.subarray(0, FIXED + byteAt(bytes, 26)), file.size);
}

/** The same with a header of its own, not a view of the large buffer that was read. */
const copied = (page: OggPage, file: BytesAt): OggPage =>
  new OggPage(page.start, new Uint8Array(page.header), file.size);

export interface OggHeaders {
  readonly codec: 'Vorbis' | 'Opus';
  /** The page of the identification header; it holds nothing else. */
  readonly first: OggPage;
  /** The pages of the other header packets, which end with the last of them. */
  readonly pages: readonly OggPage[];
  /** Lengths of these packets: comments and, in Vorbis, setup. */
  readonly packets: readonly number[];
  /** Where the pages of the audio begin. */
  readonly end: number;
}

/**
 * Reads the pages of the headers of Vorbis (Vorbis I section 4.2, A.2) or Opus (RFC 7845 section 3) in Ogg. Their checksums are not looked at.
 * Throws an `OggFault` for all that is not as these say.
 */
export async function readHeaders(file: BytesAt): Promise<OggHeaders> {
  const first = await readPage(file, 0);
  if (!first || first.cut || byteAt(first.header, 4) !== 0) throw damaged('The Ogg file does not begin with a page.');
  const body = await file.read(first.body.offset, Math.min(8, first.body.length));
  const [, name, count] = CODECS.find(([magic]) => startsWith(body, magic)) ?? [];
  if (count == null || (name !== 'Vorbis' && name !== 'Opus'))
    throw new OggFault('unsupported', `Tags of Ogg files with ${name ?? 'an unknown codec'} can not be written.`);
  if (first.flags !== FIRST || packetEnds(first) !== 1 || first.lacing.at(-1) === 255)
    throw damaged('The first page of the Ogg file does not hold just the identification header.');
  const pages: OggPage[] = [];
  const packets: number[] = [];
  let previous = first;
  let open = 0;
  for (let at = first.end; packets.length < count; at = previous.end) {
    const page = await readPage(file, at);
    checkHeaderPage(page, previous, first.serial, open > 0);
    if (pages.length >= MAX_HEADER_PAGES || at > MAX_HEADERS)
      throw damaged('The headers of the Ogg file are longer than any real ones.');
    for (const [index, value] of page.lacing.entries()) {
      open += value;
      if (value === 255) continue;
      packets.push(open);
      open = 0;
      if (packets.length === count && index < page.lacing.length - 1)
        throw damaged('The audio of the Ogg file does not begin on a page of its own.');
    }
    previous = copied(page, file);
    pages.push(previous);
  }
  return { codec: name, first: copied(first, file), pages, packets, end: previous.end };
}

function checkHeaderPage(
  page: OggPage | null,
  previous: OggPage,
  serial: number,
  continued: boolean,
): asserts page is OggPage {
  if (!page) throw damaged('Something other than a page stands between the headers of the Ogg file.');
  if (page.cut) throw damaged('The headers of the Ogg file are cut off.');
  if (page.serial !== serial) throw several();
  checkShape(page);
  if (page.flags !== (continued ? CONTINUED : 0) || page.lacing.length === 0)
    throw damaged('The pages of the Ogg headers do not continue each other as they should, or no audio follows them.');
  if (page.sequence !== previous.sequence + 1) throw damaged('A page of the headers of the Ogg file is missing.');
  const position = fromLatin1(page.header.subarray(6, 14));
  if (position !== '\0'.repeat(8) && position !== '\xff'.repeat(8))
    throw damaged('A page of the headers of the Ogg file has a position in time.');
}

/** Version 0 and only the three known flags. */
function checkShape({ header, flags }: OggPage): void {
  if (byteAt(header, 4) !== 0 || flags > 7) throw damaged('A page of the Ogg file is of an unknown version.');
}

const packetEnds = ({ lacing }: OggPage): number => lacing.reduce((sum, value) => sum + (value < 255 ? 1 : 0), 0);

/** Where an ID3v1 tag would begin, which some programs put at the end of anything; the end of the file if there is none. */
async function startOfId3v1(file: BytesAt): Promise<number> {
  const at = file.size - 128;
  return at >= 0 && startsWith(await file.read(at, 3), 'TAG') ? at : file.size;
}

/**
 * The pages after the headers, one directly behind the other. Gaps in their numbers and wrong checksums are let pass, for such pages are still
 * found with certainty; the last page may be cut off, and an ID3v1 tag may follow it. Throws an `OggFault` for other streams and for other bytes
 * outside pages: what comes after them would be a guess.
 */
export async function* audioPages(file: BytesAt, { first, end }: OggHeaders): AsyncGenerator<OggPage, void, undefined> {
  const tag = await startOfId3v1(file);
  let count = 0;
  let ended = false;
  for (let at = end; at < file.size && at !== tag; count++) {
    const page = await readPage(file, at);
    if (!page) throw damaged('Something other than a page stands among the pages of the Ogg file.');
    if (count === MAX_AUDIO_PAGES) throw damaged(`The Ogg file has more than ${MAX_AUDIO_PAGES} pages.`);
    if (page.header.length >= FIXED) {
      if ((page.flags & FIRST) !== 0) throw chained();
      if (page.serial !== first.serial) throw several();
      checkShape(page);
    }
    if (ended) throw damaged('Pages follow the last page of the Ogg file.');
    if (count === 0 && (page.flags & CONTINUED) !== 0)
      throw damaged('The audio of the Ogg file does not begin on a page of its own.');
    ended = (page.flags & LAST) !== 0;
    yield page;
    at = page.end;
  }
}
