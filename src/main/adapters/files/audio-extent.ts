import type { Part } from './byte-source';
import { asfAudio } from './payload/asf';
import { iffAudio } from './payload/iff';
import { mp4Audio } from './payload/mp4';
import { oggAudio } from './payload/ogg';

/** Bytes of a file that can be read from any place; `read` gives exactly `length` bytes that lie within `size`. */
export interface BytesAt {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** Where the audio payload of a file lies: what stays the same whatever is done to its tags. Bytes, `end` exclusive. */
export interface AudioExtent {
  readonly start: number;
  readonly end: number;
}

/** Finds the payload of a container; null where its structure is not certain. */
type FindParts = (file: BytesAt) => Promise<readonly Part[] | null>;

/** Containers that hold their tags among the audio, by their first bytes. */
function containerOf(head: Uint8Array): FindParts | null {
  const text = latin1(head);
  if (text.startsWith('OggS')) return oggAudio;
  if (/^(RIFF|RF64|BW64|FORM)/.test(text)) return iffAudio;
  if (text.slice(4, 8) === 'ftyp') return mp4Audio;
  if (text.startsWith('\x30\x26\xb2\x75')) return asfAudio;
  return null;
}

/**
 * Finds the audio payload: what stays the same whatever is done to the tags; hashed, it is the content hash. Containers whose
 * structure is not certain are payload as a whole.
 * @returns ascending parts that do not overlap.
 */
export async function findAudioParts(file: BytesAt): Promise<readonly Part[]> {
  const find = containerOf(await readAt(file, 0, 12));
  if (find) return (await find(file)) ?? [{ offset: 0, length: file.size }];
  const { start, end } = await findAudioExtent(file);
  return [{ offset: start, length: end - start }];
}

/**
 * Finds the payload of a stream with tags around it. MP3 and others: after leading ID3v2 tags (their footers included), before trailing
 * ID3v1, enhanced ID3v1, Lyrics3v2 and APEv2 tags. FLAC: the frames after the last metadata block.
 * @returns never an empty or inverted extent for a file that has bytes: if tags seem to fill it, they are taken as payload.
 */
export async function findAudioExtent(file: BytesAt): Promise<AudioExtent> {
  const { size } = file;
  const start = await skipLeadingTags(file);
  const magic = await readAt(file, start, 4);
  if (latin1(magic) === 'fLaC') return { start: await skipFlacBlocks(file, start + 4), end: size };
  const end = await skipTrailingTags(file, start);
  return start < end ? { start, end } : { start: 0, end: size };
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

/** Fewer bytes at the end of the file. */
function readAt(file: BytesAt, offset: number, length: number): Promise<Uint8Array> {
  return file.read(offset, Math.max(0, Math.min(length, file.size - offset)));
}

/** ID3v2 (id3.org, 2.4 section 3.1): "ID3", version, flags, size as four 7-bit bytes; a footer of 10 bytes if flag 0x10 is set. */
export function id3v2Length(header: Uint8Array): number | null {
  if (header.length < 10 || latin1(header.subarray(0, 3)) !== 'ID3') return null;
  const sizeBytes = header.subarray(6, 10);
  if (header[3] === 0xff || header[4] === 0xff || sizeBytes.some((byte) => byte > 0x7f)) return null;
  const size = sizeBytes.reduce((sum, byte) => sum * 128 + byte, 0);
  return 10 + size + ((header[5]! & 0x10) !== 0 ? 10 : 0);
}

/** @returns the offset of the first byte after all ID3v2 tags at the start. */
export async function skipLeadingTags(file: BytesAt): Promise<number> {
  let offset = 0;
  for (;;) {
    const length = id3v2Length(await readAt(file, offset, 10));
    if (length === null || offset + length > file.size) return offset;
    offset += length;
  }
}

/**
 * FLAC (RFC 9639 section 8.1): each metadata block has a last-flag and type byte and a 24-bit length.
 * @param from the first of them. @returns where the frames begin; `from` where the blocks lead out of the file.
 */
export async function skipFlacBlocks(file: BytesAt, from: number): Promise<number> {
  let offset = from;
  for (;;) {
    const header = await readAt(file, offset, 4);
    if (header.length < 4) return Math.min(from, file.size);
    offset += 4 + header[1]! * 65_536 + header[2]! * 256 + header[3]!;
    if (offset > file.size) return Math.min(from, file.size);
    if ((header[0]! & 0x80) !== 0) return offset;
  }
}

/** @returns the offset behind the last byte before all tags at the end. */
export async function skipTrailingTags(file: BytesAt, start: number): Promise<number> {
  let end = file.size;
  for (;;) {
    const length = trailingTagLength(await readAt(file, Math.max(start, end - 355), Math.min(355, end - start)));
    if (length === 0 || end - length < start) return end;
    end -= length;
  }
}

/** @returns how many bytes at the end of `tail` (or before it) belong to a tag that ends there, 0 if none does. */
function trailingTagLength(tail: Uint8Array): number {
  const text = latin1(tail);
  // "TAG" may also be part of the header of an APE tag that happens to be 131 bytes long.
  if (text.slice(-128).startsWith('TAG') && tail.length >= 128 && text.slice(-131, -123) !== 'APETAGEX') {
    return text.slice(-355).startsWith('TAG+') && tail.length === 355 ? 355 : 128;
  }
  return apeLength(tail) ?? lyricsLength(text) ?? 0;
}

/** APEv2 footer: "APETAGEX", version, size (items and footer), item count, flags (bit 31: there is a header too), 8 reserved. */
function apeLength(tail: Uint8Array): number | null {
  if (tail.length < 32) return null;
  const footer = tail.subarray(tail.length - 32);
  if (latin1(footer.subarray(0, 8)) !== 'APETAGEX') return null;
  const view = new DataView(footer.buffer, footer.byteOffset, 32);
  return view.getUint32(12, true) + ((view.getUint32(20, true) & 0x8000_0000) !== 0 ? 32 : 0);
}

/** Lyrics3v2 ends with its size in six digits (without these 15 bytes) and "LYRICS200". */
function lyricsLength(text: string): number | null {
  const match = /(\d{6})LYRICS200$/.exec(text);
  return match ? Number(match[1]) + 15 : null;
}
