import { byteAt, fromLatin1, isZero, startsWith, synchsafe, uint24be, uint32be } from '../../core/tags/bytes';
import { readExtendedHeader } from './id3v2-ext-header';
import { plainCursor, unsyncCursor } from './id3v2-cursor';
import { takeText } from './id3v2-frame-data';
import type { Id3Text } from './id3-text';
import { unparseable } from './format';
import type { ByteSource } from '../files/byte-source';

/** A frame as it lies in the file. Offsets are of the file; in an unsynchronised tag they count the escapes too. */
export interface Id3Frame {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** The first of the two flag bytes (tag and file alter preservation, read only); 0 in v2.2. */
  readonly status: number;
  /** Decoded text of text frames; null if it is another frame, or a text that can't be decoded with certainty. */
  readonly text: Id3Text | null;
  /** Is the content compressed? Then it is read but never changed. */
  readonly compressed: boolean;
}

export interface Id3Tag {
  readonly version: 2 | 3 | 4;
  readonly offset: number;
  /** After the footer, if there is one. */
  readonly end: number;
  /** What the header says: length between header and footer. */
  readonly size: number;
  readonly unsynchronised: boolean;
  readonly footer: boolean;
  /** Where v2.3's extended header notes the length of the padding; null if there is none. */
  readonly paddingField: number | null;
  readonly framesStart: number;
  readonly frames: readonly Id3Frame[];
  readonly paddingStart: number;
  readonly paddingLength: number;
}

const CHUNK = 1 << 20;
/** More frames than any real tag has; so many would only be there to eat memory. */
const MAX_FRAMES = 20_000;
/** Characters of all texts together; what comes after counts as not understood, so that a hostile tag can't fill the memory. */
const MAX_TEXTS = 16 << 20;
const KNOWN_FLAGS: Readonly<Record<number, number>> = { 2: 0x80, 3: 0xe0, 4: 0xf0 };

/**
 * Parses the ID3v2 tag at `offset`, all of it, and refuses (`tag-unparseable`) anything that is not exactly as the specifications
 * have it: informal standards ID3v2.2.0, 2.3.0 and 2.4.0 (id3.org), header section 3.1, frames 3.3 (2.4: structure section 4).
 */
export async function parseId3v2(source: ByteSource, offset: number): Promise<Id3Tag> {
  const header = await readHeader(source, offset);
  const { version, flags, size } = header;
  const unsynchronised = (flags & 0x80) !== 0;
  const footer = version === 4 && (flags & 0x10) !== 0;
  const bodyStart = offset + 10;
  const bodyEnd = bodyStart + size;
  const end = bodyEnd + (footer ? 10 : 0);
  if (end > source.size) throw unparseable('The ID3v2 tag claims to be longer than what holds it.');
  if (footer) await checkFooter(source, offset, bodyEnd);
  let framesStart = bodyStart;
  let paddingField: number | null = null;
  if (version !== 2 && (flags & 0x40) !== 0) {
    if (version === 3 && unsynchronised)
      throw unparseable(
        'The ID3v2.3 tag has both an extended header and unsynchronisation, which writers disagree about.',
      );
    ({ framesStart, paddingField } = await readExtendedHeader(source, version, bodyStart, bodyEnd));
  }
  const layout = await walkFrames(source, version, unsynchronised, framesStart, bodyEnd);
  if (typeof layout === 'string') throw unparseable(layout);
  if (footer && bodyEnd > layout.paddingStart) throw unparseable('The ID3v2.4 tag has both a footer and padding.');
  return {
    version,
    offset,
    end,
    size,
    unsynchronised,
    footer,
    paddingField,
    framesStart,
    frames: layout.frames,
    paddingStart: layout.paddingStart,
    paddingLength: bodyEnd - layout.paddingStart,
  };
}

async function readHeader(
  source: ByteSource,
  offset: number,
): Promise<{ version: 2 | 3 | 4; flags: number; size: number }> {
  if (offset + 10 > source.size) throw unparseable('The ID3v2 header is cut off.');
  const bytes = await source.read(offset, 10);
  const version = byteAt(bytes, 3);
  const flags = byteAt(bytes, 5);
  const size = synchsafe(bytes, 6);
  if (version !== 2 && version !== 3 && version !== 4)
    throw unparseable(`The ID3v2 tag is of the unknown version 2.${version}.`);
  if (byteAt(bytes, 4) !== 0) throw unparseable(`The ID3v2 tag is of the unknown revision ${byteAt(bytes, 4)}.`);
  if (size === null) throw unparseable('The length of the ID3v2 tag is invalid.');
  if ((flags & ~(KNOWN_FLAGS[version] ?? 0)) !== 0)
    throw unparseable('The ID3v2 header has flags that nobody has defined.');
  return { version, flags, size };
}

/** ID3v2.4.0 structure section 3.4: a copy of the header with another name. */
async function checkFooter(source: ByteSource, offset: number, at: number): Promise<void> {
  const header = await source.read(offset, 10);
  const footer = await source.read(at, 10);
  if (!startsWith(footer, '3DI') || fromLatin1(header.subarray(3)) !== fromLatin1(footer.subarray(3)))
    throw unparseable('The footer of the ID3v2.4 tag does not match its header.');
}

interface Layout {
  readonly frames: readonly Id3Frame[];
  readonly paddingStart: number;
}

/**
 * Walks frames and padding by the specification. iTunes once wrote the lengths of v2.4 frames as plain numbers: most readers misread such
 * tags, so they are refused, unless every length is the same in both readings.
 * @returns the layout, or the reason why the bytes from `start` to `end` are no sequence of frames and padding.
 */
async function walkFrames(
  source: ByteSource,
  version: 2 | 3 | 4,
  unsynchronised: boolean,
  start: number,
  end: number,
): Promise<Layout | string> {
  // Before 2.4 unsynchronisation covers the tag as a whole; since then each frame says for itself.
  const cursor = unsynchronised && version < 4 ? unsyncCursor(source, start, end) : plainCursor(source, start, end);
  const headerLength = version === 2 ? 6 : 10;
  const frames: Id3Frame[] = [];
  let room = MAX_TEXTS;
  for (;;) {
    const frameStart = cursor.position;
    const header = await cursor.take(headerLength);
    if (header.length === 0) return { frames, paddingStart: end };
    if (header[0] === 0) {
      if (!(await allZero(source, frameStart, end)))
        return 'The padding of the ID3v2 tag holds something other than zeros.';
      return { frames, paddingStart: frameStart };
    }
    if (header.length < headerLength) return 'The ID3v2 tag ends within the header of a frame.';
    if (frames.length === MAX_FRAMES) return `The ID3v2 tag holds more than ${MAX_FRAMES} frames.`;
    const id = fromLatin1(header.subarray(0, version === 2 ? 3 : 4));
    if (!(version === 2 ? /^[A-Z][A-Z0-9]{2}$/ : /^[A-Z][A-Z0-9]{2}[A-Z0-9 \0]$/).test(id))
      return 'The ID3v2 tag holds something that is no frame.';
    const size = sizeOf(header, version);
    if (size === null || size > end - cursor.position)
      return `The frame ${id.trim()} claims to be longer than the tag.`;
    const flags = version === 2 ? 0 : byteAt(header, 9);
    const text = await takeText(cursor, version, unsynchronised, id, size, flags, room);
    if (text === 'cut off') return `The frame ${id.trim()} claims to be longer than the tag.`;
    room -= lengthOf(text);
    frames.push({
      id,
      start: frameStart,
      end: cursor.position,
      status: version === 2 ? 0 : byteAt(header, 8),
      text,
      compressed: (flags & (version === 3 ? 0x80 : 0x08)) !== 0,
    });
  }
}

const lengthOf = (text: Id3Text | null): number =>
  text ? text.strings.reduce((sum, part) => sum + part.length, 0) : 0;

function sizeOf(header: Uint8Array, version: 2 | 3 | 4): number | null {
  if (version === 2) return uint24be(header, 3);
  return version === 4 ? synchsafe(header, 4) : uint32be(header, 4);
}

async function allZero(source: ByteSource, start: number, end: number): Promise<boolean> {
  for (let at = start; at < end; at += CHUNK)
    if (!isZero(await source.read(at, Math.min(CHUNK, end - at)))) return false;
  return true;
}
