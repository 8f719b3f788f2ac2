import { parseFromTokenizer, type IAudioMetadata } from 'music-metadata';
import { failed, ok, type Result } from '#shared/domain/failure';
import type { OwnTags } from '#shared/domain/tags';
import type { ReadTags } from '../../ports';
import { gatherTexts } from '../../core/tags/gather-texts';
import { spliced, type ByteSource } from '../files/byte-source';
import { failureOf } from '../files/errors';
import { nodeFiles } from '../files/node-files';
import { withSource } from '../files/open-source';
import { DEFAULT_OPTIONS, type FormatOptions } from './format';
import { nativeRating, nativeTexts } from './native-tags';
import { readOurFields, type OurFields } from './our-fields';
import { SourceTokenizer } from './source-tokenizer';
import { KIND_NAMES, MIME_TYPES, sniff, type ContentKind } from './sniff';

/** See `ReadTags`; `options` are asked for at each file. Never rejects for what is wrong with a file. */
export const createReadTags =
  (options: () => FormatOptions): ReadTags =>
  async (path) => {
    try {
      return await withSource(nodeFiles, path, ({ source }) => readTagsFrom(source, options()));
    } catch (error) {
      const { code, message } = failureOf(error, 'read-failed');
      return failed(code, message);
    }
  };

export const readTags = createReadTags(() => DEFAULT_OPTIONS);

/** The same over bytes that are open already. */
export async function readTagsFrom(
  source: ByteSource,
  options: FormatOptions = DEFAULT_OPTIONS,
): Promise<Result<OwnTags>> {
  const kind = await sniff(source);
  if (kind === 'empty')
    return failed('empty-file', 'The file is empty (0 bytes); restore it from a backup or delete it.');
  const mimeType = MIME_TYPES[kind];
  if (mimeType === null) return failed('unsupported-format', await whyUnsupported(source));
  // Both readers may stumble over a damaged file; a track whose tags can't be read is still a track.
  const ours = await readOurFields(source, kind, options);
  // The library takes whole ID3v2 tags into memory, covers and all, and garbles some: what is read is not shown to it again.
  const rest = ours?.readUpTo
    ? spliced(source, [{ offset: 0, remove: ours.readUpTo, insert: new Uint8Array(0) }])
    : source;
  const theirs = await readWithLibrary(rest, mimeType);
  return ok(combine(kind, ours, theirs));
}

async function whyUnsupported(source: ByteSource): Promise<string> {
  const head = await source.read(0, Math.min(3, source.size));
  return Buffer.from(head).toString('latin1') === 'ID3'
    ? 'There is a tag but no audio behind it; the file seems to be cut off. Restore it from a backup.'
    : 'The content is no audio that Genregram knows, whatever the name says.';
}

/** Null if the library gives up. */
async function readWithLibrary(source: ByteSource, mimeType: string): Promise<IAudioMetadata | null> {
  try {
    return await parseFromTokenizer(new SourceTokenizer(source, mimeType), { skipCovers: true });
  } catch {
    return null;
  }
}

const text = (value: string | null | undefined): string | null => value?.replaceAll('\0', ' ').trim() || null;
const positive = (value: number | null | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
const list = (values: readonly string[] | undefined): string[] => [
  ...new Set(
    (values ?? [])
      .flatMap((value) => value.split('\0'))
      .map((value) => value.trim())
      .filter((value) => value !== ''),
  ),
];

/** Genre and mood come from our own parser where it could read the file: what is shown is what a write would change. */
function combine(kind: ContentKind, ours: OurFields | null, theirs: IAudioMetadata | null): OwnTags {
  const common = theirs?.common;
  const format = theirs?.format;
  return {
    title: ours?.title ?? text(common?.title),
    artist: ours?.artist ?? text(common?.artist),
    album: ours?.album ?? text(common?.album),
    albumArtist: ours?.albumArtist ?? text(common?.albumartist),
    year: ours?.year ?? positive(common?.year),
    trackNumber: ours?.trackNumber ?? positive(common?.track.no),
    genres: ours?.genres ?? list(common?.genre),
    moods: ours?.moods ?? list(common?.mood === undefined ? [] : [common.mood].flat()),
    rating: ours?.rating ?? nativeRating(theirs?.native ?? {}),
    texts: gatherTexts([...(ours?.texts ?? []), ...nativeTexts(theirs?.native ?? {})]),
    durationSec: positive(format?.duration),
    bitrate: positive(format?.bitrate),
    sampleRate: positive(format?.sampleRate),
    container: text(format?.container) ?? (kind === 'mp3' ? 'MPEG' : KIND_NAMES[kind]),
    codec: text(format?.codec),
  };
}
