import { byteAt, concat, fromLatin1, latin1, toUint32be, uint32be } from '../../core/tags/bytes';
import { joined } from '../../core/tags/change';
import { id3v1GenreName } from '../../core/tags/genres';
import type { ByteSource } from '../files/byte-source';
import type { Mp4Box } from '../files/payload/mp4';
import { unparseable, type FieldName } from './format';
import type { RangeChange } from './range-changes';

/** One value of an item: a `data` atom. */
interface DataAtom {
  /** As it is in the file. */
  readonly bytes: Uint8Array;
  /** Country and language, four bytes. */
  readonly locale: Uint8Array;
  /** Null if it is no text, or text that can't be decoded. */
  readonly text: string | null;
}

/** An item of the list of metadata (QuickTime File Format, "Metadata Item List Atom", as iTunes uses it). */
export interface Item {
  /** `©gen`; for freeform items `----:<mean>:<name>` as the file spells it. Case does not count in the latter. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** Bytes between the item's header and its values: what names a freeform item. */
  readonly naming: Uint8Array;
  /** Null if the item is none of ours, or is not built as its key says. */
  readonly values: readonly DataAtom[] | null;
}

const FREEFORM = '----';
const MEAN = 'com.apple.iTunes';
const GENRE_NUMBER = 'gnre';
const TEXTS = new Set(['\xa9gen', '\xa9grp', '\xa9cmt']);
/** Items longer than this, and what goes beyond the sum, are none of ours: they are left alone, and can't be changed. */
const MAX_ITEM = 1 << 20;
const MAX_SUM = 8 << 20;
/** Values that a field may have. */
const MAX_VALUES = 250;

/** iTunes' name for a field (MusicBrainz Picard's map). */
export const itemKey = (field: FieldName): string =>
  ({ genre: '\xa9gen', grouping: '\xa9grp', comment: '\xa9cmt', mood: freeformKey('MOOD') })[field] ??
  freeformKey(field);

const freeformKey = (name: string): string => `${FREEFORM}:${MEAN}:${name}`;
const folded = (key: string): string => (key.startsWith(`${FREEFORM}:`) ? key.toUpperCase() : key);

/** Also the field names of a genre as a number, of which iTunes shows one or the other. */
const itemKeys = (field: FieldName): string[] =>
  field === 'genre' ? [itemKey(field), GENRE_NUMBER] : [folded(itemKey(field))];

export const isOf = (item: Item, field: FieldName): boolean => itemKeys(field).includes(folded(item.key));

/** Reads the items that can be ours; of all others only where they are. */
export async function readItems(source: ByteSource, boxes: readonly Mp4Box[]): Promise<Item[]> {
  const items: Item[] = [];
  let sum = 0;
  for (const box of boxes) {
    const length = box.end - box.body;
    const ours = box.type === FREEFORM || box.type === GENRE_NUMBER || TEXTS.has(box.type);
    const read = ours && length <= MAX_ITEM && sum + length <= MAX_SUM;
    if (read) sum += length;
    items.push(read ? readItem(box, (await source.read(box.body, length)).slice()) : opaque(box));
  }
  return items;
}

const opaque = ({ type, start, end }: Mp4Box): Item => ({
  key: type,
  start,
  end,
  naming: new Uint8Array(0),
  values: null,
});

function readItem(box: Mp4Box, content: Uint8Array): Item {
  const atoms = atomsOf(content);
  if (!atoms) return opaque(box);
  const names = box.type === FREEFORM ? 2 : 0;
  const [mean, name] = atoms;
  const key = names === 0 ? box.type : mean && name && freeformName(mean, name);
  if (!key) return opaque(box);
  const rest = atoms.slice(names);
  const namingLength = atoms.slice(0, names).reduce((sum, { bytes }) => sum + bytes.length, 0);
  const isValues = rest.every(({ type, bytes }) => type === 'data' && bytes.length >= 16);
  return {
    ...opaque(box),
    key,
    naming: content.subarray(0, namingLength),
    values: isValues ? rest.map(({ bytes }) => readData(box.type, bytes)) : null,
  };
}

interface Atom {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Null if the sizes do not add up. */
function atomsOf(content: Uint8Array): Atom[] | null {
  const atoms: Atom[] = [];
  for (let at = 0; at < content.length;) {
    const size = content.length - at < 8 ? 0 : uint32be(content, at);
    if (size < 8 || at + size > content.length) return null;
    atoms.push({ type: fromLatin1(content.subarray(at + 4, at + 8)), bytes: content.subarray(at, at + size) });
    at += size;
  }
  return atoms;
}

/** `mean` and `name` are full boxes: size, type, version and flags, text. */
function freeformName(mean: Atom, name: Atom): string | null {
  if (mean.type !== 'mean' || name.type !== 'name' || mean.bytes.length < 12 || name.bytes.length < 12) return null;
  const texts = [mean, name].map(({ bytes }) => utf8(bytes.subarray(12)));
  return texts.includes(null) ? null : `${FREEFORM}:${texts.join(':')}`;
}

/** Size, `data`, kind of value (a set, always 0, and a type in it), locale, value (QuickTime File Format, "Type Indicator"). */
function readData(key: string, bytes: Uint8Array): DataAtom {
  const kind = uint32be(bytes, 8);
  const value = bytes.subarray(16);
  const text = key === GENRE_NUMBER ? genreName(value) : decode(kind, value);
  return { bytes, locale: bytes.subarray(12, 16), text };
}

/** ID3v1's number and one, in two bytes. A number without a name stands for nothing. */
const genreName = (value: Uint8Array): string | null =>
  value.length === 2 ? (id3v1GenreName(byteAt(value, 0) * 256 + byteAt(value, 1) - 1) ?? '') : null;

const UTF8 = 1;
const UTF16 = 2;
/** No kind at all, and 18, which some audiobooks give their genre: text if the bytes are. */
const UNSAID = [0, 18];

function decode(kind: number, value: Uint8Array): string | null {
  if (kind === UTF8) return utf8(value);
  if (kind === UTF16) return utf16be(value);
  const text = UNSAID.includes(kind) ? utf8(value) : null;
  return text !== null && /^[^\x00-\x08\x0e-\x1f\x7f]*$/.test(text) ? text : null;
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return withoutNul(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

function utf16be(bytes: Uint8Array): string | null {
  if (bytes.length % 2 !== 0) return null;
  const text = withoutNul(Buffer.from(bytes).swap16().toString('utf16le'));
  return !/^\ufffe|[\ud800-\udfff]/u.test(text) ? text.replace(/^\ufeff/, '') : null;
}

const withoutNul = (text: string): string => text.replace(/\0+$/, '');

/** Values of a field in items of one name, each once; null if there is one that can't be read, or more than any real file has. */
function textsOf(items: readonly Item[]): string[] | null {
  const texts = items.flatMap((item) => item.values?.map(({ text }) => text?.trim() ?? null) ?? [null]);
  if (texts.length > MAX_VALUES || texts.includes(null)) return null;
  return [...new Set(texts.filter((text): text is string => text !== null && text !== ''))];
}

/** The places that hold a field: items of one name are one place, however often it is repeated. */
export function itemCarriers(items: readonly Item[], field: FieldName): { name: string; values: readonly string[] }[] {
  return itemKeys(field).flatMap((key) => {
    const found = items.filter((item) => folded(item.key) === key);
    const [first] = found;
    return first ? [{ name: first.key, values: textsOf(found) ?? [] }] : [];
  });
}

/** All values of a field; of the genre also that which only its number names. */
export function itemValues(items: readonly Item[], field: FieldName): readonly string[] {
  const [first = [], ...others] = itemCarriers(items, field).map(({ values }) => values);
  return others.reduce(joined, first);
}

/** Sets fields: the new item takes the place of the first old one of that name, or goes to the end, at `end`. */
export function editItems(
  items: readonly Item[],
  end: number,
  targets: ReadonlyMap<FieldName, readonly string[]>,
): RangeChange[] {
  const changes: RangeChange[] = [];
  for (const [field, values] of targets) {
    const old = items.filter((item) => isOf(item, field));
    if (textsOf(old) === null)
      throw unparseable(`The file's ${field} is stored in a way that can't be changed with certainty.`);
    const place = old.find((item) => folded(item.key) === folded(itemKey(field))) ?? old[0];
    const insert = values.length > 0 ? itemBytes(field, values, old) : new Uint8Array(0);
    if (!place) changes.push({ start: end, end, insert });
    for (const item of old)
      changes.push({ start: item.start, end: item.end, insert: item === place ? insert : new Uint8Array(0) });
  }
  return changes;
}

/** Values that were there stay as they were, with their kind and locale; new ones are UTF-8 and get the locale of the first. */
function itemBytes(field: FieldName, values: readonly string[], old: readonly Item[]): Uint8Array {
  const model = old.find((item) => item.key !== GENRE_NUMBER);
  const known = old.filter((item) => item.key !== GENRE_NUMBER).flatMap((item) => item.values ?? []);
  const locale = known[0]?.locale ?? new Uint8Array(4);
  const data = values.map(
    (value) => known.find(({ text }) => text?.trim() === value)?.bytes ?? dataBytes(locale, value),
  );
  const key = itemKey(field);
  if (!key.startsWith(`${FREEFORM}:`)) return boxBytes(key, ...data);
  return boxBytes(FREEFORM, model?.naming ?? namingBytes(key.slice(`${FREEFORM}:${MEAN}:`.length)), ...data);
}

const dataBytes = (locale: Uint8Array, value: string): Uint8Array =>
  boxBytes('data', toUint32be(UTF8), locale, new TextEncoder().encode(value));

const namingBytes = (name: string): Uint8Array =>
  concat(boxBytes('mean', toUint32be(0), latin1(MEAN)), boxBytes('name', toUint32be(0), latin1(name)));

/** A box of these contents. Lengths here are far below 2^32. */
export const boxBytes = (type: string, ...content: readonly Uint8Array[]): Uint8Array => {
  const body = concat(...content);
  return concat(toUint32be(8 + body.length), latin1(type), body);
};
