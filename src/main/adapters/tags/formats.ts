import { CodedError } from '#shared/domain/failure';
import { startsWith } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import type { FormatOptions, ParsedTags, ParseTags } from './format';
import { parseAac } from './aac';
import { parseAiff } from './aiff';
import { parseApeTagged } from './ape-tagged';
import { parseAsf } from './asf';
import { parseFlac } from './flac';
import { parseMp3 } from './mp3';
import { parseMp4 } from './mp4';
import { parseOgg } from './ogg';
import { isLatm, KIND_NAMES, sniff, type ContentKind } from './sniff';
import { parseWav } from './wav';

/** One file a format; kinds without a parser are read, but never written. */
const PARSERS: Partial<Record<ContentKind, ParseTags>> = {
  mp3: parseMp3,
  aac: parseAac,
  wav: parseWav,
  aiff: parseAiff,
  flac: parseFlac,
  ogg: parseOgg,
  mp4: parseMp4,
  wavpack: parseApeTagged,
  ape: parseApeTagged,
  musepack: parseApeTagged,
  asf: parseAsf,
};

export const isWritable = (kind: ContentKind): boolean => PARSERS[kind] !== undefined;

/** Parses a file's tags for writing, whatever its name says. Fails with a coded error for all that can't be written safely. */
export async function parseForWriting(source: ByteSource, options: FormatOptions): Promise<ParsedTags> {
  const kind = await sniff(source);
  const parse = PARSERS[kind];
  if (parse) return parse(source, options);
  if (kind === 'empty')
    throw new CodedError('empty-file', 'The file is empty (0 bytes); restore it from a backup or delete it.');
  if (kind === 'unknown') throw await whyUnknown(source);
  throw new CodedError(
    'tag-unsupported',
    `Tags of ${KIND_NAMES[kind]} files can't be written; the file was left as it was.`,
  );
}

/** A file that starts like a tag but has no audio behind it is broken; another is simply no audio. */
async function whyUnknown(source: ByteSource): Promise<CodedError> {
  const head = await source.read(0, Math.min(4, source.size));
  if (startsWith(head, 'ADIF') || (await isLatm(source)))
    return new CodedError(
      'tag-unsupported',
      "Tags of AAC files of the kinds ADIF and LATM can't be written, because programs agree on no place for them; the file was left as it was.",
    );
  if (startsWith(head, 'ID3'))
    return new CodedError(
      'tag-unparseable',
      'No audio was found where the ID3v2 tag says that it ends; the file may be cut off or its tag damaged. It was left as it is.',
    );
  return new CodedError(
    'unsupported-format',
    'The content is no audio that Genregram knows, whatever the name says; the file was left as it is.',
  );
}
