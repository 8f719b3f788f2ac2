import { CodedError } from '#shared/domain/failure';
import type { AudioKind } from '../../ports';
import type { AudioContent } from './content';
import { readLibraryFile, type LibraryFile } from './library-file';

/** Bytes read at a time. */
const CHUNK = 512 * 1024;

/** What a browser may be able to play as it is. Whether it does is for it to say; the rest is decoded for it. */
const TYPES: Partial<Record<AudioKind, string>> = {
  mp3: 'audio/mpeg',
  flac: 'audio/flac',
  'ogg-vorbis': 'audio/ogg',
  'ogg-opus': 'audio/ogg',
  'ogg-flac': 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'audio/mp4',
  aac: 'audio/aac',
};

/** The file as it lies, or null for a kind that no browser plays. */
export function fileContent(file: LibraryFile): AudioContent | null {
  const { size, kind, etag } = file;
  const type = TYPES[kind];
  if (!type) return null;
  return {
    type,
    size,
    etag,
    async *read(start, end) {
      for (let at = start; at < end;) {
        const bytes = await readLibraryFile(file, new Uint8Array(Math.min(CHUNK, end - at)), at);
        if (bytes.length === 0)
          throw new CodedError('read-failed', 'The file ends early; look whether its drive is sound.');
        at += bytes.length;
        yield bytes;
      }
    },
  };
}
