import { CodedError } from '#shared/domain/failure';
import type { BytesAt } from '../../files/audio-extent';
import type { Mp4Box } from '../../files/payload/mp4';

export const damaged = (what: string): CodedError =>
  new CodedError(
    'decode-failed',
    `The MP4 file is damaged (${what}): replace it by a sound copy, or install ffmpeg to decode what it has.`,
  );

/** Bytes of one table: 16 million frames, which are four days. */
const MAX_TABLE = 64 << 20;

/** The tables that say where the samples (frames) of a track lie (ISO/IEC 14496-12 sections 8.7.3 to 8.7.5). */
export interface SampleTable {
  readonly count: number;
  /** Bytes of each; 0: they differ, see `sizes`. */
  readonly size: number;
  readonly sizes: DataView;
  /** `stsc`: runs of chunks with as many samples each, 12 bytes: first chunk (from 1), samples, description. */
  readonly runs: DataView;
  /** `stco` or `co64`. */
  readonly offsets: DataView;
  readonly offsetBytes: 4 | 8;
}

/** @param stbl the boxes in it. Throws a `CodedError` where a table is missing or shorter than it says. */
export async function readSampleTable(file: BytesAt, stbl: readonly Mp4Box[]): Promise<SampleTable> {
  const table = async (
    head: number,
    entry: number,
    ...types: string[]
  ): Promise<{ view: DataView; head: DataView }> => {
    const box = stbl.find(({ type }) => types.includes(type));
    if (!box || box.end - box.body < head) throw damaged(`${types[0]} is missing`);
    if (box.end - box.body > MAX_TABLE) throw damaged(`${types[0]} is too long`);
    const bytes = (await file.read(box.body, box.end - box.body)).slice();
    const headView = new DataView(bytes.buffer, 0, head);
    const length = headView.getUint32(head - 4) * entry;
    if (head + length > bytes.length) throw damaged(`${types[0]} is cut off`);
    return { view: new DataView(bytes.buffer, head, length), head: headView };
  };
  const sizesBox = stbl.find(({ type }) => type === 'stsz');
  if (!sizesBox || sizesBox.end - sizesBox.body < 12) throw damaged('stsz is missing');
  const sizeHead = await file.read(sizesBox.body, 12);
  const size = new DataView(sizeHead.buffer, sizeHead.byteOffset).getUint32(4);
  const sizes = await table(12, size === 0 ? 4 : 0, 'stsz');
  const isWide = stbl.some(({ type }) => type === 'co64');
  return {
    count: sizes.head.getUint32(8),
    size,
    sizes: sizes.view,
    runs: (await table(8, 12, 'stsc')).view,
    offsets: (await table(8, isWide ? 8 : 4, 'stco', 'co64')).view,
    offsetBytes: isWide ? 8 : 4,
  };
}

export function* samplePlaces(table: SampleTable): Generator<{ readonly offset: number; readonly length: number }> {
  const { count, size, sizes, runs, offsets, offsetBytes } = table;
  const chunks = offsets.byteLength / offsetBytes;
  let sample = 0;
  for (let chunk = 0, run = -12, perChunk = 0; chunk < chunks && sample < count; chunk++) {
    while (run + 12 < runs.byteLength && runs.getUint32(run + 12) <= chunk + 1)
      perChunk = runs.getUint32((run += 12) + 4);
    let offset = offsetBytes === 8 ? Number(offsets.getBigUint64(chunk * 8)) : offsets.getUint32(chunk * 4);
    for (let i = 0; i < perChunk && sample < count; i++, sample++) {
      const length = size === 0 ? sizes.getUint32(sample * 4) : size;
      yield { offset, length };
      offset += length;
    }
  }
}
