import { CodedError } from '#shared/domain/failure';
import type { TagChange, TagMode } from '#shared/domain/tags';
import { foldLabel } from '#shared/domain/vocabulary';
import { CONFIDENCE_FIELD, HISTOGRAM_FIELD } from '#shared/domain/writing';

/** A change checked and cleaned: `null` means that the field is left alone, an empty list that it goes away. */
export interface WantedFields {
  readonly genre: readonly string[] | null;
  readonly mood: readonly string[] | null;
  readonly grouping: readonly string[] | null;
  readonly comment: readonly string[] | null;
  /** By the name as given, in the order given. */
  readonly custom: ReadonlyMap<string, readonly string[]>;
  readonly mode: TagMode;
  /** Genres and moods that a replacement leaves in place, and such as go away in every mode. */
  readonly keep: readonly string[];
  readonly drop: readonly string[];
}

/** The fields besides genre and mood that a change names: only these may change as well. */
export const namedFields = (wanted: WantedFields): readonly string[] => [
  ...(wanted.grouping ? ['grouping'] : []),
  ...(wanted.comment ? ['comment'] : []),
  ...wanted.custom.keys(),
];

/** Fields that other programs own: writing them as "custom" would break the promise that only named fields change. */
const RESERVED = new Set(
  `GENRE MOOD TITLE ARTIST ALBUM ALBUMARTIST DATE YEAR TRACKNUMBER DISCNUMBER COMPOSER COMMENT GROUPING DESCRIPTION LYRICS
  METADATA_BLOCK_PICTURE COVERART CUESHEET`.split(/\s+/),
);

const CONTROL = /[\u0000-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function cleanValues(field: string, values: readonly string[]): string[] {
  const cleaned: string[] = [];
  for (const value of values) {
    if (CONTROL.test(value))
      throw new CodedError('invalid-input', `A value of ${field} holds a control character; type it again without it.`);
    if (value.length > 10_000)
      throw new CodedError('invalid-input', `A value of ${field} is longer than 10,000 characters; shorten it.`);
    const trimmed = value.trim();
    if (trimmed !== '' && !cleaned.includes(trimmed)) cleaned.push(trimmed);
  }
  return cleaned;
}

/** Trims values, drops empty and repeated ones. Throws `invalid-input` for what no tag can hold. */
export function checkChange(change: TagChange): WantedFields {
  const custom = new Map<string, readonly string[]>();
  const seen = new Set<string>();
  for (const [name, values] of Object.entries(change.custom ?? {})) {
    // The characters that a Vorbis comment's name may have (Vorbis I, section 5.2.2), the narrowest of our formats.
    if (!/^[\x20-\x3c\x3e-\x7d]{1,60}$/.test(name) || name !== name.trim())
      throw new CodedError('invalid-input', `"${name}" can't be a field name: use plain letters, digits and _.`);
    const upper = name.toUpperCase();
    if (RESERVED.has(upper))
      throw new CodedError('invalid-input', `${name} is a field of its own and can't be set as a custom field.`);
    if (seen.has(upper)) throw new CodedError('invalid-input', `The field ${name} is named twice.`);
    seen.add(upper);
    custom.set(name, cleanValues(name, values));
  }
  return {
    genre: change.genres ? cleanValues('genre', change.genres) : null,
    mood: change.moods ? cleanValues('mood', change.moods) : null,
    grouping: change.grouping ? cleanValues('grouping', change.grouping) : null,
    comment: change.comment ? cleanValues('comment', change.comment) : null,
    custom,
    mode: change.mode,
    keep: change.keep ?? [],
    drop: change.drop ?? [],
  };
}

const HEARD_FIELDS: ReadonlySet<string> = new Set([HISTOGRAM_FIELD, CONFIDENCE_FIELD]);

/**
 * What a field holds after the change. `add` keeps the old values first and leaves out new ones that are already there in
 * another spelling ("Hip Hop" and "hip-hop"); `fill` keeps what there is. Genres and moods on the list `drop` count as not there;
 * those on `keep` stay behind the new ones. Fields that hold what was heard are renewed in every mode.
 */
export function mergeValues(
  { mode, keep, drop }: Pick<WantedFields, 'mode' | 'keep' | 'drop'>,
  field: string,
  current: readonly string[],
  wanted: readonly string[],
): readonly string[] {
  if (HEARD_FIELDS.has(field)) return wanted;
  const listed = field === 'genre' || field === 'mood';
  const rest = listed ? current.filter((value) => !includesLabel(drop, value)) : current;
  switch (mode) {
    case 'replace':
      return joined(wanted, listed ? rest.filter((value) => includesLabel(keep, value)) : []);
    case 'fill':
      return rest.length > 0 ? rest : wanted;
    case 'add':
      return joined(rest, wanted);
  }
}

/** The first list, then what only the second has. */
export const joined = (first: readonly string[], second: readonly string[]): readonly string[] =>
  second.reduce<readonly string[]>((all, value) => (includesLabel(all, value) ? all : [...all, value]), first);

const includesLabel = (list: readonly string[], value: string): boolean =>
  list.some((other) => other === value || sameLabel(other, value));

/** Labels in scripts or signs that fold to nothing are equal only if they are the same text. */
function sameLabel(a: string, b: string): boolean {
  const folded = foldLabel(a);
  return folded !== '' && folded === foldLabel(b);
}

export const equalLists = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);
