import { oggPageCrc } from '../../core/tags/ogg-crc';
import type { BytesAt } from '../files/audio-extent';

const FIXED = 27;
const CRC_AT = 22;
const LONGEST_PAGE = FIXED + 255 + 255 * 255;
/** Bytes read at a time; holds several pages of any length. */
const READ = 4 * LONGEST_PAGE;

/**
 * The pages of an Ogg file whose checksums are right, several at a time; what lies between them is left out, as every reader of Ogg does
 * (RFC 3533 section 6). The wasm decoders trust each page, and would take a damaged one's numbers for lengths.
 * @param onDamage is called for what is left out, but not for a tag that somebody put behind the last page.
 */
export async function* soundPages(file: BytesAt, from: number, onDamage: () => void): AsyncGenerator<Uint8Array> {
  let inDamage = false;
  for (let at = from; at < file.size;) {
    const bytes = await file.read(at, Math.min(READ, file.size - at));
    const isLast = at + bytes.length === file.size;
    const sound: Uint8Array[] = [];
    let i = 0;
    // A page that begins near the end of what was read may go on behind it.
    while (i < bytes.length && (isLast || i + LONGEST_PAGE <= bytes.length)) {
      const length = soundPage(bytes, i);
      if (length > 0) sound.push(bytes.subarray(i, i + length));
      if (length > 0 ? inDamage : isCapture(bytes, i)) onDamage();
      inDamage = length === 0;
      i = length > 0 ? i + length : nextCapture(bytes, i + 1);
    }
    if (sound.length > 0) yield Buffer.concat(sound);
    at += i;
  }
}

const isCapture = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 0x4f && bytes[at + 1] === 0x67 && bytes[at + 2] === 0x67 && bytes[at + 3] === 0x53;

/** Where the next page may begin: at its capture pattern, or too near the end to tell. */
function nextCapture(bytes: Uint8Array, from: number): number {
  const found = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('OggS', from, 'latin1');
  return found >= 0 ? found : Math.max(from, bytes.length - 3);
}

/** The length of the page at `at` if it is whole and its checksum right, else 0. */
function soundPage(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + FIXED > bytes.length || !isCapture(bytes, at)) return 0;
  let length = FIXED + bytes[at + 26]!;
  for (let i = 0; i < bytes[at + 26]!; i++) length += bytes[at + FIXED + i] ?? 0;
  if (at + length > bytes.length) return 0;
  return oggPageCrc(bytes.subarray(at, at + length)) === view.getUint32(at + CRC_AT, true) ? length : 0;
}
