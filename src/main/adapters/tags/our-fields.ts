import { CodedError } from '#shared/domain/failure';
import type { ByteSource } from '../files/byte-source';
import { shownValues, type FormatOptions } from './format';
import { isWritable, parseForWriting } from './formats';
import { id3Rating, id3TextsOf } from './id3-further';
import { parseId3v2, type Id3Tag } from './id3v2';
import type { ContentKind } from './sniff';

/** What our own parsers read; only of formats that we write. */
export interface OurFields {
  readonly genres: readonly string[];
  readonly moods: readonly string[];
  readonly title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  readonly albumArtist: string | null;
  readonly year: number | null;
  readonly trackNumber: number | null;
  readonly rating: number | null;
  /** Names and texts of the tag, as they are. */
  readonly texts: readonly (readonly [name: string, text: string])[];
  /** Where the audio begins: all before it has been read. 0 where only genre and mood have. */
  readonly readUpTo: number;
}

/** Null if the format is not ours or the tag can't be parsed with certainty. */
export async function readOurFields(
  source: ByteSource,
  kind: ContentKind,
  options: FormatOptions,
): Promise<OurFields | null> {
  if (!isWritable(kind)) return null;
  try {
    const parsed = await parseForWriting(source, { ...options, fieldsOnly: true });
    const isStream = kind === 'mp3' || kind === 'aac';
    const texts = isStream ? await id3Texts(source) : NO_TEXTS;
    return {
      genres: shownValues(parsed.carriers('genre')),
      moods: shownValues(parsed.carriers('mood')),
      ...texts,
      readUpTo: isStream ? (parsed.audio[0]?.offset ?? 0) : 0,
    };
  } catch (error) {
    if (error instanceof CodedError) return null;
    throw error;
  }
}

const NO_TEXTS = {
  ...{ title: null, artist: null, album: null, albumArtist: null, year: null, trackNumber: null, rating: null },
  texts: [],
};

/** The first ID3v2 tag's; music-metadata garbles unsynchronised tags and prefers APEv2. */
async function id3Texts(source: ByteSource): Promise<Omit<OurFields, 'genres' | 'moods' | 'readUpTo'>> {
  if (source.size < 10 || Buffer.from(await source.read(0, 3)).toString('latin1') !== 'ID3') return NO_TEXTS;
  const tag = await parseId3v2(source, 0);
  const first = (...ids: string[]): string | null => {
    for (const id of ids) {
      const found = textOf(tag, id);
      if (found !== null) return found;
    }
    return null;
  };
  return {
    title: first('TIT2', 'TT2'),
    artist: first('TPE1', 'TP1'),
    album: first('TALB', 'TAL'),
    albumArtist: first('TPE2', 'TP2'),
    year: leadingNumber(first('TDRC', 'TYER', 'TYE')),
    trackNumber: leadingNumber(first('TRCK', 'TRK')),
    rating: await id3Rating(source, tag),
    texts: [...id3TextsOf(tag)],
  };
}

const textOf = (tag: Id3Tag, id: string): string | null =>
  tag.frames
    .find((frame) => frame.id === id)
    ?.text?.strings.join(', ')
    .trim() || null;

function leadingNumber(value: string | null): number | null {
  const match = /^\d{1,6}/.exec(value ?? '');
  return match && Number(match[0]) > 0 ? Number(match[0]) : null;
}
