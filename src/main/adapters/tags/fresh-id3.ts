import NodeID3 from 'node-id3';
import { escapeGenreV23 } from '../../core/tags/genres';
import type { FieldName, FormatOptions } from './format';

/** A new ID3v2.3 tag for a file that has none, as node-id3 builds it: UTF-16 text, no padding. */
export function freshId3v23(targets: ReadonlyMap<FieldName, readonly string[]>, options: FormatOptions): Uint8Array {
  const tags: NodeID3.Tags = {};
  const userDefinedText: { description: string; value: string }[] = [];
  for (const [field, values] of targets) {
    if (values.length === 0) continue;
    if (field === 'genre') tags.genre = values.map(escapeGenreV23).join(options.joinV23);
    else
      userDefinedText.push({
        description: field === 'mood' ? 'MOOD' : field,
        value: values.join(options.joinV23),
      });
  }
  if (userDefinedText.length > 0) tags.userDefinedText = userDefinedText;
  return new Uint8Array(NodeID3.create(tags));
}
