import { findAudioExtent, type BytesAt } from '../../files/audio-extent';
import { buffered } from '../../files/byte-source';
import type { AacFrame, AacStream } from './stream';

/** Hz by index (ISO/IEC 14496-3, table 1.18). */
export const AAC_RATES = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
] as const;
/** Samples per channel in a block of data, of which a frame has one to four. */
export const BLOCK = 1024;
const HEADER = 7;

interface AdtsHeader {
  /** Bytes, header included. */
  readonly length: number;
  readonly samples: number;
  readonly sampleRate: number;
}

/** Reads a frame header (ISO/IEC 13818-7 section 6.2.1, "adts_fixed_header", "adts_variable_header"); null if it is none. */
export function adtsHeader(bytes: Uint8Array, at = 0): AdtsHeader | null {
  // Twelve bits of sync, one of version, two of layer, which is 0 and so tells AAC from MPEG audio.
  if (at + HEADER > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xf6) !== 0xf0) return null;
  const sampleRate = AAC_RATES[(bytes[at + 2]! >> 2) & 15];
  const length = (bytes[at + 3]! & 3) * 2048 + bytes[at + 4]! * 8 + (bytes[at + 5]! >> 5);
  if (sampleRate === undefined || length <= HEADER) return null;
  return { length, sampleRate, samples: BLOCK * ((bytes[at + 6]! & 3) + 1) };
}

/** What an AAC frame without a header, as MP4 has them, needs to be one of ADTS. */
export interface AdtsKind {
  /** MPEG-4 audio object type: 1 (Main), 2 (LC), 3 (SSR), 4 (LTP). */
  readonly objectType: number;
  /** Into `AAC_RATES`. */
  readonly rateIndex: number;
  /** 1..7, which stand for 1, 2, 3, 4, 5, 6 and 8 channels. */
  readonly channels: number;
}

/** A frame of one block with its header; null if it is longer than 13 bits can say, which no frame may be. */
export function withAdtsHeader(block: Uint8Array, { objectType, rateIndex, channels }: AdtsKind): Uint8Array | null {
  const length = HEADER + block.length;
  if (length > 0x1fff) return null;
  const frame = new Uint8Array(length);
  frame.set([
    0xff,
    0xf1,
    ((objectType - 1) << 6) | (rateIndex << 2) | (channels >> 2),
    ((channels & 3) << 6) | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  ]);
  frame.set(block, HEADER);
  return frame;
}

const MAX_WARNINGS = 5;
/** Bytes that are searched for the next frame after a damaged one, at a time. */
const SEARCH = 32 * 1024;

/** The frames of an ADTS file, tags around them left out; null if there are none. It says nothing of delay and length. */
export async function readAdts(file: BytesAt): Promise<AacStream | null> {
  const bytes = buffered(file);
  const { start, end } = await findAudioExtent(bytes);
  const first = await nextFrame(bytes, start, end);
  if (first === null) return null;
  const { sampleRate } = adtsHeader(await bytes.read(first, HEADER))!;
  const warnings: string[] = [];
  return {
    sampleRate,
    delay: 0,
    length: null,
    declaredSec: null,
    warnings,
    frames: frames(bytes, first, end, warnings),
  };
}

async function* frames(bytes: BytesAt, first: number, end: number, warnings: string[]): AsyncGenerator<AacFrame> {
  for (let at: number | null = first; at !== null && at + HEADER <= end;) {
    const header = adtsHeader(await bytes.read(at, HEADER));
    if (header === null) {
      const next = await nextFrame(bytes, at + 1, end);
      if (warnings.length < MAX_WARNINGS) warnings.push(`Damaged data at byte ${at} was left out.`);
      at = next;
    } else if (at + header.length > end) {
      warnings.push('The file ends in the middle of a frame: it is cut off.');
      return;
    } else {
      yield { bytes: (await bytes.read(at, header.length)).slice(), samples: header.samples };
      at += header.length;
    }
  }
}

/** The first place from `from` on where a frame begins that another one follows, or the end. */
async function nextFrame(bytes: BytesAt, from: number, end: number): Promise<number | null> {
  for (let at = from; at + HEADER <= end; at += SEARCH) {
    const window = (await bytes.read(at, Math.min(SEARCH + HEADER, end - at))).slice();
    for (let i = 0; i < SEARCH && i + HEADER <= window.length; i++) {
      const header = adtsHeader(window, i);
      if (header && (await isFollowed(bytes, at + i + header.length, end))) return at + i;
    }
  }
  return null;
}

async function isFollowed(bytes: BytesAt, next: number, end: number): Promise<boolean> {
  return next === end || (next + HEADER <= end && adtsHeader(await bytes.read(next, HEADER)) !== null);
}
