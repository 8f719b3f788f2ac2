import { concat, toUint32le, uint32le } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import { unparseable, type FieldName } from './format';
import type { RangeChange } from './range-changes';

export interface VorbisComment {
  /** In capitals: case does not count (Vorbis I section 5.2.1). */
  readonly key: string;
  /** Null for comments longer than 64 KiB, which are none of ours, and for what is no UTF-8. */
  readonly value: string | null;
  /** Offsets in the file, the length field included. */
  readonly start: number;
  readonly end: number;
}

export interface VorbisComments {
  readonly start: number;
  readonly vendorLength: number;
  /** Null if longer than any real one. */
  readonly vendor: string | null;
  /** Where the number of comments stands. */
  readonly countAt: number;
  readonly entries: readonly VorbisComment[];
  readonly end: number;
}

/** What we call ourselves in a block of comments that we had to make. */
export const OUR_VENDOR = 'Genregram';

/** More than any real file has; so many would only be there to eat memory. */
const MAX_COMMENTS = 100_000;
const MAX_VALUE = 65_536;

/** The Vorbis comment's name for a field (names: xiph.org "Ogg Vorbis I format specification: comment field", MusicBrainz Picard's map). */
export const commentKey = (field: FieldName): string =>
  ['genre', 'mood', 'grouping', 'comment'].includes(field) ? field.toUpperCase() : field;

export const emptyComments = (): VorbisComments => ({
  start: 0,
  vendorLength: 0,
  vendor: '',
  countAt: 0,
  entries: [],
  end: 0,
});

/**
 * Parses a comment header (Vorbis I section 5.2.1, without the framing bit): vendor, number, comments; lengths little endian.
 * @param mayFollow may something else follow the comments before `end`? It is then the caller's to look at.
 */
export async function parseComments(
  source: ByteSource,
  start: number,
  end: number,
  mayFollow = false,
): Promise<VorbisComments> {
  const lengthAt = async (at: number): Promise<number> => {
    if (at + 4 > end) throw unparseable('The Vorbis comments are cut off.');
    return uint32le(await source.read(at, 4), 0);
  };
  const vendorLength = await lengthAt(start);
  const countAt = start + 4 + vendorLength;
  const count = await lengthAt(countAt);
  if (count > MAX_COMMENTS) throw unparseable(`There are more than ${MAX_COMMENTS} Vorbis comments.`);
  const entries: VorbisComment[] = [];
  let at = countAt + 4;
  for (let i = 0; i < count; i++) {
    const length = await lengthAt(at);
    const next = at + 4 + length;
    if (next > end) throw unparseable('The Vorbis comments are malformed.');
    entries.push({
      ...readComment(await source.read(at + 4, Math.min(length, MAX_VALUE)), length),
      start: at,
      end: next,
    });
    at = next;
  }
  if (at !== end && !mayFollow) throw unparseable('Something follows the Vorbis comments in their block.');
  const vendor = vendorLength <= 64 ? Buffer.from(await source.read(start + 4, vendorLength)).toString('utf8') : null;
  return { start, vendorLength, vendor, countAt, entries, end: at };
}

/** The values of a field, trimmed, without empty and repeated ones. */
export function commentValues({ entries }: VorbisComments, field: FieldName): string[] {
  const key = commentKey(field).toUpperCase();
  const values = entries.filter((entry) => entry.key === key).map((entry) => (entry.value ?? '').trim());
  return [...new Set(values.filter((value) => value !== ''))];
}

/** The comments that a change of genre, mood and the fields named leaves alone. */
export function otherComments({ entries }: VorbisComments, named: readonly FieldName[]): VorbisComment[] {
  const ours = new Set(['genre', 'mood', ...named].map((field) => commentKey(field).toUpperCase()));
  return entries.filter((entry) => !ours.has(entry.key));
}

function readComment(bytes: Uint8Array, length: number): { key: string; value: string | null } {
  const equals = bytes.indexOf(0x3d);
  const key = Buffer.from(bytes.subarray(0, equals < 0 ? bytes.length : equals))
    .toString('latin1')
    .toUpperCase();
  if (equals < 0 || length > bytes.length) return { key, value: null };
  try {
    return {
      key,
      value: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(equals + 1)),
    };
  } catch {
    return { key, value: null };
  }
}

/**
 * Sets fields: the new comments take the place of the first old one of that name, or go to the end. The first edit is always that of the count.
 */
export function editComments(
  comments: VorbisComments,
  targets: ReadonlyMap<FieldName, readonly string[]>,
): RangeChange[] {
  const edits: RangeChange[] = [];
  let count = comments.entries.length;
  for (const [field, values] of targets) {
    const key = commentKey(field);
    const old = comments.entries.filter((entry) => entry.key === key.toUpperCase());
    if (old.some((entry) => entry.value === null)) throw unparseable(`The file's ${field} is no valid text.`);
    const insert = concat(...values.map((value) => commentBytes(key, value)));
    if (old.length === 0) edits.push({ start: comments.end, end: comments.end, insert });
    old.forEach((entry, index) =>
      edits.push({ start: entry.start, end: entry.end, insert: index === 0 ? insert : new Uint8Array(0) }),
    );
    count += values.length - old.length;
  }
  return [{ start: comments.countAt, end: comments.countAt + 4, insert: toUint32le(count) }, ...edits];
}

function commentBytes(key: string, value: string): Uint8Array {
  const text = new TextEncoder().encode(`${key}=${value}`);
  return concat(toUint32le(text.length), text);
}
