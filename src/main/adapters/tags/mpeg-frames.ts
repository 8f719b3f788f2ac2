import { byteAt } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';

const V1 = 3;
/** Bit rates in kbit/s by index 1..14 (ISO/IEC 11172-3 section 2.4.2.3, ISO/IEC 13818-3 section 2.4.2.3). */
const BITRATES: Readonly<Record<string, readonly number[]>> = {
  v1l1: [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  v1l2: [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  v1l3: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  v2l1: [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  v2l2: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  v2l3: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const RATES: Readonly<Record<number, readonly number[]>> = {
  3: [44_100, 48_000, 32_000],
  2: [22_050, 24_000, 16_000],
  0: [11_025, 12_000, 8_000],
};

interface MpegHeader {
  readonly length: number;
  /** Version, layer and sample rate: the same in all frames of a stream. */
  readonly kind: number;
}

/** Reads a frame header; null if it is none, or of free format, whose length it doesn't tell. */
export function mpegHeader(bytes: Uint8Array, at = 0): MpegHeader | null {
  const [b0, b1, b2] = [byteAt(bytes, at), byteAt(bytes, at + 1), byteAt(bytes, at + 2)];
  if (at + 4 > bytes.length || b0 !== 0xff || (b1 & 0xe0) !== 0xe0) return null;
  const version = (b1 >> 3) & 3;
  const layer = 4 - ((b1 >> 1) & 3);
  const bitrate = BITRATES[`v${version === V1 ? 1 : 2}l${layer}`]?.[(b2 >> 4) - 1];
  const rate = RATES[version]?.[(b2 >> 2) & 3];
  if (bitrate === undefined || rate === undefined) return null;
  const padding = (b2 >> 1) & 1;
  const length =
    layer === 1
      ? (Math.floor((12_000 * bitrate) / rate) + padding) * 4
      : Math.floor(((layer === 3 && version !== V1 ? 72_000 : 144_000) * bitrate) / rate) + padding;
  return { length, kind: (b1 & 0x1e) * 4 + ((b2 >> 2) & 3) };
}

/** How many frames follow each other without a gap from `offset`, counting up to `enough`; the last may be cut off by `end`. */
export async function countFrames(source: ByteSource, offset: number, end: number, enough: number): Promise<number> {
  let kind: number | null = null;
  let at = offset;
  let count = 0;
  while (count < enough && at + 4 <= end) {
    const header = mpegHeader(await source.read(at, 4));
    if (!header || (kind !== null && header.kind !== kind)) return at === offset ? 0 : count;
    kind = header.kind;
    count++;
    at += header.length;
  }
  return count;
}

/** How far from where the audio should begin its first frame is looked for. */
const SEARCH = 65_536;

/**
 * Finds the first MPEG audio frame at or after `offset`. Right there one complete frame that leads to another or to the end is proof
 * enough; after other bytes four in a row are asked for, because random bytes look like one or two frames.
 */
export async function findMpegAudio(source: ByteSource, offset: number, end: number): Promise<number | null> {
  if (offset >= end) return null;
  const here = await countFrames(source, offset, end, 3);
  if (here >= 2) return offset;
  const area = (await source.read(offset, Math.min(SEARCH, end - offset))).slice();
  for (let at = 1; at + 4 <= area.length; at++) {
    if (area[at] !== 0xff || mpegHeader(area, at) === null) continue;
    if ((await countFrames(source, offset + at, end, 4)) >= 4) return offset + at;
  }
  return null;
}
