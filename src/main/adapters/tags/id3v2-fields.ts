import { resolveGenre } from '../../core/tags/genres';
import { equalLists } from '../../core/tags/change';
import type { Carrier, FieldName, FormatOptions } from './format';
import type { Id3Frame, Id3Tag } from './id3v2';

/** The frames of one field that share a name, e.g. all `TXXX:MOOD`. */
export interface FrameGroup {
  /** As `keyOf` gives it. */
  readonly key: string;
  readonly frames: readonly Id3Frame[];
}

type Keys = readonly [string, ...string[]];

const userText = (version: number): string => (version === 2 ? 'TXX' : 'TXXX');

/**
 * Where a field lives in a version of ID3v2: the frame we write first, then others that programs are known to use, which are kept in
 * step where they are present. Genre: TCO / TCON. Mood: TMOO exists since 2.4 (frames section 4.2.3); before, TXXX:MOOD, as Picard has it.
 * Grouping: content group description (section 4.2.1), and iTunes' own GRP1. Comment: the comment frame without a description.
 */
export function keysOf(version: 2 | 3 | 4, field: FieldName): Keys {
  switch (field) {
    case 'genre':
      return [version === 2 ? 'TCO' : 'TCON'];
    case 'mood':
      if (version === 4) return ['TMOO', 'TXXX:MOOD'];
      return version === 3 ? ['TXXX:MOOD', 'TMOO'] : ['TXX:MOOD'];
    case 'grouping':
      return version === 2 ? ['TT1', 'GP1'] : ['TIT1', 'GRP1'];
    case 'comment':
      return [version === 2 ? 'COM' : 'COMM'];
    default:
      return [`${userText(version)}:${field.toUpperCase()}`];
  }
}

/**
 * The same for one tag. iTunes shows GRP1 as the grouping and, where it is, TIT1 as the name of a work: a tag that has GRP1 alone
 * is given no TIT1.
 */
export function placesIn(tag: Id3Tag, field: FieldName): Keys {
  const keys = keysOf(tag.version, field);
  if (field !== 'grouping') return keys;
  const present = keys.filter((key) => groupOf(tag, key).frames.length > 0);
  return present.length === 1 ? [present[0]!, ...keys.filter((key) => key !== present[0])] : keys;
}

const hasDescription = (frame: Id3Frame): boolean => /^(TXXX?|COMM?)$/.test(frame.id);

/**
 * `TCON`, or `TXXX:<DESCRIPTION>` in capitals, because programs differ in the case they write; so with comments, except those without a
 * description. Null if the text can't be read.
 */
export function keyOf(frame: Id3Frame): string | null {
  if (!hasDescription(frame)) return frame.id;
  if (!frame.text) return null;
  const description = (frame.text.strings[0] ?? '').toUpperCase();
  return frame.id.startsWith('COM') && description === '' ? frame.id : `${frame.id}:${description}`;
}

export const groupOf = (tag: Id3Tag, key: string): FrameGroup => ({
  key,
  frames: tag.frames.filter((frame) => keyOf(frame) === key),
});

/** Why the field of this tag can't be changed with certainty; null if it can. */
export function whyUnclear(tag: Id3Tag, field: FieldName): string | null {
  const keys = keysOf(tag.version, field);
  if (isUnreadable(tag, keys)) return `The file's ${field} is stored in a way that can't be read with certainty.`;
  const groups = keys.map((key) => groupOf(tag, key)).filter(({ frames }) => frames.length > 0);
  if (field === 'comment' && (groups[0]?.frames.length ?? 0) > 1)
    return 'The tag has several comments without a description, perhaps in several languages; players disagree which of them they show.';
  if (field === 'grouping' && groups.length > 1 && !equalLists(stringsOf(groups[0]!), stringsOf(groups[1]!)))
    return 'The tag has different texts in TIT1 and GRP1; one of them may be the name of a work.';
  return null;
}

/** Does some frame of the tag hold one of these in a way that we can't read or would not write? */
function isUnreadable(tag: Id3Tag, keys: Keys): boolean {
  const names = new Set(keys.map((key) => key.split(':')[0]));
  return tag.frames.some((frame) => {
    // "TCO " in a 2.3 tag is what iTunes made of 2.2 frames; readers disagree whether it counts.
    if (/^(TCO|TT1|GP1|COM)[ \0]$/.test(frame.id)) return names.has(LONG_NAMES[frame.id.slice(0, 3)]);
    if (!names.has(frame.id)) return false;
    return frame.text === null || (frame.compressed && keys.includes(keyOf(frame) ?? ''));
  });
}

const LONG_NAMES: Readonly<Record<string, string>> = { TCO: 'TCON', TT1: 'TIT1', GP1: 'GRP1', COM: 'COMM' };

const stringsOf = ({ frames }: FrameGroup): string[] =>
  frames.flatMap((frame) => frame.text?.strings.slice(hasDescription(frame) ? 1 : 0) ?? []);

/** Trimmed, and without empty and repeated ones. */
export const clean = (values: readonly string[]): string[] => [
  ...new Set(values.map((v) => v.trim()).filter((v) => v !== '')),
];

/** The values that a text stands for: before 2.4 a frame holds one text, in which a separator stands between values. */
export function partsOf(version: number, field: FieldName, text: string, { joinV23 }: FormatOptions): string[] {
  // Sentences may hold any separator.
  if (version === 4 || field === 'comment') return [text];
  if (field !== 'genre' && field !== 'mood') return text.split(joinV23);
  return text.split(joinV23 === '/' ? /[;/]/ : ';');
}

/** The values of a group of frames. */
export function valuesOf(tag: Id3Tag, field: FieldName, group: FrameGroup, options: FormatOptions): string[] {
  const parts = stringsOf(group).flatMap((text) => partsOf(tag.version, field, text, options));
  return clean(field === 'genre' ? parts.flatMap(resolveGenre) : parts);
}

/** Values that are the same once joined are the same to a version that joins them. */
export const sameValues = (
  version: number,
  options: FormatOptions,
  a: readonly string[],
  b: readonly string[],
): boolean => equalLists(a, b) || (version < 4 && a.join(options.joinV23) === b.join(options.joinV23));

/** All places of the tag that hold the field. */
export function id3Carriers(tag: Id3Tag, field: FieldName, options: FormatOptions): Carrier[] {
  return placesIn(tag, field)
    .map((key) => groupOf(tag, key))
    .filter((group) => group.frames.length > 0)
    .map((group) => ({ name: displayKey(group), values: valuesOf(tag, field, group, options) }));
}

/** Does the tag (or, where there is none, no tag) hold just these values, in each place and in the one that counts? */
export function id3Holds(
  tag: Id3Tag | null,
  field: FieldName,
  values: readonly string[],
  options: FormatOptions,
): boolean {
  if (!tag) return values.length === 0;
  const found = id3Carriers(tag, field, options);
  return (
    found.every((carrier) => sameValues(tag.version, options, carrier.values, values)) &&
    (values.length === 0 || found.some((carrier) => carrier.name.toUpperCase() === placesIn(tag, field)[0]))
  );
}

/** The name with the description as it is spelt in the file. */
function displayKey(group: FrameGroup): string {
  const first = group.frames[0];
  const description = first && /^TXXX?$/.test(first.id) ? first.text?.strings[0] : undefined;
  return description === undefined ? group.key : `${first?.id}:${description}`;
}
