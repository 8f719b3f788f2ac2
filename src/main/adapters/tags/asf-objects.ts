import { byteAt, concat, toUint32le, uint32le } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import { unparseable } from './format';

/** An object of an ASF file; `start` is that of its GUID and size, 24 bytes. */
export interface AsfObject {
  /** As the specification writes it, in capitals. */
  readonly guid: string;
  readonly start: number;
  readonly end: number;
}

/** Advanced Systems Format (ASF) Specification, revision 01.20.03, section 10: the objects that matter here. */
export const GUIDS = {
  header: '75B22630-668E-11CF-A6D9-00AA0062CE6C',
  data: '75B22636-668E-11CF-A6D9-00AA0062CE6C',
  fileProperties: '8CABDCA1-A947-11CF-8EE4-00C00C205365',
  headerExtension: '5FBF03B5-A92E-11CF-8EE3-00C00C205365',
  description: '75B22633-668E-11CF-A6D9-00AA0062CE6C',
  extended: 'D2D0A440-E307-11D2-97F0-00A0C95EA850',
  metadata: 'C5F8CBEA-5BAF-4877-8467-AA8C44FA4CCA',
  library: '44231C94-9498-49D1-A141-1D134E457054',
  padding: '1806D474-CADF-4509-A4BA-9AABCB96AAE8',
} as const;

/** What protects or signs the content: Content Encryption, Extended and Advanced Content Encryption, Digital Signature. */
const PROTECTION = new Set([
  '2211B3FB-BD23-11D2-B4B7-00A0C955FC6E',
  '298AE614-2622-4C17-B935-DAE07EE9289C',
  '43058533-6981-49E6-9B74-AD12CB86D58C',
  '2211B3FC-BD23-11D2-B4B7-00A0C955FC6E',
]);

export interface AsfHeader {
  readonly size: number;
  readonly count: number;
  readonly fileProperties: AsfObject;
  /** Everything in the header, the Header Extension Object included, in file order. */
  readonly objects: readonly AsfObject[];
  readonly extension: AsfObject | null;
  /** What the Header Extension Object holds. */
  readonly inExtension: readonly AsfObject[];
}

/** More objects than any real header has. */
const MAX_OBJECTS = 4096;
export const OBJECT_HEADER = 24;
/** The Header Object's own fields: GUID, size, number of objects, two reserved bytes (section 3.1). */
export const HEADER_FIELDS = 30;
/** Those of the Header Extension Object: GUID, size, reserved GUID and number, length of its data (section 3.4). */
export const EXTENSION_FIELDS = 46;
/** Those of the Data Object: GUID, size, file ID, number of packets, reserved (section 5.1). */
export const DATA_FIELDS = 50;

/** Where in the File Properties Object the size of the file is, and where its flags are (section 3.2). */
export const FILE_SIZE = 40;
export const FLAGS = 88;

/** A GUID as it lies in a file: the first three groups are numbers, little endian (section 2.1). */
export function guidBytes(guid: string): Uint8Array {
  const [a = '', b = '', c = '', ...rest] = guid.split('-').map((group) => Buffer.from(group, 'hex'));
  return Buffer.concat([...[a, b, c].map((group) => Buffer.from(group).reverse()), ...rest]);
}

function guidAt(bytes: Uint8Array): string {
  const hex = (from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString('hex').toUpperCase();
  const number = (from: number, to: number): string =>
    Buffer.from(bytes.subarray(from, to)).reverse().toString('hex').toUpperCase();
  return [number(0, 4), number(4, 6), number(6, 8), hex(8, 10), hex(10, 16)].join('-');
}

/** A number of 64 bits; null beyond 2^53. */
export function uint64le(bytes: Uint8Array, offset: number): number | null {
  const value = uint32le(bytes, offset) + uint32le(bytes, offset + 4) * 2 ** 32;
  return Number.isSafeInteger(value) ? value : null;
}

export const toUint64le = (value: number): Uint8Array =>
  concat(toUint32le(value % 2 ** 32), toUint32le(Math.floor(value / 2 ** 32)));

export const uint16le = (bytes: Uint8Array, offset: number): number =>
  byteAt(bytes, offset) + byteAt(bytes, offset + 1) * 256;

export const toUint16le = (value: number): Uint8Array => Uint8Array.of(value % 256, Math.floor(value / 256));

/** Reads the object that begins at `start`; null if it does not fit before `end`. */
export async function readObject(source: ByteSource, start: number, end: number): Promise<AsfObject | null> {
  if (start + OBJECT_HEADER > end) return null;
  const head = await source.read(start, OBJECT_HEADER);
  const size = uint64le(head, 16);
  if (size === null || size < OBJECT_HEADER || start + size > end) return null;
  return { guid: guidAt(head), start, end: start + size };
}

/** The objects that fill a stretch exactly. */
export async function readObjects(source: ByteSource, start: number, end: number): Promise<AsfObject[]> {
  const objects: AsfObject[] = [];
  for (let at = start; at < end;) {
    const object = await readObject(source, at, end);
    if (!object || objects.length === MAX_OBJECTS)
      throw unparseable('The objects of the WMA file do not add up; it may be cut off.');
    objects.push(object);
    at = object.end;
  }
  return objects;
}

/** Reads the Header Object, which the file begins with, and what lies in it; refuses what sections 3 and 4 don't allow. */
export async function readAsfHeader(source: ByteSource): Promise<AsfHeader> {
  const header = await readObject(source, 0, source.size);
  if (header?.guid !== GUIDS.header || header.end < HEADER_FIELDS)
    throw unparseable('The file does not begin with a whole ASF header.');
  const fields = await source.read(0, HEADER_FIELDS);
  const count = uint32le(fields, 24);
  const objects = await readObjects(source, HEADER_FIELDS, header.end);
  if (objects.length !== count || byteAt(fields, 29) !== 2)
    throw unparseable('The ASF header counts other objects than it holds.');
  const extension = single(objects, GUIDS.headerExtension);
  const inExtension = extension ? await readExtension(source, extension) : [];
  const fileProperties = single(objects, GUIDS.fileProperties);
  if (!fileProperties || fileProperties.end - fileProperties.start !== 104)
    throw unparseable('The ASF header has no File Properties Object of the right length.');
  if ([...objects, ...inExtension].some(({ guid }) => PROTECTION.has(guid)))
    throw unparseable('The file is protected (DRM) or signed, and changing its header would make it unplayable.');
  refuseMisplaced(objects, [GUIDS.metadata, GUIDS.library, GUIDS.header, GUIDS.data]);
  refuseMisplaced(inExtension, [GUIDS.description, GUIDS.extended, GUIDS.fileProperties, GUIDS.headerExtension]);
  return { size: header.end, count, fileProperties, objects, extension, inExtension };
}

async function readExtension(source: ByteSource, { start, end }: AsfObject): Promise<AsfObject[]> {
  const fields = end - start < EXTENSION_FIELDS ? null : await source.read(start, EXTENSION_FIELDS);
  if (!fields || uint32le(fields, 42) !== end - start - EXTENSION_FIELDS)
    throw unparseable('The Header Extension Object has another length than it says.');
  return readObjects(source, start + EXTENSION_FIELDS, end);
}

/** The one object of a kind; null if there is none. */
export function single(objects: readonly AsfObject[], guid: string): AsfObject | null {
  const found = objects.filter((object) => object.guid === guid);
  if (found.length > 1) throw unparseable('The ASF header has two objects of a kind that it may have only once.');
  return found[0] ?? null;
}

function refuseMisplaced(objects: readonly AsfObject[], guids: readonly string[]): void {
  if (objects.some(({ guid }) => guids.includes(guid)))
    throw unparseable('The ASF header holds an object where it does not belong.');
}
