import type { FieldDiff } from '#shared/domain/tags';

/**
 * What a user should know of how other programs read several genres of a file, in one sentence each. Sources:
 *
 * - ID3v2.4: ffmpeg ends a text at its first NUL (https://trac.ffmpeg.org/ticket/6949; so does 5.1.9).
 * - MP4: foobar2000 and iTunes read the first `data` atom of `©gen`
 *   (https://mutagen-specs.readthedocs.io/en/latest/mp4/#multivalue-tags); so does ffmpeg 5.1.9.
 * - Vorbis comments: Amarok and Rhythmbox show the first (https://github.com/YetAnotherNerd/whatlastgenre/issues/9,
 *   https://github.com/fossfreedom/coverart-browser/issues/398).
 */
const SEVERAL: readonly { readonly is: (format: string, name: string) => boolean; readonly note: string }[] = [
  {
    is: (format, name) => name === 'TCON' && /^MP3.*ID3v2\.4/.test(format),
    note: 'Programs that read tags with ffmpeg see only the first of several genres in ID3v2.4.',
  },
  {
    is: (_, name) => name === '\xa9gen',
    note: 'iTunes and foobar2000 show only the first of several genres in MP4 files.',
  },
  {
    is: (format, name) => name === 'GENRE' && /^(FLAC|Ogg)/.test(format),
    note: 'Some players, such as Rhythmbox and Amarok, show only the first of several genres in FLAC and Ogg files.',
  },
];

/**
 * @param format as `ParsedTags` has it
 * @param joinV23 what stands between values in ID3v2.2 and 2.3
 */
export function playerNotes(format: string, diffs: readonly FieldDiff[], joinV23: string): string[] {
  const several = diffs.filter(({ field, after }) => field === 'genre' && after.length > 1);
  const names = several.flatMap((diff) => diff.names);
  const notes = SEVERAL.filter(({ is }) => names.some((name) => is(format, name))).map(({ note }) => note);
  const parted = diffs
    .flatMap((diff) => (isJoined(format, diff) ? diff.after : []))
    .find((value) => value.includes(joinV23.trim()));
  if (parted !== undefined)
    notes.push(
      `"${parted}" holds the "${joinV23.trim()}" that stands between values, so programs may read it as several.`,
    );
  return notes;
}

/** ID3v2.2 and 2.3 hold the values of a field in one text; only genre and mood are read as several by it. */
const isJoined = (format: string, { field, names }: FieldDiff): boolean =>
  (field === 'genre' || field === 'mood') &&
  !format.includes('ID3v2.4') &&
  names.some((name) => /^(TCON?|TXXX?:)/.test(name));
