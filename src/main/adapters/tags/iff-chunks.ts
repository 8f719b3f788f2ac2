import { CodedError } from '#shared/domain/failure';
import { concat, fromLatin1, latin1, toUint32be, toUint32le, uint32be, uint32le } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import { unparseable } from './format';
import type { RangeChange } from './range-changes';

/** What the file begins with. RF64 and BW64 are RIFF with 64-bit sizes in a chunk of its own, FORM is big endian. */
type Form = 'RIFF' | 'RF64' | 'BW64' | 'FORM';

export interface Chunk {
  readonly id: string;
  /** Of its header of eight bytes. */
  readonly start: number;
  /** Of its content. */
  readonly offset: number;
  readonly size: number;
  /** After the content and its pad byte, if it has one. */
  readonly end: number;
}

export interface Iff {
  readonly form: Form;
  readonly type: string;
  readonly chunks: readonly Chunk[];
}

/** More than any real file has; so many would only be there to eat time. */
const MAX_CHUNKS = 10_000;
/** In RF64: the size is in the chunk ds64. Elsewhere: whoever wrote the file did not know it. */
const UNKNOWN = 0xffffffff;

/**
 * Reads the list of chunks of a RIFF (Microsoft, "Multimedia Programming Interface and Data Specifications 1.0"), RF64 (EBU Tech 3306), BW64
 * (ITU-R BS.2088) or IFF file (Electronic Arts, "EA IFF 85"): each an id, a size and as many bytes, padded to an even number. The chunks must
 * fill the file; only the pad byte of the last one may be missing, or stand outside what the file's header counts.
 */
export async function readIff(source: ByteSource): Promise<Iff> {
  if (source.size < 12) throw unparseable('The file ends within its header.');
  const head = await source.read(0, 12);
  const form = fromLatin1(head.subarray(0, 4)) as Form;
  const ds64 = form === 'RF64' || form === 'BW64' ? await readDs64(source, head) : null;
  const size = ds64?.riffSize ?? numberAt(form, head, 4);
  if (!ds64 && (size === 0 || size === UNKNOWN))
    throw unparseable('The file was recorded as a stream: its header does not say how long it is.');
  if (8 + size > source.size) throw unparseable('The file is shorter than its header says; it may be cut off.');
  const chunks: Chunk[] = [];
  for (let at = 12; at < source.size; at = chunks.at(-1)!.end) {
    if (at >= 8 + size) throw unparseable('Something follows the end that the header of the file names.');
    if (chunks.length === MAX_CHUNKS) throw unparseable(`The file has more than ${MAX_CHUNKS} chunks.`);
    chunks.push(await readChunk(source, form, at, ds64?.dataSize ?? null));
  }
  const last = chunks.at(-1);
  const contentEnd = last ? last.offset + last.size : 12;
  if (source.size !== 8 + size && contentEnd !== 8 + size)
    throw unparseable('The chunks of the file do not end where its header says.');
  return { form, type: fromLatin1(head.subarray(8, 12)), chunks };
}

async function readChunk(source: ByteSource, form: Form, at: number, dataSize: number | null): Promise<Chunk> {
  if (at + 8 > source.size) throw unparseable('The file ends within the header of a chunk.');
  const header = await source.read(at, 8);
  const id = fromLatin1(header.subarray(0, 4));
  if (!/^[\x20-\x7e]{4}$/.test(id)) throw unparseable('The file holds something that is no chunk.');
  let size = numberAt(form, header, 4);
  if (dataSize !== null && id === 'data') {
    if (size !== UNKNOWN && size !== dataSize) throw unparseable('The file names two sizes of its audio.');
    size = dataSize;
  }
  const contentEnd = at + 8 + size;
  if (contentEnd > source.size) throw unparseable(`The chunk "${id}" claims to be longer than the file.`);
  return { id, start: at, offset: at + 8, size, end: Math.min(contentEnd + (size % 2), source.size) };
}

/** EBU Tech 3306, section 4.2: the first chunk has the sizes as 64-bit numbers, little endian. */
async function readDs64(source: ByteSource, head: Uint8Array): Promise<{ riffSize: number; dataSize: number }> {
  const bytes = source.size >= 48 ? await source.read(12, 36) : new Uint8Array(36);
  const [riffSize, dataSize] = [uint64le(bytes, 8), uint64le(bytes, 16)];
  const isDs64 = fromLatin1(bytes.subarray(0, 4)) === 'ds64' && uint32le(bytes, 4) >= 28;
  if (uint32le(head, 4) !== UNKNOWN || !isDs64 || riffSize === null || dataSize === null)
    throw unparseable('The 64-bit sizes (ds64) of the file are missing or malformed.');
  return { riffSize, dataSize };
}

function uint64le(bytes: Uint8Array, at: number): number | null {
  const value = uint32le(bytes, at) + uint32le(bytes, at + 4) * 0x100000000;
  return Number.isSafeInteger(value) ? value : null;
}

const numberAt = (form: Form, bytes: Uint8Array, at: number): number =>
  form === 'FORM' ? uint32be(bytes, at) : uint32le(bytes, at);

const numberBytes = (form: Form, value: number): Uint8Array =>
  form === 'FORM' ? toUint32be(value) : toUint32le(value);

/** A whole chunk with header and pad byte. */
export const chunkBytes = ({ form }: Iff, id: string, content: Uint8Array): Uint8Array =>
  concat(latin1(id), numberBytes(form, content.length), content, new Uint8Array(content.length % 2));

/** What changes when the content of a chunk grows by so many bytes: its size and its pad byte. */
export function grownChunk({ form }: Iff, chunk: Chunk, growth: number): RangeChange[] {
  if (growth === 0) return [];
  const size = chunk.size + growth;
  const contentEnd = chunk.offset + chunk.size;
  const changes = [{ start: chunk.start + 4, end: chunk.start + 8, insert: numberBytes(form, size) }];
  if (size % 2 !== chunk.end - contentEnd)
    changes.push({ start: contentEnd, end: chunk.end, insert: new Uint8Array(size % 2) });
  return changes;
}

/** A chunk behind all others, and the pad byte of the last one where that is missing. */
export function appendedChunk(iff: Iff, fileSize: number, id: string, content: Uint8Array): RangeChange {
  const last = iff.chunks.at(-1);
  const pad = new Uint8Array(last ? (last.end - last.start) % 2 : 0);
  return { start: fileSize, end: fileSize, insert: concat(pad, chunkBytes(iff, id, content)) };
}

/** What changes in the header of a file that grows by so many bytes. Fails where its size no longer fits. */
export function grownFile({ form }: Iff, fileSize: number, growth: number): RangeChange[] {
  if (growth === 0) return [];
  const size = fileSize + growth - 8;
  if (form === 'RF64' || form === 'BW64') {
    const wide = concat(toUint32le(size % 0x100000000), toUint32le(Math.floor(size / 0x100000000)));
    return [{ start: DS64_RIFF_SIZE, end: DS64_RIFF_SIZE + 8, insert: wide }];
  }
  if (size >= UNKNOWN)
    throw new CodedError(
      'tag-unsupported',
      'The file would grow beyond the 4 GiB that its format can count; it was left as it was. Save it as FLAC or RF64 to tag it.',
    );
  return [{ start: 4, end: 8, insert: numberBytes(form, size) }];
}

/** Where ds64 notes the size of the file: the one thing in it that an edit changes. */
export const DS64_RIFF_SIZE = 20;

/** The one chunk of that name; fails where there is none or another. */
export function onlyChunk({ chunks }: Iff, id: string): Chunk {
  const found = chunks.filter((chunk) => chunk.id === id);
  if (found.length !== 1 || found[0]!.size === 0)
    throw unparseable(
      found.length > 1
        ? `The file has several chunks "${id}".`
        : `The chunk "${id}" is missing or empty; the file may be cut off.`,
    );
  return found[0]!;
}

export const isZeroFrom = async (source: ByteSource, start: number, end: number): Promise<boolean> =>
  end - start <= 1 << 20 && (await source.read(start, end - start)).every((byte) => byte === 0);

/** The same bytes up to `end` and no further, at the same offsets. */
export const upTo = (source: ByteSource, end: number): ByteSource => ({
  size: end,
  read: (offset, length) =>
    offset + length <= end ? source.read(offset, length) : Promise.reject(unparseable('A chunk ends early.')),
});
