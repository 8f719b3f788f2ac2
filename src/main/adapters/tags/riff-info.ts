import { fromLatin1, latin1, concat, startsWith, toUint32le, uint32le } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import { unparseable, type FormatOptions } from './format';
import { grownChunk, type Chunk, type Iff } from './iff-chunks';
import { growthOf, type RangeChange } from './range-changes';

/** One text of a list, e.g. INAM, the title. */
export interface InfoItem {
  readonly id: string;
  readonly start: number;
  /** After its pad byte. */
  readonly end: number;
}

/** A chunk LIST of type INFO; null for items where they don't add up. */
export interface InfoList {
  readonly chunk: Chunk;
  readonly items: readonly InfoItem[] | null;
}

/** The genre among the INFO texts: where it is and what it says, or why that is not certain; null if there is none. */
export type InfoGenre =
  { readonly list: InfoList; readonly item: InfoItem; readonly text: string } | { readonly why: string } | null;

const GENRE = 'IGNR';
const MAX_ITEMS = 10_000;
const MAX_TEXT = 65_536;
/** Malformed lists longer than this are not searched for a genre. */
const MAX_SEARCHED = 1 << 20;

/** More than any real file has. */
const MAX_LISTS = 16;

/** Finds the chunks LIST of type INFO (RIFF specification 1.0, "INFO List Chunk"). */
export async function readInfoLists(source: ByteSource, { chunks }: Iff): Promise<InfoList[]> {
  const lists: InfoList[] = [];
  for (const chunk of chunks) {
    const list = await readInfoList(source, chunk);
    if (list) lists.push(list);
    if (lists.length > MAX_LISTS) throw unparseable(`The file has more than ${MAX_LISTS} lists of INFO texts.`);
  }
  return lists;
}

/** Null if it is a list of something else. */
async function readInfoList(source: ByteSource, chunk: Chunk): Promise<InfoList | null> {
  if (chunk.id !== 'LIST' || chunk.size < 4 || !startsWith(await source.read(chunk.offset, 4), 'INFO')) return null;
  const end = chunk.offset + chunk.size;
  const items: InfoItem[] = [];
  for (let at = chunk.offset + 4; at < end; at = items.at(-1)!.end) {
    if (at + 8 > end || items.length === MAX_ITEMS) return { chunk, items: null };
    const header = await source.read(at, 8);
    const id = fromLatin1(header.subarray(0, 4));
    const contentEnd = at + 8 + uint32le(header, 4);
    if (!/^[\x20-\x7e]{4}$/.test(id) || contentEnd > end) return { chunk, items: null };
    items.push({ id, start: at, end: Math.min(contentEnd + ((contentEnd - at) % 2), end) });
  }
  return { chunk, items };
}

/** Finds the one genre of all lists. */
export async function findInfoGenre(source: ByteSource, lists: readonly InfoList[]): Promise<InfoGenre> {
  const found: { list: InfoList; item: InfoItem }[] = [];
  for (const list of lists) {
    if (list.items === null && (await mayHoldGenre(source, list.chunk)))
      return { why: 'The list of INFO texts, which holds a genre, is malformed.' };
    for (const item of list.items ?? []) if (item.id === GENRE) found.push({ list, item });
  }
  const [first] = found;
  if (!first) return null;
  if (found.length > 1) return { why: 'The INFO texts name the genre twice.' };
  const text = await readText(source, first.item);
  return text === null
    ? { why: 'The genre among the INFO texts is in an encoding that the file does not tell.' }
    : { ...first, text };
}

async function mayHoldGenre(source: ByteSource, chunk: Chunk): Promise<boolean> {
  if (chunk.size > MAX_SEARCHED) return true;
  return Buffer.from(await source.read(chunk.offset, chunk.size)).includes(GENRE);
}

/** INFO texts name no encoding. What is valid UTF-8 (as ASCII always is) is taken for that; other bytes for nothing. */
async function readText(source: ByteSource, item: InfoItem): Promise<string | null> {
  const size = uint32le(await source.read(item.start + 4, 4), 0);
  if (size > MAX_TEXT) return null;
  const bytes = await source.read(item.start + 8, size);
  const nul = bytes.indexOf(0);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, nul < 0 ? size : nul)).trim();
  } catch {
    return null;
  }
}

const trimmed = (parts: readonly string[]): string[] => parts.map((part) => part.trim()).filter((part) => part !== '');

/** The genres that the text names: parted as in ID3v2.3, which has one text for several too. */
export const infoValues = (text: string, { joinV23 }: FormatOptions): string[] => [
  ...new Set(trimmed(text.split(joinV23 === '/' ? /[;/]/ : ';'))),
];

/** The same in the smallest parts, whatever program joined them: Picard does with ", ", others with "; " or "/". */
export const infoPieces = (text: string): string[] => trimmed(text.split(/[;,/]/));

/** Does the text name these genres, in whatever way they are joined? */
export const namesGenres = (text: string, values: readonly string[]): boolean =>
  infoPieces(text).join('\0') === infoPieces(values.join(';')).join('\0');

/** Sets the genre that there is; without values it goes away. */
export function editInfoGenre(
  iff: Iff,
  genre: InfoGenre,
  values: readonly string[],
  { joinV23 }: FormatOptions,
): readonly RangeChange[] {
  if (genre === null) return [];
  if ('why' in genre) throw unparseable(genre.why);
  if (namesGenres(genre.text, values)) return [];
  const { item, list } = genre;
  const change = { start: item.start, end: item.end, insert: itemBytes(values.join(joinV23)) };
  return [change, ...grownChunk(iff, list.chunk, growthOf([change]))];
}

/** Texts end with a NUL ("ZSTR"), which the size counts. */
function itemBytes(text: string): Uint8Array {
  if (text === '') return new Uint8Array(0);
  const content = concat(new TextEncoder().encode(text), new Uint8Array(1));
  return concat(latin1(GENRE), toUint32le(content.length), content, new Uint8Array(content.length % 2));
}
