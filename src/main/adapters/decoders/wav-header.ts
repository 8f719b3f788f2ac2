/** What the `fmt ` chunk of a RIFF WAVE file says, and where the samples start. */
export interface WavHeader {
  readonly encoding: 'integer' | 'float' | 'other';
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  readonly dataOffset: number;
  /** Bytes; null if the writer did not know (0 or 0xFFFFFFFF, as in streams). */
  readonly dataBytes: number | null;
}

const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_EXTENSIBLE = 0xfffe;

/**
 * Reads the chunks up to `data` (Multimedia Programming Interface and Data Specifications 1.0, 1991; RF64: EBU Tech 3306).
 * @param head the start of the file; @returns null if it ends before the `data` chunk or is no WAVE file.
 */
export function parseWavHeader(head: Uint8Array): WavHeader | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 12 || fourCc(head, 8) !== 'WAVE') return null;
  let format: Omit<WavHeader, 'dataOffset' | 'dataBytes'> | null = null;
  let wideData: number | null = null;
  for (let offset = 12; offset + 8 <= head.length;) {
    const id = fourCc(head, offset);
    const size = view.getUint32(offset + 4, true);
    const body = offset + 8;
    if (id === 'data') return format && { ...format, dataOffset: body, dataBytes: dataBytes(size, wideData) };
    if (body + size > head.length) return null;
    if (id === 'fmt ' && size >= 16) format = parseFormat(view, body, size);
    if (id === 'ds64' && size >= 16) wideData = Number(view.getBigUint64(body + 8, true));
    offset = body + size + (size % 2);
  }
  return null;
}

const fourCc = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

function dataBytes(size: number, wide: number | null): number | null {
  if (size === 0xffff_ffff) return wide;
  return size === 0 ? null : size;
}

function parseFormat(view: DataView, at: number, size: number): Omit<WavHeader, 'dataOffset' | 'dataBytes'> {
  const tag = view.getUint16(at, true);
  // The extensible form keeps the old tag in the first two bytes of its GUID.
  const code = tag === FORMAT_EXTENSIBLE && size >= 40 ? view.getUint16(at + 24, true) : tag;
  return {
    encoding: code === FORMAT_PCM ? 'integer' : code === FORMAT_FLOAT ? 'float' : 'other',
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bitsPerSample: view.getUint16(at + 14, true),
  };
}
