import { bytes } from './tags-mp3';

/** Small WAV, AIFF and ADTS files made by hand. Samples count up, so that shifts show. */

const le = (n: number): number[] => [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, Math.floor(n / 2 ** 24) & 255];
const be = (n: number): number[] => le(n).reverse();

export interface ChunkData {
  readonly id: string;
  readonly data: Uint8Array;
  /** False leaves the pad byte of an odd content out. */
  readonly pad?: boolean;
  /** What the header says, where it lies. */
  readonly size?: number;
}

export const chunk = (id: string, data: string | Uint8Array, rest: Omit<ChunkData, 'id' | 'data'> = {}): ChunkData => ({
  id,
  data: typeof data === 'string' ? bytes(data) : data,
  ...rest,
});

export const samples = (length = 2000): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 7 + 3) & 255);

/** PCM, mono, 44.1 kHz, 16 bit. */
export const FMT = chunk('fmt ', bytes([1, 0, 1, 0], le(44_100), le(88_200), [2, 0, 16, 0]));
export const DATA = chunk('data', samples());
/** The same for AIFF; 44.1 kHz as an 80-bit float. */
export const COMM = chunk('COMM', bytes([0, 1], be(1000), [0, 16, 0x40, 0x0e, 0xac, 0x44], new Uint8Array(6)));
export const SSND = chunk('SSND', bytes(new Uint8Array(8), samples()));

const join = (chunks: readonly ChunkData[], number: (n: number) => number[]): Uint8Array =>
  bytes(
    ...chunks.map(({ id, data, pad = true, size = data.length }) =>
      bytes(id, number(size), data, new Uint8Array(pad ? data.length % 2 : 0)),
    ),
  );

/** @param size what the header says; by default the truth. */
export function wav(chunks: readonly ChunkData[], size?: number): Uint8Array {
  const body = join(chunks, le);
  return bytes('RIFF', le(size ?? body.length + 4), 'WAVE', body);
}

export function aiff(chunks: readonly ChunkData[], size?: number, type = 'AIFF'): Uint8Array {
  const body = join(chunks, be);
  return bytes('FORM', be(size ?? body.length + 4), type, body);
}

/** RF64: the 32-bit sizes say nothing, those in ds64 count. */
export function rf64(chunks: readonly ChunkData[], id = 'RF64'): Uint8Array {
  const hidden = chunks.map((c) => (c.id === 'data' ? { ...c, size: 0xffffffff } : c));
  const dataSize = chunks.find((c) => c.id === 'data')?.data.length ?? 0;
  const rest = join(hidden, le);
  const ds64 = bytes(le(rest.length + 4 + 36), le(0), le(dataSize), le(0), le(1000), le(0), le(0));
  return bytes(id, le(0xffffffff), 'WAVE', join([chunk('ds64', ds64)], le), rest);
}

/** INFO texts with the NUL that ends each. */
export const info = (items: Readonly<Record<string, string | Uint8Array>>): ChunkData =>
  chunk(
    'LIST',
    bytes(
      'INFO',
      join(
        Object.entries(items).map(([id, text]) =>
          chunk(id, text instanceof Uint8Array ? text : bytes(Buffer.from(text, 'utf8'), 0)),
        ),
        le,
      ),
    ),
  );

/** MPEG-4 AAC LC, 44.1 kHz, stereo, no checksum; what the frames hold is no AAC. */
export function adts(frames = 12, length = 60): Uint8Array {
  const stream = new Uint8Array(frames * length);
  for (let i = 0; i < frames; i++) {
    stream.set(
      [0xff, 0xf1, 0x50, 0x80 | (length >> 11), (length >> 3) & 255, ((length & 7) << 5) | 0x1f, 0xfc],
      i * length,
    );
    stream[i * length + length - 1] = i % 200;
  }
  return stream;
}
