import { CodedError } from '#shared/domain/failure';
import type { ByteSource } from '../files/byte-source';
import type { FormatOptions, ParsedTags } from './format';
import { parseFlac } from './flac';
import { parseMp3 } from './mp3';
import { KIND_NAMES, sniff } from './sniff';

/** Parses a file's tags for writing, whatever its name says. Fails with a coded error for all that can't be written safely. */
export async function parseForWriting(source: ByteSource, options: FormatOptions): Promise<ParsedTags> {
  const kind = await sniff(source);
  switch (kind) {
    case 'mp3':
      return parseMp3(source, options);
    case 'flac':
      return parseFlac(source);
    case 'empty':
      throw new CodedError('empty-file', 'The file is empty (0 bytes); restore it from a backup or delete it.');
    case 'unknown':
      throw await whyUnknown(source);
    case 'ogg':
    case 'mp4':
    case 'wav':
    case 'aiff':
    case 'asf':
    case 'wavpack':
    case 'ape':
    case 'musepack':
    case 'aac':
    case 'dsf':
    case 'dsdiff':
    case 'matroska':
      throw new CodedError(
        'tag-unsupported',
        `Tags of ${KIND_NAMES[kind]} files can't be written yet, only those of MP3 and FLAC; the file was left as it is.`,
      );
  }
}

/** A file that starts like a tag but has no audio behind it is broken; another is simply no audio. */
async function whyUnknown(source: ByteSource): Promise<CodedError> {
  const head = await source.read(0, Math.min(3, source.size));
  if (Buffer.from(head).toString('latin1') === 'ID3')
    return new CodedError(
      'tag-unparseable',
      'No audio was found where the ID3v2 tag says that it ends; the file may be cut off or its tag damaged. It was left as it is.',
    );
  return new CodedError(
    'unsupported-format',
    'The content is no audio that Genregram knows, whatever the name says; the file was left as it is.',
  );
}
