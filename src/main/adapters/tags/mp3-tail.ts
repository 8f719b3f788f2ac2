import { byteAt, fromLatin1, startsWith } from '../../core/tags/bytes';
import { id3v1GenreByte, id3v1GenreName } from '../../core/tags/genres';
import type { KnownSplice } from '../../core/tags/splices';
import type { ByteSource } from '../files/byte-source';
import { parseApe, type ApeTag } from './apev2';
import { unparseable } from './format';

export interface Id3v1 {
  readonly start: number;
  readonly genreByte: number;
  /** Do its text fields look like text? Else "TAG" may have come about by chance, and nothing is changed there. */
  readonly plausible: boolean;
  readonly hasComment: boolean;
}

/** What follows the audio of an MP3, from the end of the audio to the end of the file. */
export interface Mp3Tail {
  readonly start: number;
  readonly id3v1: Id3v1 | null;
  readonly ape: ApeTag | null;
  /** Lyrics3 blocks, enhanced ID3v1, older ID3v1: kept as they are. */
  readonly others: readonly { readonly label: string; readonly offset: number; readonly length: number }[];
}

/**
 * Peels the trailing tags off, last first: ID3v1 (id3.org/ID3v1), the enhanced "TAG+" before it, Lyrics3 v1 and v2
 * (id3.org/Lyrics3, id3.org/Lyrics3v2), APE. Refuses an ID3v2 tag at the end and a second APE tag.
 */
export async function parseMp3Tail(source: ByteSource, lowest: number): Promise<Mp3Tail> {
  let end = source.size;
  let id3v1: Id3v1 | null = null;
  let ape: ApeTag | null = null;
  const others: { label: string; offset: number; length: number }[] = [];
  for (;;) {
    if (end - lowest >= 10 && startsWith(await source.read(end - 10, 10), '3DI'))
      throw unparseable('There is an ID3v2 tag at the end of the file, where few programs look for it.');
    const v1 = await readId3v1(source, lowest, end);
    if (v1) {
      if (id3v1) others.push({ label: 'older ID3v1', offset: v1.start, length: 128 });
      else id3v1 = v1;
      end = v1.start;
      if (end - lowest >= 227 && startsWith(await source.read(end - 227, 4), 'TAG+')) {
        others.push({ label: 'enhanced ID3v1', offset: end - 227, length: 227 });
        end -= 227;
      }
      continue;
    }
    const lyrics = await lyricsLength(source, lowest, end);
    if (lyrics > 0) {
      others.push({ label: 'Lyrics3', offset: end - lyrics, length: lyrics });
      end -= lyrics;
      continue;
    }
    const found = await parseApe(source, lowest, end);
    if (!found) return { start: end, id3v1, ape, others };
    if (ape) throw unparseable('There are two APE tags at the end of the file.');
    ape = found;
    end = found.start;
  }
}

async function readId3v1(source: ByteSource, lowest: number, end: number): Promise<Id3v1 | null> {
  if (end - lowest < 128) return null;
  const bytes = await source.read(end - 128, 128);
  if (!startsWith(bytes, 'TAG')) return null;
  // The letters may be those of an APE tag's header, where that tag happens to be 131 bytes long.
  if (end - lowest >= 131 && startsWith(await source.read(end - 131, 8), 'APETAGEX')) return null;
  const texts = fromLatin1(bytes.subarray(3, 97));
  return {
    start: end - 128,
    genreByte: byteAt(bytes, 127),
    plausible: !/[\u0001-\u001f\u007f]/.test(texts),
    hasComment: ![0, 0x20].includes(byteAt(bytes, 97)),
  };
}

/** Length of the Lyrics3 block that ends at `end`, 0 if there is none. */
async function lyricsLength(source: ByteSource, lowest: number, end: number): Promise<number> {
  if (end - lowest < 20) return 0;
  const last = fromLatin1(await source.read(end - 15, 15));
  const v2 = /^(\d{6})LYRICS200$/.exec(last);
  if (v2) {
    const length = Number(v2[1]) + 15;
    if (length > end - lowest || !startsWith(await source.read(end - length, 11), 'LYRICSBEGIN'))
      throw unparseable('The Lyrics3 block at the end of the file is malformed.');
    return length;
  }
  if (!last.endsWith('LYRICSEND')) return 0;
  // Version 1 says no length: at most 5100 characters between its two marks.
  const area = fromLatin1(await source.read(Math.max(lowest, end - 5120), Math.min(5120, end - lowest)));
  const begin = area.lastIndexOf('LYRICSBEGIN');
  if (begin < 0) throw unparseable('The Lyrics3 block at the end of the file is malformed.');
  return area.length - begin;
}

export const id3v1Genres = (tag: Id3v1): string[] => {
  const name = id3v1GenreName(tag.genreByte);
  return name === null ? [] : [name];
};

/** Sets the genre byte to the number of the first genre, 255 where it has none; null if it is so already. */
export function id3v1GenreSplice(tag: Id3v1, genres: readonly string[]): KnownSplice | null {
  const byte = id3v1GenreByte(genres[0]);
  if (tag.genreByte === byte) return null;
  if (!tag.plausible) throw unparseable('What looks like an ID3v1 tag at the end of the file holds no text.');
  return { offset: tag.start + 127, remove: 1, removed: Uint8Array.of(tag.genreByte), insert: Uint8Array.of(byte) };
}
