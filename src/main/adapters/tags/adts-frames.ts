import { byteAt } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';

interface AdtsHeader {
  readonly length: number;
  /** MPEG version, profile, sample rate and channels: the same in all frames of a stream. */
  readonly kind: number;
}

/** Reads a frame header (ISO/IEC 13818-7 section 6.2, "adts_fixed_header", "adts_variable_header"); null if it is none. */
export function adtsHeader(bytes: Uint8Array): AdtsHeader | null {
  const [b1, b2, b3] = [byteAt(bytes, 1), byteAt(bytes, 2), byteAt(bytes, 3)];
  // Twelve bits of sync, one of version, two of layer, which is 0 and so tells AAC from MPEG audio.
  if (bytes.length < 7 || byteAt(bytes, 0) !== 0xff || (b1 & 0xf6) !== 0xf0) return null;
  const sampleRate = (b2 >> 2) & 15;
  const length = (b3 & 3) * 2048 + byteAt(bytes, 4) * 8 + (byteAt(bytes, 5) >> 5);
  // Without "protection absent" a checksum of two bytes follows the header.
  if (sampleRate > 12 || length <= ((b1 & 1) === 1 ? 7 : 9)) return null;
  return { length, kind: (b1 & 0x08) * 0x10000 + (b2 & 0xfd) * 0x100 + (b3 & 0xc0) };
}

const ENOUGH = 4;

/**
 * Do AAC frames of an ADTS stream begin right at `offset`? Two that follow each other are asked for, or one that fills all up to `end`.
 * @returns `offset`, or null.
 */
export async function findAdtsAudio(source: ByteSource, offset: number, end: number): Promise<number | null> {
  let at = offset;
  let kind: number | null = null;
  let count = 0;
  while (count < ENOUGH && at + 7 <= end) {
    const header = adtsHeader(await source.read(at, 7));
    if (!header || (kind !== null && header.kind !== kind)) break;
    kind = header.kind;
    at += header.length;
    count++;
  }
  return count >= 2 || (count === 1 && at === end) ? offset : null;
}
