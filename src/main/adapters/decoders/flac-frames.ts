/** What the STREAMINFO block says (RFC 9639 section 8.2). */
export interface FlacInfo {
  readonly minBlock: number;
  readonly maxBlock: number;
  /** Bytes of the longest frame; 0 if unknown. */
  readonly maxFrame: number;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bits: number;
  /** 0 if unknown. */
  readonly samples: number;
}

/** @param block at least the first 18 bytes of STREAMINFO's content. */
export function parseStreamInfo(block: Uint8Array): FlacInfo {
  const b = Buffer.from(block.buffer, block.byteOffset, block.length);
  return {
    minBlock: b.readUInt16BE(0),
    maxBlock: b.readUInt16BE(2),
    maxFrame: b.readUIntBE(7, 3),
    sampleRate: b.readUIntBE(10, 3) >> 4,
    channels: ((b[12]! >> 1) & 7) + 1,
    bits: (((b[12]! & 1) << 4) | (b[13]! >> 4)) + 1,
    samples: (b[13]! & 15) * 2 ** 32 + b.readUInt32BE(14),
  };
}

/** Bytes of "fLaC" and the STREAMINFO block, which is always the first. */
export const FLAC_HEAD = 42;

/** The head of a stream as if STREAMINFO were all there is of metadata, in bytes of its own; null if it is damaged. */
export function loneStreamInfo(bytes: Uint8Array): Uint8Array | null {
  const head = bytes.slice(0, FLAC_HEAD);
  const isSound = head.length === FLAC_HEAD && (head[4]! & 0x7f) === 0 && head[7] === FLAC_HEAD - 8;
  head[4] = 0x80;
  return isSound ? head : null;
}

/** What the header of a frame says. */
export interface FlacHeader {
  /** Are the blocks of different lengths? */
  readonly isVariable: boolean;
  /** Of the first sample where they are, else of the frame. */
  readonly number: number;
  /** Samples of each channel. */
  readonly length: number;
  /** Bytes of the header with its CRC. */
  readonly headerBytes: number;
  /** What all frames of a stream have in common: their strategy, and the codes of rate, bits and number of channels. */
  readonly kind: number;
}

/** By the header's code (RFC 9639 section 9.1.1); 6 and 7 stand in the header's end. */
const BLOCK_SIZES = [0, 192, 576, 1152, 2304, 4608, 0, 0, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768] as const;
const MAX_HEADER = 16;

/**
 * Reads the frame header at `i`; null if there is none, or the bytes end before it does. Its CRC-8 is checked; music has a chance of some 1 in
 * 10^8 a byte to look so, therefore a frame is certain only with the next one behind it, or by its own CRC-16.
 */
export function flacHeader(bytes: Uint8Array, i: number): FlacHeader | null {
  if (i + MAX_HEADER > bytes.length && i + 6 > bytes.length) return null;
  if (bytes[i] !== 0xff || (bytes[i + 1]! & 0xfe) !== 0xf8) return null;
  const number = codedNumber(bytes, i + 4);
  if (!number) return null;
  const sizeCode = bytes[i + 2]! >> 4;
  const rateCode = bytes[i + 2]! & 15;
  const layout = bytes[i + 3]! >> 4;
  let at = number.end;
  const fromEnd = sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  const length = fromEnd === 0 ? BLOCK_SIZES[sizeCode]! : bigEndian(bytes, at, fromEnd) + 1;
  at += fromEnd + (rateCode === 12 ? 1 : rateCode === 13 || rateCode === 14 ? 2 : 0);
  if (length === 0 || rateCode === 15 || layout > 10 || at >= bytes.length) return null;
  if (crc8(bytes, i, at) !== bytes[at]) return null;
  const isVariable = (bytes[i + 1]! & 1) === 1;
  const channels = layout < 8 ? layout + 1 : 2;
  const kind = (((bytes[i + 1]! & 1) * 16 + rateCode) * 16 + (bytes[i + 3]! & 15)) * 16 + channels;
  return { isVariable, number: number.value, length, headerBytes: at + 1 - i, kind };
}

/** The number of the frame after this one. */
export const numberAfter = ({ isVariable, number, length }: FlacHeader): number => number + (isVariable ? length : 1);

export interface FlacFrame {
  /** Number of its first sample. */
  readonly sample: number;
  readonly length: number;
  /** Bytes of the header with its CRC. */
  readonly headerBytes: number;
}

/** Reads the frame header at `i`; null if there is none that fits the stream, whose length must be known. */
export function flacFrame(bytes: Uint8Array, i: number, info: FlacInfo): FlacFrame | null {
  const header = flacHeader(bytes, i);
  if (!header || header.length > info.maxBlock) return null;
  const { isVariable, number, length, headerBytes } = header;
  const sample = isVariable ? number : number * info.maxBlock;
  return sample + length <= info.samples ? { sample, length, headerBytes } : null;
}

/** Longest frame there can be: as STREAMINFO says, or what plain samples would take. */
export const frameBound = ({ maxFrame, maxBlock, channels, bits }: FlacInfo): number =>
  maxFrame || Math.ceil((maxBlock * channels * (bits + 1)) / 8) + 64;

const bigEndian = (bytes: Uint8Array, at: number, count: number): number =>
  count === 1 ? bytes[at]! : bytes[at]! * 256 + bytes[at + 1]!;

/** A number as UTF-8 would code it, up to 36 bits. */
function codedNumber(bytes: Uint8Array, at: number): { readonly value: number; readonly end: number } | null {
  const lead = bytes[at]!;
  if (lead < 0x80) return { value: lead, end: at + 1 };
  const ones = Math.clz32(~(lead << 24));
  if (ones < 2 || ones > 7 || at + ones > bytes.length) return null;
  let value = lead & (0x7f >> ones);
  for (let k = 1; k < ones; k++) {
    if ((bytes[at + k]! & 0xc0) !== 0x80) return null;
    value = value * 64 + (bytes[at + k]! & 0x3f);
  }
  return { value, end: at + ones };
}

const CRC8 = crcTable(0x07, 8);
const CRC16 = crcTable(0x8005, 16);

function crcTable(polynomial: number, bits: number): Uint16Array {
  const top = 1 << (bits - 1);
  return Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (bits - 8);
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ ((crc & top) !== 0 ? polynomial : 0);
    return crc & (2 * top - 1);
  });
}

function crc8(bytes: Uint8Array, from: number, to: number): number {
  let crc = 0;
  for (let i = from; i < to; i++) crc = CRC8[crc ^ bytes[i]!]!;
  return crc;
}

/** Of a whole frame with its own CRC-16 at the end: 0 if it is sound. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = ((crc << 8) & 0xffff) ^ CRC16[(crc >> 8) ^ byte]!;
  return crc;
}
