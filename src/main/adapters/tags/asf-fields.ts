import { CodedError } from '#shared/domain/failure';
import type { ByteSource } from '../files/byte-source';
import type { AsfAttribute, AsfDescription } from './asf-attributes';
import type { AsfHeader, AsfObject } from './asf-objects';
import { unparseable, type FieldName } from './format';

/** What the header of an ASF file says of the music. */
export interface AsfTags {
  readonly source: ByteSource;
  readonly header: AsfHeader;
  /** What the file says of its own size; null for a broadcast, where that means nothing (section 3.2). */
  readonly fileSize: number | null;
  readonly description: AsfDescription | null;
  readonly extended: AsfObject | null;
  /** Those of the Extended Content Description first, then of the Metadata and the Metadata Library Object. */
  readonly attributes: readonly AsfAttribute[];
}

/** As Windows Media and MusicBrainz Picard name them. */
const NAMES: ReadonlyMap<FieldName, string> = new Map([
  ['genre', 'WM/Genre'],
  ['mood', 'WM/Mood'],
  ['grouping', 'WM/ContentGroupDescription'],
  ['comment', 'Description'],
]);

/** The comment's second name (Windows Media Format SDK, "ID3 Tag Support"): kept in step where it is there. */
export const COMMENTS = 'WM/Comments';

/** Names that mean something to players, for which custom fields can't be taken. */
const TAKEN = new Set(
  [...NAMES.values(), COMMENTS, 'Title', 'Author', 'Copyright', 'Rating'].map((n) => n.toLowerCase()),
);

export const asfName = (field: FieldName): string => NAMES.get(field) ?? field;

/** All names of the attributes that hold a field, in small letters. */
export const namesOf = (field: FieldName): string[] =>
  (field === 'comment' ? [asfName(field), COMMENTS] : [asfName(field)]).map((name) => name.toLowerCase());

/** The attributes of one name; its case does not count, as programs differ in it. */
export const attributesNamed = ({ attributes }: AsfTags, name: string): AsfAttribute[] =>
  attributes.filter((attribute) => attribute.name.toLowerCase() === name.toLowerCase());

/** All values of a field. The first comment is the Content Description Object's, others follow as attributes, as mutagen has it. */
export function valuesOf(tags: AsfTags, field: FieldName): string[] {
  const texts = namesOf(field).flatMap((name) => attributesNamed(tags, name).map(({ text }) => text ?? ''));
  if (field === 'comment') texts.unshift(tags.description?.text ?? '');
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))];
}

/** Refuses what can't be changed with certainty: no texts, values for one stream or in several languages. */
export function assertClear(tags: AsfTags, field: FieldName): void {
  if (!NAMES.has(field) && TAKEN.has(field.toLowerCase()))
    throw new CodedError(
      'invalid-input',
      `${field} is a field of its own in WMA files and can't be set as a custom field.`,
    );
  const found = namesOf(field).flatMap((name) => attributesNamed(tags, name));
  const garbled = found.some(({ text }) => text === null) || (field === 'comment' && tags.description?.text === null);
  if (garbled)
    throw unparseable(`The header of the WMA file holds its ${field} in a way that can't be read with certainty.`);
  const scopes = found.flatMap(({ scope }) => (scope ? [scope] : []));
  if (scopes.some(({ stream }) => stream !== 0) || new Set(scopes.map(({ language }) => language)).size > 1)
    throw unparseable(`The header of the WMA file holds a ${field} for one stream, or in several languages.`);
}
