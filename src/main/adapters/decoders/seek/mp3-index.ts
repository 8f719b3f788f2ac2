import { findAudioExtent, type AudioExtent, type BytesAt } from '../../files/audio-extent';
import { throwIfAborted } from '../stall';
import { mpegFrame } from '../mpeg-frame';

/** Every frame of an MP3 stream, by the headers alone. */
export interface Mp3Index {
  readonly sampleRate: number;
  readonly samplesPerFrame: number;
  /** Where each frame begins, and at last where the last one ends; the frame of the Xing or VBRI header is left out. */
  readonly starts: readonly number[];
  /** Samples that the first frame gives before the music begins (the encoder's delay and the decoder's). */
  readonly lead: number;
  /** Of the music. */
  readonly samples: number;
}

/** Samples by which every MP3 decoder is late (LAME Tag, "Mp3 Info Tag rev 1", encoder delays). */
const DECODER_DELAY = 529;
const BLOCK = 1 << 20;
/** Three days; more would only be there to eat memory. */
const MAX_FRAMES = 10_000_000;

/**
 * Walks through all frames: there is no other certain way to a place in an MP3 stream, as frames don't tell theirs, and a table of contents
 * (Xing, VBRI) is rounded to a part in 256 of the file. It costs a few milliseconds for a song.
 * @returns null where the stream is not one unbroken row of layer III frames of one kind, or what its header promises is not what it has.
 */
export async function indexMp3(file: BytesAt, signal: AbortSignal): Promise<Mp3Index | null> {
  const extent = await withoutZeros(file, await findAudioExtent(file));
  const head = await file.read(extent.start, Math.min(2048, extent.end - extent.start));
  const first = mpegFrame(head, 0);
  if (!first || !isLayer3(head)) return null;
  const starts = await walk(file, extent, head, signal);
  if (!starts) return null;
  const header = infoHeader(head.subarray(0, first.length));
  if (header === 'unclear') return null;
  if (header !== null) starts.shift();
  const frames = starts.length - 1;
  const total = frames * first.samples;
  const { sampleRate, samples: samplesPerFrame } = first;
  if (!header?.gaps) {
    // Without a promise, or with one that is kept.
    if (frames < 1 || (header && header.frames !== null && header.frames !== frames)) return null;
    return { sampleRate, samplesPerFrame, starts, lead: 0, samples: total };
  }
  if (header.frames !== frames) return null;
  const lead = header.gaps.delay + DECODER_DELAY;
  const samples = Math.min(total, total - header.gaps.padding + DECODER_DELAY) - lead;
  return samples > 0 ? { sampleRate, samplesPerFrame, starts, lead, samples } : null;
}

const isLayer3 = (head: Uint8Array): boolean => ((head[1]! >> 1) & 3) === 1;

/** Some programs leave zeros between the tag and the first frame. */
async function withoutZeros(file: BytesAt, { start, end }: AudioExtent): Promise<AudioExtent> {
  const head = await file.read(start, Math.min(64 * 1024, end - start));
  const zeros = head.findIndex((byte) => byte !== 0);
  return { start: start + Math.max(0, zeros), end };
}

async function walk(
  file: BytesAt,
  { start, end }: AudioExtent,
  first: Uint8Array,
  signal: AbortSignal,
): Promise<number[] | null> {
  const lengths = frameLengths(first[1]!);
  const isMono = (byte: number): boolean => byte >> 6 === 3;
  const starts: number[] = [];
  let block: Uint8Array = new Uint8Array(0);
  let blockStart = start;
  let at = start;
  while (at + 4 <= end) {
    if (at + 4 > blockStart + block.length) {
      throwIfAborted(signal);
      block = await file.read(at, Math.min(BLOCK, end - at));
      blockStart = at;
    }
    const i = at - blockStart;
    // The same version, layer and sample rate; protection, bit rate and stereo mode may change.
    const isFrame =
      block[i] === 0xff && (block[i + 1]! | 1) === (first[1]! | 1) && ((block[i + 2]! ^ first[2]!) & 0x0c) === 0;
    if (!isFrame) break;
    const length = lengths[block[i + 2]!]!;
    if (length === 0 || at + length > end || isMono(block[i + 3]!) !== isMono(first[3]!)) return null;
    if (starts.length > MAX_FRAMES) return null;
    starts.push(at);
    at += length;
  }
  if (!(await isEmpty(file, at, end))) return null;
  starts.push(at);
  return starts;
}

/** Frame lengths by a header's third byte, 0 for such as are no header. */
const frameLengths = (second: number): number[] =>
  Array.from({ length: 256 }, (_, third) => mpegFrame(Uint8Array.of(0xff, second, third, 0), 0)?.length ?? 0);

/** Zeros behind the last frame are no audio to any decoder. */
async function isEmpty(file: BytesAt, from: number, end: number): Promise<boolean> {
  if (end - from > 64 * 1024) return false;
  return (await file.read(from, end - from)).every((byte) => byte === 0);
}

interface InfoHeader {
  /** How many frames follow; null if it doesn't say. */
  readonly frames: number | null;
  /** Samples that the encoder put before and behind the music. */
  readonly gaps: { readonly delay: number; readonly padding: number } | null;
}

/**
 * Reads the frame that holds no audio but a Xing, Info (Gabriel Bouvigne, "Mp3 Info Tag rev 1") or VBRI (Fraunhofer) header.
 * @returns null if it is none, `unclear` where decoders differ in what they make of it.
 */
function infoHeader(frame: Uint8Array): InfoHeader | 'unclear' | null {
  const view = Buffer.from(frame.buffer, frame.byteOffset, frame.length);
  if (view.toString('latin1', 36, 40) === 'VBRI') return { frames: view.readUInt32BE(36 + 14), gaps: null };
  const isMpeg1 = (frame[1]! & 0x08) !== 0;
  const isMono = frame[3]! >> 6 === 3;
  const at = 4 + (isMpeg1 ? (isMono ? 17 : 32) : isMono ? 9 : 17);
  if (!/^(Xing|Info)$/.test(view.toString('latin1', at, at + 4))) return null;
  const flags = view.readUInt32BE(at + 4);
  const lame =
    at +
    8 +
    ((flags & 1) !== 0 ? 4 : 0) +
    ((flags & 2) !== 0 ? 4 : 0) +
    ((flags & 4) !== 0 ? 100 : 0) +
    ((flags & 8) !== 0 ? 4 : 0);
  const frames = (flags & 1) !== 0 ? view.readUInt32BE(at + 8) : null;
  if (lame + 24 > view.length || view[lame] === 0) return { frames, gaps: null };
  // mpg123 takes any name of an encoder for a sign that its delays follow, ffmpeg these alone.
  if (!/^(LAME|Lavf|Lavc)/.test(view.toString('latin1', lame, lame + 4)) || frames === null) return 'unclear';
  const delays = view.readUIntBE(lame + 21, 3);
  return { frames, gaps: { delay: delays >> 12, padding: delays & 0xfff } };
}
