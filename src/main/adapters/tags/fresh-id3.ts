import NodeID3 from 'node-id3';
import { escapeGenreV23 } from '../../core/tags/genres';
import type { FieldName, FormatOptions } from './format';
import { NEW_COMMENT_LANGUAGE } from './id3v2-edit';

/** A new ID3v2.3 tag for a file that has none, as node-id3 builds it: UTF-16 text, no padding. */
export function freshId3v23(targets: ReadonlyMap<FieldName, readonly string[]>, options: FormatOptions): Uint8Array {
  const tags: NodeID3.Tags = {};
  const userDefinedText: { description: string; value: string }[] = [];
  for (const [field, values] of targets) {
    if (values.length === 0) continue;
    const value = values.map(field === 'genre' ? escapeGenreV23 : (v) => v).join(options.joinV23);
    if (field === 'genre') tags.genre = value;
    else if (field === 'grouping') tags.contentGroup = value;
    else if (field === 'comment') tags.comment = { language: NEW_COMMENT_LANGUAGE, text: value };
    else userDefinedText.push({ description: field === 'mood' ? 'MOOD' : field, value });
  }
  if (userDefinedText.length > 0) tags.userDefinedText = userDefinedText;
  return new Uint8Array(NodeID3.create(tags));
}
