import { inflateSync } from 'node:zlib';
import { deunsync, type Cursor } from './id3v2-cursor';
import { decodeComment, decodeText, type Id3Text } from './id3-text';

/** Text frames up to here are read; a genre of a megabyte is no genre. */
const MAX_TEXT = 1 << 20;

const isComment = (id: string): boolean => /^COMM?$/.test(id);
/** iTunes' grouping (GRP1) is a text frame although its name begins with no T. */
const isText = (id: string): boolean => id.startsWith('T') || /^(GRP1|GP1)$/.test(id);

/**
 * Takes the content of a frame and decodes it if it is a text or comment frame; others, and texts too long to be a genre, are skipped unread.
 * @param room the most bytes that the content may have.
 * @returns null where there is no text that is certain, `cut off` where the tag ends first.
 */
export async function takeText(
  cursor: Cursor,
  version: 2 | 3 | 4,
  tagUnsync: boolean,
  id: string,
  size: number,
  flags: number,
  room: number,
): Promise<Id3Text | null | 'cut off'> {
  if ((!isText(id) && !isComment(id)) || size > Math.min(MAX_TEXT, room))
    return (await cursor.skip(size)) ? null : 'cut off';
  const raw = await cursor.take(size);
  if (raw.length < size) return 'cut off';
  const data = version === 4 ? frameData24(raw, flags, tagUnsync) : version === 3 ? frameData23(raw, flags) : raw;
  return data && (isComment(id) ? decodeComment(data) : decodeText(data));
}

/** What is left of a 2.3 frame without its extras (section 3.3.1); null if encrypted, grouped or damaged. */
function frameData23(raw: Uint8Array, flags: number): Uint8Array | null {
  if ((flags & 0xe0) === 0) return raw;
  return (flags & 0xe0) === 0x80 && raw.length > 4 ? inflate(raw.subarray(4)) : null;
}

/** The same for 2.4 (structure section 4.1.2); null also where it is not clear whether the bytes are unsynchronised. */
function frameData24(raw: Uint8Array, flags: number, tagUnsync: boolean): Uint8Array | null {
  if ((flags & 0x44) !== 0 || (flags & ~0x4f) !== 0) return null;
  let data = (flags & 0x01) !== 0 ? raw.subarray(4) : raw;
  if ((flags & 0x02) !== 0) data = deunsync(data);
  // The tag says that all frames are unsynchronised and this one that it isn't: certain only where both give the same.
  else if (tagUnsync && deunsync(data).length !== data.length) return null;
  return (flags & 0x08) !== 0 ? inflate(data) : data;
}

function inflate(bytes: Uint8Array): Uint8Array | null {
  try {
    return new Uint8Array(inflateSync(bytes, { maxOutputLength: MAX_TEXT }));
  } catch {
    return null;
  }
}
