import { ALAW, MULAW } from './g711';

/** How one sample lies in a file: unsigned or signed integers, IEEE 754 floats, or G.711 in eight bits. */
export type PcmCoding = 'u8' | 's8' | 's16' | 's24' | 's32' | 'f32' | 'f64' | 'alaw' | 'mulaw';

/** Where the samples of a file are and what they mean. */
export interface PcmLayout {
  readonly coding: PcmCoding;
  readonly littleEndian: boolean;
  readonly channels: number;
  /** Samples per second, a whole number. */
  readonly sampleRate: number;
  readonly dataOffset: number;
  /** Bytes; null if the writer did not know. */
  readonly dataBytes: number | null;
}

const BYTES: Readonly<Record<PcmCoding, number>> = {
  ...{ u8: 1, s8: 1, alaw: 1, mulaw: 1 },
  ...{ s16: 2, s24: 3, s32: 4, f32: 4, f64: 8 },
};

/** Bytes that one sample of every channel takes. */
export const frameBytesOf = ({ coding, channels }: Pick<PcmLayout, 'coding' | 'channels'>): number =>
  BYTES[coding] * channels;

/**
 * Packed samples as floats of -1..1; whole numbers are divided by 2^(bits-1).
 * @param bytes whole samples, at least `to.length`; starts at a multiple of 8 in its buffer, and is changed if it is big-endian.
 * @param to gets one value a sample.
 */
export function readSamples(
  { coding, littleEndian }: Pick<PcmLayout, 'coding' | 'littleEndian'>,
  bytes: Buffer,
  to: Float32Array,
): void {
  const used = bytes.subarray(0, to.length * BYTES[coding]);
  // All platforms of the app are little-endian, which is what typed arrays read.
  if (!littleEndian) swapBytes(used, BYTES[coding]);
  const { buffer, byteOffset } = used;
  const { length } = to;
  switch (coding) {
    case 'u8':
      for (let i = 0; i < length; i++) to[i] = (used[i]! - 128) / 128;
      return;
    case 's8':
      return scaled(new Int8Array(buffer, byteOffset, length), 2 ** -7, to);
    case 's16':
      return scaled(new Int16Array(buffer, byteOffset, length), 2 ** -15, to);
    case 's24':
      for (let i = 0, at = 0; i < length; i++, at += 3)
        to[i] = ((used[at]! << 8) | (used[at + 1]! << 16) | (used[at + 2]! << 24)) * 2 ** -31;
      return;
    case 's32':
      return scaled(new Int32Array(buffer, byteOffset, length), 2 ** -31, to);
    case 'f32':
      return to.set(new Float32Array(buffer, byteOffset, length));
    case 'f64':
      return to.set(new Float64Array(buffer, byteOffset, length));
    case 'alaw':
    case 'mulaw': {
      const values = coding === 'alaw' ? ALAW : MULAW;
      for (let i = 0; i < length; i++) to[i] = values[used[i]!]!;
    }
  }
}

function scaled(from: Int8Array | Int16Array | Int32Array, scale: number, to: Float32Array): void {
  for (let i = 0; i < to.length; i++) to[i] = from[i]! * scale;
}

function swapBytes(bytes: Buffer, width: number): void {
  if (width === 2) bytes.swap16();
  else if (width === 4) bytes.swap32();
  else if (width === 8) bytes.swap64();
  else if (width === 3)
    for (let at = 0; at < bytes.length; at += 3) {
      const first = bytes[at]!;
      bytes[at] = bytes[at + 2]!;
      bytes[at + 2] = first;
    }
}
