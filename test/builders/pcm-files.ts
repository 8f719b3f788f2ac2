import type { PcmCoding } from '../../src/main/adapters/decoders/pcm';

/** Interleaved samples -1..1 to be packed. */
export interface Signal {
  readonly samples: Float32Array;
  readonly channels: number;
  readonly sampleRate: number;
}

const BITS: Readonly<Record<PcmCoding, number>> = {
  ...{ u8: 8, s8: 8, alaw: 8, mulaw: 8, s16: 16, s24: 24, s32: 32, f32: 32, f64: 64 },
};

/** Packs samples one by one, as slowly and plainly as it can be done. */
export function packed({ samples }: Signal, coding: PcmCoding, littleEndian: boolean): Buffer {
  const bytes = BITS[coding] / 8;
  const packed = Buffer.alloc(samples.length * bytes);
  const whole = (value: number): number => {
    const limit = 2 ** (BITS[coding] - 1);
    return Math.max(-limit, Math.min(limit - 1, Math.round(value * limit)));
  };
  samples.forEach((value, i) => {
    const at = i * bytes;
    if (coding === 'u8') packed.writeUInt8(whole(value) + 128, at);
    else if (coding === 'f32') packed[littleEndian ? 'writeFloatLE' : 'writeFloatBE'](value, at);
    else if (coding === 'f64') packed[littleEndian ? 'writeDoubleLE' : 'writeDoubleBE'](value, at);
    else if (coding === 'alaw' || coding === 'mulaw') packed[at] = coding === 'alaw' ? alaw(value) : mulaw(value);
    else packed[littleEndian ? 'writeIntLE' : 'writeIntBE'](whole(value), at, bytes);
  });
  return packed;
}

/** G.711's segments by search: the code whose magnitude interval holds the value. */
function alaw(value: number): number {
  const magnitude = Math.min(4095, Math.floor(Math.abs(value) * 4096));
  const segment = magnitude < 64 ? (magnitude < 32 ? 0 : 1) : Math.floor(Math.log2(magnitude)) - 4;
  const step = segment < 2 ? magnitude >> 1 : magnitude >> segment;
  return ((value >= 0 ? 0x80 : 0) | (segment << 4) | (step & 15)) ^ 0x55;
}

function mulaw(value: number): number {
  const magnitude = Math.min(8158, Math.floor(Math.abs(value) * 8192)) + 33;
  const segment = Math.floor(Math.log2(magnitude)) - 5;
  return ~((value < 0 ? 0x80 : 0) | (segment << 4) | ((magnitude >> (segment + 1)) & 15)) & 0xff;
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A RIFF chunk, padded to an even length; `size` is what its header says, if not the truth. */
export function riffChunk(id: string, body: Buffer, size = body.length): Buffer {
  const header = Buffer.alloc(8, id, 'latin1');
  header.writeUInt32LE(size, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

export interface WavOptions {
  readonly magic?: 'RIFF' | 'RF64' | 'BW64';
  readonly extensible?: boolean;
  /** Chunks between `fmt ` and `data`, and after it. */
  readonly before?: readonly Buffer[];
  readonly after?: readonly Buffer[];
  /** What the header of `data` says. */
  readonly dataSize?: number;
  /** What `ds64` says of it. */
  readonly wideSize?: number;
}

const WAV_TAGS: Partial<Record<PcmCoding, number>> = { f32: 3, f64: 3, alaw: 6, mulaw: 7 };

/** The start of a WAV file up to its samples. */
export function wavHead(
  coding: PcmCoding,
  { channels, sampleRate }: Omit<Signal, 'samples'>,
  dataSize: number,
  options: WavOptions = {},
): Buffer {
  const tag = WAV_TAGS[coding] ?? 1;
  const format = Buffer.alloc(options.extensible ? 40 : 16);
  const frameBytes = (channels * BITS[coding]) / 8;
  format.writeUInt16LE(options.extensible ? 0xfffe : tag, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * frameBytes, 8);
  format.writeUInt16LE(frameBytes, 12);
  format.writeUInt16LE(BITS[coding], 14);
  if (options.extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(BITS[coding], 18);
    format.writeUInt16LE(tag, 24);
    Buffer.from('000000001000800000aa00389b71', 'hex').copy(format, 26);
  }
  const magic = options.magic ?? 'RIFF';
  const wide = Buffer.alloc(28);
  wide.writeBigUInt64LE(BigInt(options.wideSize ?? dataSize), 8);
  const data = Buffer.alloc(8, 'data', 'latin1');
  data.writeUInt32LE(options.dataSize ?? (magic === 'RIFF' ? Math.min(dataSize, 0xffff_ffff) : 0xffff_ffff), 4);
  return Buffer.concat([
    latin1(`${magic}\xff\xff\xff\xffWAVE`),
    ...(magic === 'RIFF' ? [] : [riffChunk('ds64', wide)]),
    riffChunk('fmt ', format),
    ...(options.before ?? []),
    data,
  ]);
}

export function wavFile(signal: Signal, coding: PcmCoding, options: WavOptions = {}): Buffer {
  const data = packed(signal, coding, true);
  const head = wavHead(coding, signal, data.length, options);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2), ...(options.after ?? [])]);
}

/** The rates' 80-bit form: the exponent that brings the leading one to the top of 64 bits. */
function extended(rate: number): Buffer {
  const bytes = Buffer.alloc(10);
  const exponent = Math.floor(Math.log2(rate));
  bytes.writeUInt16BE(16_383 + exponent, 0);
  bytes.writeBigUInt64BE(BigInt(rate) << BigInt(63 - exponent), 2);
  return bytes;
}

function formChunk(id: string, body: Buffer, size = body.length): Buffer {
  const header = Buffer.alloc(8, id, 'latin1');
  header.writeUInt32BE(size, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
}

export interface AiffOptions {
  /** Of AIFF-C; an AIFF file without. */
  readonly type?: string;
  readonly soundFirst?: boolean;
  /** Bytes to be skipped before the samples. */
  readonly skip?: number;
  /** As a program writes that can't go back: no number of frames, no size. */
  readonly streamed?: boolean;
}

export function aiffFile(signal: Signal, coding: PcmCoding, littleEndian: boolean, options: AiffOptions = {}): Buffer {
  const { type, skip = 0, streamed = false } = options;
  const common = Buffer.alloc(18);
  common.writeUInt16BE(signal.channels, 0);
  common.writeUInt32BE(streamed ? 0 : signal.samples.length / signal.channels, 2);
  common.writeUInt16BE(BITS[coding], 6);
  extended(signal.sampleRate).copy(common, 8);
  // The coding's name is a string with its length before it, made even.
  const comm = formChunk('COMM', type ? Buffer.concat([common, latin1(`${type}\x03odd`)]) : common);
  const start = Buffer.alloc(8 + skip);
  start.writeUInt32BE(skip, 0);
  const sound = Buffer.concat([start, packed(signal, coding, littleEndian)]);
  const ssnd = formChunk('SSND', sound, streamed ? 0 : sound.length);
  const chunks = [formChunk('NAME', latin1('odd')), ...(options.soundFirst ? [ssnd, comm] : [comm, ssnd])];
  const form = Buffer.concat([latin1(type ? 'AIFC' : 'AIFF'), ...chunks]);
  return formChunk('FORM', form);
}

/** The head of a WAV stream of mono float32 samples whose length is not known, as ffmpeg writes it into a pipe. */
export function streamedWavHead(sampleRate: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF\xff\xff\xff\xffWAVEfmt ', 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(3, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt16LE(32, 34);
  header.write('data\xff\xff\xff\xff', 36, 'latin1');
  return header;
}
