import type { BytesAt } from '../audio-extent';
import type { Part } from '../byte-source';

const HEADER_OBJECT = '3026b2758e66cf11a6d900aa0062ce6c';
const DATA_OBJECT = '3626b2758e66cf11a6d900aa0062ce6c';
/** Of the Data Object: GUID, size, file ID, number of packets, reserved. */
const DATA_FIELDS = 50;

/**
 * The packets of an ASF file: what the Data Object, which follows the Header Object, holds (ASF specification, revision 01.20.03, sections 2.2
 * and 5.1). A Data Object of unknown size, as broadcasts have, or one that is cut off is none that is certain.
 */
export async function asfAudio(file: BytesAt): Promise<readonly Part[] | null> {
  const header = await objectAt(file, 0);
  if (header?.guid !== HEADER_OBJECT) return null;
  const data = await objectAt(file, header.size);
  if (data?.guid !== DATA_OBJECT || data.size <= DATA_FIELDS) return null;
  return [{ offset: header.size + DATA_FIELDS, length: data.size - DATA_FIELDS }];
}

/** The object that begins at an offset; null if it does not fit into the file. */
async function objectAt(file: BytesAt, offset: number): Promise<{ guid: string; size: number } | null> {
  if (offset + 24 > file.size) return null;
  const head = Buffer.from(await file.read(offset, 24));
  const size = Number(head.readBigUInt64LE(16));
  return size >= 24 && offset + size <= file.size ? { guid: head.toString('hex', 0, 16), size } : null;
}
