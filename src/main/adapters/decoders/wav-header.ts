import type { BytesAt } from '../files/audio-extent';
import { chunksAddUp, riffChunks } from './iff-chunks';
import type { PcmCoding, PcmLayout } from './pcm';

/** What the `fmt ` chunk of a WAVE file says. */
export interface WavFormat {
  /** Null if the samples are not plain ones (ADPCM, MP3 and others). */
  readonly coding: PcmCoding | null;
  readonly channels: number;
  readonly sampleRate: number;
}

const EXTENSIBLE = 0xfffe;
const UNKNOWN = 0xffff_ffff;

/**
 * Finds the samples of a WAVE file by walking its chunks (Multimedia Programming Interface and Data Specifications 1.0, 1991;
 * RF64 and its `ds64`: EBU Tech 3306; BW64: ITU-R BS.2088), however much stands before them.
 * @returns null if there is no `fmt ` or no `data` chunk, or the samples are not plain ones.
 */
export async function readWavLayout(file: BytesAt): Promise<PcmLayout | null> {
  let format: WavFormat | null = null;
  let wide: number | null = null;
  for await (const { id, body, size } of riffChunks(file)) {
    if (id === 'data') {
      if (!format?.coding) return null;
      const dataBytes = await dataLength(file, body, size, wide);
      return { ...format, coding: format.coding, littleEndian: true, dataOffset: body, dataBytes };
    }
    if (body + size > file.size) return null;
    if (id === 'fmt ' && size >= 16) format = parseWavFormat(await file.read(body, Math.min(size, 40)));
    if (id === 'ds64' && size >= 16) wide = Number(viewOf(await file.read(body + 8, 8)).getBigUint64(0, true));
  }
  return null;
}

/** Null where the writer did not know: streams have 0 or 2^32-1 for it, and nothing behind the samples. */
async function dataLength(file: BytesAt, body: number, size: number, wide: number | null): Promise<number | null> {
  if (size === UNKNOWN) return wide;
  if (size > 0) return size;
  return (await chunksAddUp(file, body)) ? 0 : null;
}

/** @param chunk the content of `fmt `, at least 16 bytes. */
export function parseWavFormat(chunk: Uint8Array): WavFormat {
  const view = viewOf(chunk);
  const tag = view.getUint16(0, true);
  // The extensible form keeps the old tag in the first two bytes of its GUID.
  const code = tag === EXTENSIBLE && chunk.length >= 40 ? view.getUint16(24, true) : tag;
  const channels = view.getUint16(2, true);
  // Odd sizes (12, 20 bits) are the upper bits of whole bytes, whose number the block's size tells.
  const bytes = view.getUint16(12, true) / channels || Math.ceil(view.getUint16(14, true) / 8);
  return { coding: codingOf(code, bytes), channels, sampleRate: view.getUint32(4, true) };
}

/** Registered format tags (RFC 2361). */
function codingOf(code: number, bytes: number): PcmCoding | null {
  if (code === 1) return ([null, 'u8', 's16', 's24', 's32'] as const)[bytes] ?? null;
  if (code === 3) return bytes === 4 ? 'f32' : bytes === 8 ? 'f64' : null;
  if (code === 6) return bytes === 1 ? 'alaw' : null;
  return code === 7 && bytes === 1 ? 'mulaw' : null;
}

/** The header of a WAVE stream. */
export interface WavHeader extends WavFormat {
  readonly dataOffset: number;
}

/** Reads the header of a WAVE stream from its first bytes; null if these end before the samples. */
export function parseWavHeader(head: Uint8Array): WavHeader | null {
  if (head.length < 12 || fourCc(head, 8) !== 'WAVE') return null;
  let format: WavFormat | null = null;
  for (let at = 12; at + 8 <= head.length;) {
    const id = fourCc(head, at);
    const size = viewOf(head).getUint32(at + 4, true);
    if (id === 'data') return format && { ...format, dataOffset: at + 8 };
    if (at + 8 + size > head.length) return null;
    if (id === 'fmt ' && size >= 16) format = parseWavFormat(head.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  return null;
}

const fourCc = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
