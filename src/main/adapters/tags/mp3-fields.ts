import type { ByteSource } from '../files/byte-source';
import { apeItem } from './apev2';
import type { Carrier, FieldName, FormatOptions } from './format';
import type { Id3Tag } from './id3v2';
import { id3Carriers } from './id3v2-fields';
import { id3v1Genres, type Mp3Tail } from './mp3-tail';

/** An MP3 file whose tags have all been parsed. */
export interface Mp3 {
  readonly source: ByteSource;
  readonly options: FormatOptions;
  /** All ID3v2 tags at the start; only the first is ever changed. */
  readonly tags: readonly Id3Tag[];
  readonly tail: Mp3Tail;
  readonly audioStart: number;
}

/** What the APE tag says, if there is one. */
export const apeValues = ({ tail }: Mp3, field: FieldName): readonly string[] =>
  (tail.ape && apeItem(tail.ape, field)?.values) ?? [];

/** All places that hold a field, the one that counts first. */
export function carriers(mp3: Mp3, field: FieldName): Carrier[] {
  const { tags, tail, options } = mp3;
  const found = tags.flatMap((tag) => id3Carriers(tag, field, options));
  const item = tail.ape && apeItem(tail.ape, field);
  if (item) found.push({ name: `APEv2 ${item.key}`, values: item.values ?? [] });
  if (field === 'genre' && tail.id3v1) found.push({ name: 'ID3v1 genre', values: id3v1Genres(tail.id3v1) });
  return found;
}
