import { starsOfPopularimeter } from '../../core/tags/ratings';
import type { ByteSource } from '../files/byte-source';
import { deunsync } from './id3v2-cursor';
import { keyOf } from './id3v2-fields';
import type { Id3Frame, Id3Tag } from './id3v2';
import { starsOfName } from './native-tags';

/** Names and texts of an ID3v2 tag; comments and user texts are named by their descriptions as well. */
export function* id3TextsOf(tag: Id3Tag): Generator<readonly [name: string, text: string]> {
  for (const frame of tag.frames) {
    const key = keyOf(frame);
    if (key === null || frame.text === null) continue;
    const described = /^(TXXX?|COMM?)$/.test(frame.id);
    for (const text of frame.text.strings.slice(described ? 1 : 0)) yield [key, text];
  }
}

/** Longer popularimeters hold no address. */
const MOST_POPULARIMETER = 1000;

/** Stars by the first popularimeter that gives some, else by a user text; see `OwnTags.rating`. */
export async function id3Rating(source: ByteSource, tag: Id3Tag): Promise<number | null> {
  for (const frame of tag.frames) {
    if (frame.id !== 'POPM' && frame.id !== 'POP') continue;
    const stars = await popularimeter(source, tag, frame);
    if (stars !== null) return stars;
  }
  for (const [name, text] of id3TextsOf(tag)) {
    const stars = starsOfName(name.toUpperCase(), text);
    if (stars !== null) return stars;
  }
  return null;
}

/** `<address> NUL <rating> <counter>` (ID3v2.3.0 section 4.18); what is compressed or grouped is not looked into. */
async function popularimeter(source: ByteSource, tag: Id3Tag, { start, end }: Id3Frame): Promise<number | null> {
  if (end - start > MOST_POPULARIMETER) return null;
  const raw = await source.read(start, end - start);
  const plain = tag.unsynchronised ? deunsync(raw) : raw;
  const header = tag.version === 2 ? 6 : 10;
  if (tag.version !== 2 && ((plain[9] ?? 0) & 0x4d) !== 0) return null;
  const nul = plain.indexOf(0, header);
  const rating = nul < 0 ? undefined : plain[nul + 1];
  return rating === undefined ? null : starsOfPopularimeter(rating);
}
