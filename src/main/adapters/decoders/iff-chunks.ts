import type { BytesAt } from '../files/audio-extent';

/** A chunk of a RIFF or IFF file; `size` is what its header says, whether the file has so much or not. */
export interface Chunk {
  readonly id: string;
  /** Where its content begins. */
  readonly body: number;
  /** Bytes, without the one that makes an odd size even. */
  readonly size: number;
}

/** No real file has so many; a hostile one would cost a read each. */
const MAX_CHUNKS = 10_000;

/** The chunks after the twelve bytes of a RIFF, RF64 or BW64 header, by their headers alone. */
export const riffChunks = (file: BytesAt): AsyncGenerator<Chunk> => chunks(file, 12, true);

/** The chunks after the twelve bytes of a FORM header ("EA IFF 85"; sizes are big-endian). */
export const formChunks = (file: BytesAt): AsyncGenerator<Chunk> => chunks(file, 12, false);

/** Whether nothing but whole RIFF chunks fills the file from `offset` on. */
export async function chunksAddUp(file: BytesAt, offset: number): Promise<boolean> {
  let end = offset;
  for await (const { body, size } of chunks(file, offset, true)) end = body + size + (size % 2);
  return end === file.size || end === file.size + 1;
}

async function* chunks(file: BytesAt, offset: number, littleEndian: boolean): AsyncGenerator<Chunk> {
  for (let count = 0; count < MAX_CHUNKS && offset + 8 <= file.size; count++) {
    const header = Buffer.from(await file.read(offset, 8));
    const size = littleEndian ? header.readUInt32LE(4) : header.readUInt32BE(4);
    yield { id: header.toString('latin1', 0, 4), body: offset + 8, size };
    offset += 8 + size + (size % 2);
  }
}
