import { byteAt, synchsafe, uint32be } from '../../core/tags/bytes';
import { unparseable } from './format';
import type { ByteSource } from '../files/byte-source';

export interface ExtendedHeader {
  readonly framesStart: number;
  /** Offset of v2.3's "size of padding", which must follow the padding; null in v2.4. */
  readonly paddingField: number | null;
}

/**
 * Reads the extended header (ID3v2.3.0 section 3.2; ID3v2.4.0 structure section 3.2). Refuses one with a checksum, because any change would
 * make it wrong, or with restrictions, which our change might break.
 */
export async function readExtendedHeader(
  source: ByteSource,
  version: 3 | 4,
  start: number,
  end: number,
): Promise<ExtendedHeader> {
  if (end - start < 6) throw unparseable('The extended header of the ID3v2 tag is cut off.');
  const head = await source.read(start, 6);
  return version === 3 ? extended23(head, start, end) : extended24(source, head, start, end);
}

function extended23(head: Uint8Array, start: number, end: number): ExtendedHeader {
  const flags = byteAt(head, 4) * 256 + byteAt(head, 5);
  if (flags === 0x8000) throw unparseable('The ID3v2 tag carries a checksum of itself.');
  // The size leaves out its own four bytes: two of flags and four of padding size.
  if (uint32be(head, 0) !== 6 || flags !== 0 || end - start < 10)
    throw unparseable('The extended header of the ID3v2.3 tag is malformed.');
  return { framesStart: start + 10, paddingField: start + 6 };
}

async function extended24(source: ByteSource, head: Uint8Array, start: number, end: number): Promise<ExtendedHeader> {
  const size = synchsafe(head, 0);
  const flags = byteAt(head, 5);
  if (size === null || size < 6 || size > end - start || byteAt(head, 4) !== 1 || (flags & 0x8f) !== 0)
    throw unparseable('The extended header of the ID3v2.4 tag is malformed.');
  if ((flags & 0x20) !== 0) throw unparseable('The ID3v2 tag carries a checksum of itself.');
  if ((flags & 0x10) !== 0) throw unparseable('The ID3v2 tag carries restrictions on its own contents.');
  const update = (flags & 0x40) !== 0;
  if (size !== (update ? 7 : 6)) throw unparseable('The extended header of the ID3v2.4 tag is malformed.');
  if (update && (await source.read(start + 6, 1))[0] !== 0)
    throw unparseable('The extended header of the ID3v2.4 tag is malformed.');
  return { framesStart: start + size, paddingField: null };
}
