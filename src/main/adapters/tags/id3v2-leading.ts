import { startsWith } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import { unparseable } from './format';
import { parseId3v2, type Id3Tag } from './id3v2';

/** Parses the ID3v2 tags at the start of a file; `end` is where the last one does. Refuses more than four. */
export async function parseLeadingId3(source: ByteSource): Promise<{ tags: Id3Tag[]; end: number }> {
  const tags: Id3Tag[] = [];
  let end = 0;
  while (end + 10 <= source.size && startsWith(await source.read(end, 3), 'ID3')) {
    if (tags.length === 4) throw unparseable('There are more than four ID3v2 tags at the start of the file.');
    const tag = await parseId3v2(source, end);
    tags.push(tag);
    end = tag.end;
  }
  return { tags, end };
}
