import { CodedError } from '#shared/domain/failure';
import type { MonoChunk } from '../mono-chunk';
import { index32, PacketFault, type InWasm, type PacketDecoder, type WasmCommon } from './codec';

/** Opus always counts at this rate, and is decoded to it here. */
export const OPUS_RATE = 48_000;

/** The inside of opus-decoder 0.7.12, pinned as the others are. */
interface Inside {
  readonly _common: WasmCommon<{
    opus_frame_decode_float_deinterleaved(decoder: number, packet: number, length: number, output: number): number;
  }>;
  readonly _decoder: number;
  readonly _input: InWasm<Uint8Array>;
  readonly _output: InWasm<Float32Array>;
}

/** What the identification header says (OpusHead, RFC 7845 section 5.1). */
export interface OpusHead {
  readonly channels: number;
  /** Samples at the beginning that are no music. */
  readonly preSkip: number;
  /** By which every sample is to be multiplied. */
  readonly gain: number;
  readonly streams: number;
  /** Streams of two channels. */
  readonly coupled: number;
  /** For each channel, which of the decoded ones it is. */
  readonly mapping: readonly number[];
}

/** @returns null where the header is damaged, or of a kind that is not known here: a later version, or ambisonics with a matrix (RFC 8486). */
export function parseOpusHead(bytes: Uint8Array): OpusHead | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (head.length < 19 || head[8]! > 15) return null;
  const channels = head[9]!;
  const preSkip = head.readUInt16LE(10);
  const gain = 10 ** (head.readInt16LE(16) / (20 * 256));
  const family = head[18]!;
  if (family === 0) {
    if (channels < 1 || channels > 2) return null;
    return { channels, preSkip, gain, streams: 1, coupled: channels - 1, mapping: channels === 2 ? [0, 1] : [0] };
  }
  if (family === 3 || head.length < 21 + channels || channels < 1) return null;
  const streams = head[19]!;
  const coupled = head[20]!;
  const mapping = [...head.subarray(21, 21 + channels)];
  const isSound =
    streams >= 1 && coupled <= streams && mapping.every((from) => from === 255 || from < streams + coupled);
  return isSound ? { channels, preSkip, gain, streams, coupled, mapping } : null;
}

/** Samples of a packet by its first bytes (RFC 6716 section 3.1), at 48 kHz; 0 for none. */
export function opusSamples(packet: Uint8Array): number {
  if (packet.length === 0) return 0;
  const config = packet[0]! >> 3;
  const frame =
    config < 12
      ? [480, 960, 1920, 2880][config & 3]!
      : config < 16
        ? [480, 960][config & 1]!
        : [120, 240, 480, 960][config & 3]!;
  const code = packet[0]! & 3;
  const count = code === 0 ? 1 : code < 3 ? 2 : (packet[1] ?? 0) & 63;
  return frame * count;
}

/** More would not fit the wasm code's memory of 28 MB. */
const MAX_CHANNELS = 64;
const LONGEST_PACKET = 5760;

/** libopus. The pre-skip is left to the caller. */
export async function createOpusDecoder(head: OpusHead): Promise<PacketDecoder> {
  if (head.channels > MAX_CHANNELS) throw tooMany(head.channels);
  const { OpusDecoder } = await import('opus-decoder');
  const outside = new OpusDecoder({
    channels: head.channels,
    streamCount: head.streams,
    coupledStreamCount: head.coupled,
    channelMappingTable: [...head.mapping],
    preSkip: 0,
  });
  await outside.ready;
  return new OpusPackets(outside as unknown as Inside, head, () => outside.free());
}

class OpusPackets implements PacketDecoder {
  private readonly floats: Float32Array;
  private readonly offsets: Uint32Array;

  constructor(
    private readonly inside: Inside,
    private readonly head: OpusHead,
    readonly free: () => void,
  ) {
    this.floats = new Float32Array(inside._common.wasm.HEAP);
    this.offsets = new Uint32Array(head.channels);
  }

  decode(packet: Uint8Array, to: MonoChunk): number {
    const { _common, _decoder, _input, _output } = this.inside;
    const expected = opusSamples(packet);
    if (expected === 0 || expected > LONGEST_PACKET || packet.length > _input.buf.length)
      throw new PacketFault(`A packet of ${packet.length} bytes is none of Opus.`);
    _input.buf.set(packet);
    const length = _common.wasm.opus_frame_decode_float_deinterleaved(_decoder, _input.ptr, packet.length, _output.ptr);
    if (length !== expected) throw new PacketFault(`libopus gave ${length}`);
    for (let c = 0; c < this.offsets.length; c++) this.offsets[c] = index32(_output.ptr) + c * length;
    to.add({ heap: this.floats, offsets: this.offsets, length }, OPUS_RATE, this.head.gain);
    return length;
  }

  /** By and by it forgets on its own; 80 ms are heard to be enough (RFC 7845 section 4.6). */
  restart(): void {}
}

const tooMany = (channels: number): CodedError =>
  new CodedError(
    'decode-failed',
    `This Opus stream has ${channels} channels, more than the built-in decoder takes; install ffmpeg to decode it.`,
  );
