import { skipFlacBlocks, skipLeadingTags, skipTrailingTags, type BytesAt } from '../files/audio-extent';
import { PacketFault, type PacketDecoder } from './codecs/codec';
import { createFlacDecoder } from './codecs/flac';
import { crc16, FLAC_HEAD, flacHeader, loneStreamInfo, numberAfter, type FlacHeader } from './flac-frames';
import type { MonoChunk } from './mono-chunk';
import { CHUNK_SAMPLES, type Warn } from './stream';

/** Bytes read at a time, if no frame needs more. */
const READ = 256 * 1024;
const LONGEST_HEADER = 16;

/**
 * Decodes native FLAC (RFC 9639), also between tags. Frames that are damaged, by their CRCs and by what libFLAC says, are left out with a warning.
 */
export async function* flacStream(bytes: BytesAt, to: MonoChunk, warn: Warn): AsyncGenerator<void> {
  const begin = await skipLeadingTags(bytes);
  const end = await skipTrailingTags(bytes, begin);
  const head = loneStreamInfo(await bytes.read(begin, Math.min(FLAC_HEAD, end - begin)));
  let at = await skipFlacBlocks(bytes, begin + 4);
  const decoder = await createFlacDecoder(head);
  try {
    const frames = new FlacFrames(decoder, to, () => warn('Damaged frames were left out.'));
    while (at < end) {
      const window = await bytes.read(at, Math.min(frames.wanted, end - at));
      for (const used of frames.decode(window, at + window.length === end)) {
        at += used;
        if (to.length >= CHUNK_SAMPLES) yield;
      }
    }
    yield;
  } finally {
    decoder.free();
  }
}

/** Cuts a stream into frames, of which none tells its length: each ends where the header of the next one stands. */
class FlacFrames {
  /** Bytes that the next window should have. */
  wanted = READ;
  /** Of the frames decoded last: what the next one's header must say. */
  private kind: number | null = null;
  /** What the number of the next one should be. */
  private follows: number | null = null;
  /** The same; null where the decoder has to begin anew. */
  private expected: number | null = null;

  constructor(
    private readonly decoder: PacketDecoder,
    private readonly to: MonoChunk,
    private readonly onDamage: () => void,
  ) {}

  /** Decodes the frames of a window that begins with one. @returns bytes used up, frame by frame; the rest goes into the next window. */
  *decode(window: Uint8Array, isLast: boolean): Generator<number> {
    for (let at = 0; at < window.length;) {
      const header = this.headerAt(window, at);
      if (!header) {
        const next = this.nextHeader(window, at + 1, window.length);
        this.onDamage();
        const end = next ?? (isLast ? window.length : Math.max(at + 1, window.length - LONGEST_HEADER));
        yield end - at;
        at = end;
        if (next === null) return;
        continue;
      }
      const bound = at + longest(header);
      const next = this.successor(window, at, bound, header);
      if (next === null && !isLast && bound + LONGEST_HEADER > window.length) {
        this.wanted = Math.max(READ, bound - at + LONGEST_HEADER);
        return;
      }
      const end = next ?? this.nextHeader(window, at + header.headerBytes, bound) ?? Math.min(window.length, bound);
      this.decodeFrame(window.subarray(at, end), header, next !== null);
      yield end - at;
      at = end;
    }
  }

  private headerAt(window: Uint8Array, at: number): FlacHeader | null {
    const header = flacHeader(window, at);
    return header && (this.kind ?? header.kind) === header.kind ? header : null;
  }

  /** Where the first header from `from` on stands, whichever it is. */
  private nextHeader(window: Uint8Array, from: number, to: number): number | null {
    for (let i = window.indexOf(0xff, from); i >= 0 && i < to; i = window.indexOf(0xff, i + 1))
      if (this.headerAt(window, i)) return i;
    return null;
  }

  /** Where the next frame begins: at a header with the next number, or at another up to which the frame's CRC-16 is right. */
  private successor(window: Uint8Array, at: number, to: number, header: FlacHeader): number | null {
    const number = numberAfter(header);
    for (let i = window.indexOf(0xff, at + header.headerBytes); i >= 0 && i < to; i = window.indexOf(0xff, i + 1)) {
      // Most of the bytes are none: this spares the look at the rest.
      if ((window[i + 1]! & 0xfe) !== 0xf8) continue;
      const next = flacHeader(window, i);
      if (next?.kind !== header.kind) continue;
      if (next.number === number || crc16(window.subarray(at, i)) === 0) return i;
    }
    return null;
  }

  /** @param isWhole is it known to end there? Else there may be something behind it that is not its own. */
  private decodeFrame(frame: Uint8Array, header: FlacHeader, isWhole: boolean): void {
    if (this.expected !== header.number) this.decoder.restart();
    if (this.follows !== null && this.follows !== header.number) this.onDamage();
    const before = this.to.length;
    this.expected = null;
    try {
      if (this.decoder.decode(frame, this.to) !== header.length) throw new PacketFault('The frame is cut off.');
      this.kind = header.kind;
      this.follows = numberAfter(header);
      if (isWhole) this.expected = this.follows;
    } catch (error) {
      if (!(error instanceof PacketFault)) throw error;
      this.to.dropLast(Infinity, before);
      this.onDamage();
    }
  }
}

/** Bytes that a frame takes at most: plain samples of 32 bits and one more for the difference of two channels. */
const longest = ({ length, kind, headerBytes }: FlacHeader): number =>
  headerBytes + Math.ceil((length * (kind & 15) * 33) / 8) + 64;
