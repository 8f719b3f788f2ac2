import { CodedError } from '#shared/domain/failure';
import { byteAt, concat, fromLatin1, latin1, startsWith, toUint32le, uint32le } from '../../core/tags/bytes';
import { equalLists } from '../../core/tags/change';
import type { KnownSplice } from '../../core/tags/splices';
import type { ByteSource } from '../files/byte-source';
import { unparseable, type FieldName } from './format';
import { growthOf, toSplices, type RangeChange } from './range-changes';

export interface ApeItem {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** UTF-8 texts, NUL-parted in the file; null for binary items, links, read-only items and what is no UTF-8. */
  readonly values: readonly string[] | null;
}

export interface ApeTag {
  readonly version: 1000 | 2000;
  readonly start: number;
  readonly end: number;
  readonly hasHeader: boolean;
  /** Bytes of all items plus the footer, as header and footer say. */
  readonly size: number;
  readonly items: readonly ApeItem[];
}

const MAX_TEXT = 1 << 20;
/** More than any real item has. */
const MAX_VALUES = 1000;
/** All texts together; what comes after counts as not understood, so that a hostile tag can't fill the memory. */
const MAX_TEXTS = 16 << 20;

/**
 * Parses the APE tag that ends at `end`; null if none does. APEv2 specification (wiki.hydrogenaud.io, "APEv2 specification", "APE Tags
 * Header", "APE Tag Item"): [header of 32 bytes] items, footer of 32 bytes; numbers little endian. Refuses what doesn't fit exactly.
 */
export async function parseApe(source: ByteSource, lowest: number, end: number): Promise<ApeTag | null> {
  if (end - lowest < 32) return null;
  const footer = await source.read(end - 32, 32);
  if (!startsWith(footer, 'APETAGEX')) return null;
  const version = uint32le(footer, 8);
  const size = uint32le(footer, 12);
  const count = uint32le(footer, 16);
  const hasHeader = (byteAt(footer, 23) & 0x80) !== 0;
  const itemsStart = end - size;
  const start = itemsStart - (hasHeader ? 32 : 0);
  if (
    (version !== 2000 && version !== 1000) ||
    size < 32 ||
    start < lowest ||
    count > 65_536 ||
    (byteAt(footer, 23) & 0x20) !== 0
  )
    throw unparseable('The APE tag at the end of the file is malformed.');
  if (hasHeader) await checkHeader(source, start, footer);
  const items = await readItems(source, itemsStart, end - 32, count);
  return { version, start, end, hasHeader, size, items };
}

async function checkHeader(source: ByteSource, start: number, footer: Uint8Array): Promise<void> {
  const header = await source.read(start, 32);
  const isHeader = startsWith(header, 'APETAGEX') && (byteAt(header, 23) & 0x20) !== 0;
  if (!isHeader || fromLatin1(header.subarray(8, 20)) !== fromLatin1(footer.subarray(8, 20)))
    throw unparseable('The header of the APE tag does not match its footer.');
}

async function readItems(source: ByteSource, start: number, end: number, count: number): Promise<ApeItem[]> {
  const items: ApeItem[] = [];
  let at = start;
  let room = MAX_TEXTS;
  for (let i = 0; i < count; i++) {
    // A key has 2 to 255 characters from space to tilde, and a NUL.
    const head = await source.read(at, Math.min(8 + 256, end - at));
    const nul = head.indexOf(0, 8);
    const length = uint32le(head, 0);
    const key = fromLatin1(head.subarray(8, Math.max(8, nul)));
    const valueStart = at + nul + 1;
    if (head.length < 11 || nul < 0 || !/^[\x20-\x7e]{2,255}$/.test(key) || valueStart + length > end)
      throw unparseable('The APE tag at the end of the file is malformed.');
    // Bit 0: read only; bits 1 and 2: 0 is UTF-8 text. All others are undefined.
    const isText = uint32le(head, 4) === 0 && length <= Math.min(MAX_TEXT, room);
    if (isText) room -= length;
    items.push({
      key,
      start: at,
      end: valueStart + length,
      values: isText ? texts(await source.read(valueStart, length)) : null,
    });
    at = valueStart + length;
  }
  if (at !== end) throw unparseable('The APE tag at the end of the file is malformed.');
  return items;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function texts(bytes: Uint8Array): string[] | null {
  try {
    const values = UTF8.decode(bytes).split('\0', MAX_VALUES + 1);
    if (values.length > MAX_VALUES) return null;
    return [...new Set(values.map((value) => value.trim()).filter((value) => value !== ''))];
  } catch {
    return null;
  }
}

/** The APE tag's name for a field (APEv2 specification, "APE key"; Mood as MusicBrainz Picard has it). */
export const apeKey = (field: FieldName): string =>
  ['genre', 'mood', 'grouping', 'comment'].includes(field) ? field.charAt(0).toUpperCase() + field.slice(1) : field;

/** `genre` is Genre and `mood` Mood; case does not count in keys. */
export const apeItem = (tag: ApeTag, field: FieldName): ApeItem | null =>
  tag.items.find((item) => item.key.toLowerCase() === field.toLowerCase()) ?? null;

/** Does the tag describe the music, and not just, as mp3gain leaves it, its loudness? Then players take genres from it alone. */
export const describesMusic = (tag: ApeTag): boolean =>
  ['title', 'artist', 'album'].some((key) => apeItem(tag, key) !== null);

/** Should the tag be given this field, to say the same as the ID3 tag? */
export const apeTakes = (tag: ApeTag, field: FieldName): boolean =>
  apeItem(tag, field) !== null || (['genre', 'mood', 'grouping', 'comment'].includes(field) && describesMusic(tag));

export interface ApeEdit {
  readonly splices: readonly KnownSplice[];
  readonly changed: ReadonlyMap<FieldName, readonly string[]>;
}

/** Sets the fields that the tag is to hold: by default those that keep it in step with an ID3 tag, see `apeTakes`. */
export async function editApe(
  source: ByteSource,
  tag: ApeTag,
  targets: ReadonlyMap<FieldName, readonly string[]>,
  takes: (tag: ApeTag, field: FieldName) => boolean = apeTakes,
): Promise<ApeEdit> {
  const changes: RangeChange[] = [];
  const changed = new Map<FieldName, readonly string[]>();
  let count = tag.items.length;
  for (const [field, values] of targets) {
    const item = apeItem(tag, field);
    if (!takes(tag, field) || (item === null && values.length === 0)) continue;
    if (tag.items.some((other) => other !== item && other.key.toLowerCase() === item?.key.toLowerCase()))
      throw unparseable(`The APE tag at the end of the file holds its ${field} twice, of which readers take either.`);
    if (item?.values && equalLists(item.values, values)) continue;
    if ((item && item.values === null) || tag.version === 1000)
      throw unparseable(
        `The APE tag at the end of the file holds its ${field} in a way that can't be changed with certainty.`,
      );
    const key = item?.key ?? apeKey(field);
    const place = item ?? { start: tag.end - 32, end: tag.end - 32 };
    changes.push({
      start: place.start,
      end: place.end,
      insert: values.length > 0 ? itemBytes(key, values) : new Uint8Array(0),
    });
    count += (values.length > 0 ? 1 : 0) - (item ? 1 : 0);
    changed.set(field, [`APEv2 ${key}`]);
  }
  if (changed.size === 0) return { splices: [], changed };
  const size = tag.size + growthOf(changes);
  const sizes = concat(toUint32le(size), toUint32le(count));
  changes.push({ start: tag.end - 20, end: tag.end - 12, insert: sizes });
  if (tag.hasHeader) changes.push({ start: tag.start + 12, end: tag.start + 20, insert: sizes });
  return { splices: await toSplices(source, changes), changed };
}

/** A new tag of version 2000 with header and footer; fields without values are left out. */
export function freshApe(targets: ReadonlyMap<FieldName, readonly string[]>): Uint8Array {
  const items = [...targets]
    .filter(([, values]) => values.length > 0)
    .map(([field, values]) => itemBytes(apeKey(field), values));
  const size = items.reduce((sum, item) => sum + item.length, 32);
  // Bit 31: there is a header; bit 29: this is it ("Ape Tags Flags").
  const end = (flags: number): Uint8Array =>
    concat(
      latin1('APETAGEX'),
      toUint32le(2000),
      toUint32le(size),
      toUint32le(items.length),
      Uint8Array.of(0, 0, 0, flags),
      new Uint8Array(8),
    );
  return concat(end(0xa0), ...items, end(0x80));
}

function itemBytes(key: string, values: readonly string[]): Uint8Array {
  // "APE key": 2 to 255 characters, and not what other tags and streams begin with.
  if (key.length < 2 || /^(id3|tag|oggs|mp\+)$/i.test(key))
    throw new CodedError('invalid-input', `An APE tag can't hold a field named "${key}"; choose another name.`);
  const value = new TextEncoder().encode(values.join('\0'));
  return concat(toUint32le(value.length), new Uint8Array(4), latin1(key), Uint8Array.of(0), value);
}
