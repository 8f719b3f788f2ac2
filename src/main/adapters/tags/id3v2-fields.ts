import { resolveGenre } from '../../core/tags/genres';
import type { Carrier, FieldName, FormatOptions } from './format';
import type { Id3Frame, Id3Tag } from './id3v2';

/** The frames of one field that share a name, e.g. all `TXXX:MOOD`. */
export interface FrameGroup {
  /** As `keyOf` gives it. */
  readonly key: string;
  readonly frames: readonly Id3Frame[];
}

const userText = (version: number): string => (version === 2 ? 'TXX' : 'TXXX');

/**
 * Where a field lives in a version of ID3v2: the frame we write first, then others that programs are known to use, which are kept in
 * step where they are present. Genre: TCO / TCON. Mood: TMOO exists since 2.4 (frames section 4.2.3); before, TXXX:MOOD, as Picard has it.
 */
export function keysOf(version: 2 | 3 | 4, field: FieldName): readonly [string, ...string[]] {
  if (field === 'genre') return [version === 2 ? 'TCO' : 'TCON'];
  if (field !== 'mood') return [`${userText(version)}:${field.toUpperCase()}`];
  if (version === 4) return ['TMOO', 'TXXX:MOOD'];
  return version === 3 ? ['TXXX:MOOD', 'TMOO'] : ['TXX:MOOD'];
}

/** `TCON`, or `TXXX:<DESCRIPTION>` in capitals, because programs differ in the case they write; null if the text can't be read. */
export function keyOf(frame: Id3Frame): string | null {
  if (frame.id !== 'TXXX' && frame.id !== 'TXX') return frame.id;
  return frame.text && `${frame.id}:${(frame.text.strings[0] ?? '').toUpperCase()}`;
}

export const groupOf = (tag: Id3Tag, key: string): FrameGroup => ({
  key,
  frames: tag.frames.filter((frame) => keyOf(frame) === key),
});

/** Does some frame of the tag hold this field in a way that we can't read or would not write? */
export function isUnreadable(tag: Id3Tag, field: FieldName): boolean {
  const unclear = (frame: Id3Frame): boolean => frame.text === null || frame.compressed;
  if (field === 'genre')
    // "TCO " in a 2.3 tag is what iTunes made of 2.2 frames; readers disagree whether it counts.
    return tag.frames.some((frame) => /^TCO[ \0]$/.test(frame.id) || (/^TCON?$/.test(frame.id) && unclear(frame)));
  const keys: readonly (string | null)[] = keysOf(tag.version, field);
  return tag.frames.some(
    (frame) =>
      /^(TXXX?|TMOO)$/.test(frame.id) && (frame.text === null || (frame.compressed && keys.includes(keyOf(frame)))),
  );
}

const clean = (values: readonly string[]): string[] => [
  ...new Set(values.map((v) => v.trim()).filter((v) => v !== '')),
];

/** The values of a group of frames. Before 2.4 a frame holds one text, in which a separator stands between values. */
export function valuesOf(tag: Id3Tag, field: FieldName, group: FrameGroup, options: FormatOptions): string[] {
  const strings = group.frames.flatMap((frame) => frame.text?.strings.slice(/^TXXX?$/.test(frame.id) ? 1 : 0) ?? []);
  if (field !== 'genre' && field !== 'mood')
    return clean(tag.version === 4 ? strings : strings.flatMap((text) => text.split(options.joinV23)));
  const parted =
    tag.version === 4 ? strings : strings.flatMap((text) => text.split(options.joinV23 === '/' ? /[;/]/ : ';'));
  return clean(field === 'genre' ? parted.flatMap(resolveGenre) : parted);
}

/** All places of the tag that hold the field. */
export function id3Carriers(tag: Id3Tag, field: FieldName, options: FormatOptions): Carrier[] {
  return keysOf(tag.version, field)
    .map((key) => groupOf(tag, key))
    .filter((group) => group.frames.length > 0)
    .map((group) => ({ name: displayKey(group), values: valuesOf(tag, field, group, options) }));
}

/** The name with the description as it is spelt in the file. */
function displayKey(group: FrameGroup): string {
  const first = group.frames[0];
  const description = first && /^TXXX?$/.test(first.id) ? first.text?.strings[0] : undefined;
  return description === undefined ? group.key : `${first?.id}:${description}`;
}
