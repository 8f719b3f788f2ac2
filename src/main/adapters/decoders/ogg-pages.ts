import { oggPageCrc } from '../../core/tags/ogg-crc';
import type { BytesAt } from '../files/audio-extent';

const FIXED = 27;
const CRC_AT = 22;
/** Bytes read at a time; holds several pages of any length. */
const READ = 256 * 1024;

/** A page of an Ogg file (RFC 3533 section 6). */
export interface SoundPage {
  /** Of its stream. */
  readonly serial: number;
  readonly sequence: number;
  /** Does it begin with the rest of a packet? */
  readonly isContinued: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Where the stream's clock stands after the last packet that ends here; null if none does, or it is beyond all reason. */
  readonly position: number | null;
  readonly lacing: Uint8Array;
  readonly body: Uint8Array;
}

/**
 * The pages of an Ogg file whose checksums are right, several at a time; what lies between them is left out, as every reader of Ogg does
 * (RFC 3533 section 6). The decoders trust each page, and would take a damaged one's numbers for lengths.
 * @param onDamage is called for what is left out, but not for a tag that somebody put behind the last page.
 * @returns views of what was read, which are valid until the next are asked for.
 */
export async function* soundPages(
  file: BytesAt,
  from: number,
  onDamage: () => void,
): AsyncGenerator<readonly SoundPage[]> {
  let inDamage = false;
  for (let at = from; at < file.size;) {
    const bytes = await file.read(at, Math.min(READ, file.size - at));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const isLast = at + bytes.length === file.size;
    const sound: SoundPage[] = [];
    let i = 0;
    while (i < bytes.length) {
      const length = pageLength(bytes, i);
      // It goes on behind what was read.
      if (i + length > bytes.length && !isLast && i > 0) break;
      const isSound = length > 0 && i + length <= bytes.length && checks(bytes, view, i, length);
      if (isSound) sound.push(pageAt(bytes, view, i, length));
      if (isSound ? inDamage : isCapture(bytes, i)) onDamage();
      inDamage = !isSound;
      i = isSound ? i + length : nextCapture(bytes, i + 1);
    }
    if (sound.length > 0) yield sound;
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

/** Bytes of the page at `at`, as far as its header is there; 0 if none begins. */
function pageLength(bytes: Uint8Array, at: number): number {
  if (!isCapture(bytes, at)) return 0;
  const segments = bytes[at + 26] ?? 0;
  let length = FIXED + segments;
  for (let i = 0; i < segments; i++) length += bytes[at + FIXED + i] ?? 0;
  return length;
}

const checks = (bytes: Uint8Array, view: DataView, at: number, length: number): boolean =>
  oggPageCrc(bytes.subarray(at, at + length)) === view.getUint32(at + CRC_AT, true);

function pageAt(bytes: Uint8Array, view: DataView, at: number, length: number): SoundPage {
  const flags = bytes[at + 5]!;
  const upper = view.getUint32(at + 10, true);
  const body = at + FIXED + bytes[at + 26]!;
  return {
    serial: view.getUint32(at + 14, true),
    sequence: view.getUint32(at + 18, true),
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    isLast: (flags & 4) !== 0,
    position: upper < 1 << 16 ? upper * 2 ** 32 + view.getUint32(at + 6, true) : null,
    lacing: bytes.subarray(at + FIXED, body),
    body: bytes.subarray(body, at + length),
  };
}
