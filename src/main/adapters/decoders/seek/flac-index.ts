import { skipLeadingTags, type BytesAt } from '../../files/audio-extent';
import {
  crc16,
  FLAC_HEAD,
  flacFrame,
  frameBound,
  loneStreamInfo,
  parseStreamInfo,
  type FlacFrame,
  type FlacInfo,
} from '../flac-frames';
import { SeekFault } from './seeker';

/** A frame and where it lies in the file. */
export interface PlacedFrame extends FlacFrame {
  readonly offset: number;
}

export interface FlacIndex {
  /** What `loneStreamInfo` gives. */
  readonly head: Uint8Array;
  readonly info: FlacInfo;
  /** Where the frames begin. */
  readonly start: number;
}

const WINDOW = 256 * 1024;
const MAX_PROBES = 24;

/** @returns null if the stream does not tell its length, or does not end with a sound frame that makes it complete. */
export async function indexFlac(file: BytesAt): Promise<FlacIndex | null> {
  const begin = await skipLeadingTags(file);
  const head = loneStreamInfo(await file.read(begin, Math.min(FLAC_HEAD, file.size - begin)));
  if (!head || Buffer.from(head.subarray(0, 4)).toString('latin1') !== 'fLaC') return null;
  const info = parseStreamInfo(head.subarray(8));
  if (info.samples === 0 || info.sampleRate === 0 || info.maxBlock < 16) return null;
  const start = await skipBlocks(file, begin + 4);
  if (start === null) return null;
  const first = flacFrame(await file.read(start, Math.min(64, file.size - start)), 0, info);
  if (first?.sample !== 0) return null;
  return (await endsWhole(file, start, info)) ? { head, info, start } : null;
}

async function skipBlocks(file: BytesAt, from: number): Promise<number | null> {
  for (let offset = from; offset + 4 <= file.size;) {
    const header = await file.read(offset, 4);
    offset += 4 + header[1]! * 65_536 + header[2]! * 256 + header[3]!;
    if ((header[0]! & 0x80) !== 0) return offset < file.size ? offset : null;
  }
  return null;
}

/** Does a sound frame that holds the last sample end the file? */
async function endsWhole(file: BytesAt, start: number, info: FlacInfo): Promise<boolean> {
  const from = Math.max(start, file.size - frameBound(info));
  const tail = await file.read(from, file.size - from);
  for (let i = tail.indexOf(0xff); i >= 0; i = tail.indexOf(0xff, i + 1)) {
    const frame = flacFrame(tail, i, info);
    if (frame && frame.sample + frame.length === info.samples && crc16(tail.subarray(i)) === 0) return true;
  }
  return false;
}

/**
 * A frame that holds `sample` or lies shortly before it, by interpolation and bisection over the frames' own numbers (a SEEKTABLE, where there
 * is one, saves nothing: two or three reads do).
 */
export async function findFrame(file: BytesAt, { info, start }: FlacIndex, sample: number): Promise<PlacedFrame> {
  const bound = frameBound(info);
  let low: PlacedFrame = { offset: start, sample: 0, length: info.maxBlock, headerBytes: 0 };
  let high = { offset: file.size, sample: info.samples };
  for (let probe = 0; probe < MAX_PROBES && sample - low.sample > 4 * info.maxBlock; probe++) {
    const share = (sample - low.sample) / (high.sample - low.sample);
    // Where guessing does not get nearer, halving does.
    const guess = low.offset + (probe % 4 === 3 ? 0.5 : share) * (high.offset - low.offset);
    const from = Math.max(low.offset + 1, Math.floor(guess) - 2 * bound);
    const found = await frameFrom(file, from, Math.min(high.offset, from + 4 * bound), info);
    if (!found) high = { offset: from, sample: high.sample };
    else if (found.sample <= sample) low = found;
    else high = { offset: found.offset, sample: found.sample };
    if (high.offset - low.offset <= 4 * bound) break;
  }
  return low;
}

/** The first frame between two offsets that another one follows where it should. */
async function frameFrom(file: BytesAt, from: number, to: number, info: FlacInfo): Promise<PlacedFrame | null> {
  const bytes = await file.read(from, Math.min(file.size, to + frameBound(info)) - from);
  for (let i = bytes.indexOf(0xff); i >= 0 && i < to - from; i = bytes.indexOf(0xff, i + 1)) {
    const frame = flacFrame(bytes, i, info);
    if (frame && nextFrame(bytes, i, frame, info) !== null) return { ...frame, offset: from + i };
  }
  return null;
}

/** Where in `bytes` the frame after the one at `i` begins; null if it isn't there. */
function nextFrame(bytes: Uint8Array, i: number, frame: FlacFrame, info: FlacInfo): number | null {
  for (let k = bytes.indexOf(0xff, i + frame.headerBytes); k >= 0; k = bytes.indexOf(0xff, k + 1)) {
    if (flacFrame(bytes, k, info)?.sample === frame.sample + frame.length) return k;
  }
  return null;
}

/** The frames from one on, each with its bytes, which are valid until the next is asked for. Throws a `SeekFault` where one is not found. */
export async function* framesFrom(
  file: BytesAt,
  info: FlacInfo,
  first: PlacedFrame,
): AsyncGenerator<FlacFrame & { readonly bytes: Uint8Array }> {
  const window = Math.max(WINDOW, 4 * frameBound(info));
  let bytes: Uint8Array = new Uint8Array(0);
  let base = first.offset;
  let at = 0;
  for (;;) {
    let frame = flacFrame(bytes, at, info);
    let next = frame && nextFrame(bytes, at, frame, info);
    if (next === null) {
      base += at;
      at = 0;
      bytes = await file.read(base, Math.min(window, file.size - base));
      frame = flacFrame(bytes, at, info);
      next = frame && nextFrame(bytes, at, frame, info);
    }
    if (!frame) throw new SeekFault(`no frame at ${base + at}`);
    const isLast = frame.sample + frame.length === info.samples;
    if (next === null && !isLast) throw new SeekFault(`no frame follows ${base + at}`);
    const end = isLast ? file.size - base : next!;
    yield { ...frame, bytes: bytes.subarray(at, end) };
    if (isLast) return;
    at = end;
  }
}
