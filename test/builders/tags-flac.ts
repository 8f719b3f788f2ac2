import { bytes } from './tags-mp3';

/** Small FLAC files made by hand: real metadata blocks, and bytes that begin like a frame. */

export const STREAMINFO = 0;
export const PADDING = 1;
export const APPLICATION = 2;
export const COMMENTS = 4;
export const PICTURE = 6;

const le = (n: number): number[] => [n & 255, (n >> 8) & 255, (n >> 16) & 255, (n >> 24) & 255];

/** 44.1 kHz, stereo, 16 bit, one second. */
const streamInfo = bytes(
  [0x10, 0, 0x10, 0],
  new Uint8Array(6),
  [0x0a, 0xc4, 0x42, 0xf0, 0, 0, 0xac, 0x44],
  new Uint8Array(16),
);

export interface FlacBlock {
  readonly type: number;
  readonly data: Uint8Array;
}

export const padding = (length: number): FlacBlock => ({ type: PADDING, data: new Uint8Array(length) });

export function comments(entries: readonly string[], vendor = 'reference libFLAC 1.4.2'): FlacBlock {
  const field = (text: string): Uint8Array => bytes(le(Buffer.byteLength(text)), Buffer.from(text, 'utf8'));
  return { type: COMMENTS, data: bytes(field(vendor), le(entries.length), ...entries.map(field)) };
}

export function flac(blocks: readonly FlacBlock[], audioLength = 3000): Uint8Array {
  const all = [{ type: STREAMINFO, data: streamInfo }, ...blocks];
  const audio = Uint8Array.from({ length: audioLength }, (_, i) => (i * 31 + 7) & 255);
  audio.set([0xff, 0xf8, 0xc9, 0x18]);
  return bytes(
    'fLaC',
    ...all.map(({ type, data }, i) =>
      bytes(
        type | (i === all.length - 1 ? 0x80 : 0),
        [(data.length >> 16) & 255, (data.length >> 8) & 255, data.length & 255],
        data,
      ),
    ),
    audio,
  );
}
