/** Turns packed samples into floats of -1..1. */
export interface SampleReader {
  /** Bytes per sample. */
  readonly bytes: number;
  /** Reads `count` samples from the start of `from` into `to`. */
  read(from: Buffer, count: number, to: Float32Array): void;
}

/** The reader for one sample format; 8-bit integers are unsigned, as WAV has them. Null for formats that nobody writes. */
export function sampleReader(
  encoding: 'integer' | 'float' | 'other',
  bits: number,
  littleEndian: boolean,
): SampleReader | null {
  const one = sampleFunction(encoding, bits, littleEndian);
  if (!one) return null;
  const bytes = bits / 8;
  if (encoding === 'integer' && bits === 16 && littleEndian) return { bytes, read: readInt16 };
  return {
    bytes,
    read: (from, count, to) => {
      for (let i = 0; i < count; i++) to[i] = one(from, i * bytes);
    },
  };
}

/** By far the most common format, read without a call per sample; all platforms of the app are little-endian. */
function readInt16(from: Buffer, count: number, to: Float32Array): void {
  const aligned = from.byteOffset % 2 === 0 ? from : Buffer.from(from);
  const samples = new Int16Array(aligned.buffer, aligned.byteOffset, count);
  for (let i = 0; i < count; i++) to[i] = samples[i]! / 32_768;
}

function sampleFunction(
  encoding: 'integer' | 'float' | 'other',
  bits: number,
  little: boolean,
): ((from: Buffer, at: number) => number) | null {
  if (encoding === 'float' && bits === 32) return little ? (b, at) => b.readFloatLE(at) : (b, at) => b.readFloatBE(at);
  if (encoding === 'float' && bits === 64)
    return little ? (b, at) => b.readDoubleLE(at) : (b, at) => b.readDoubleBE(at);
  if (encoding !== 'integer') return null;
  if (bits === 8) return (b, at) => (b[at]! - 128) / 128;
  if (bits !== 16 && bits !== 24 && bits !== 32) return null;
  const scale = 2 ** (1 - bits);
  const bytes = bits / 8;
  return little ? (b, at) => b.readIntLE(at, bytes) * scale : (b, at) => b.readIntBE(at, bytes) * scale;
}
