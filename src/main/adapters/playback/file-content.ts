import { CodedError } from '#shared/domain/failure';
import type { AudioKind } from '../../ports';
import { fileError } from '../decoders/open-audio';
import type { AudioContent } from './content';
import type { LibraryFile } from './library-file';

/** Bytes read at a time. */
const CHUNK = 256 * 1024;

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

/** The file as it lies, or null for a kind that no browser plays. The file stays the caller's to close. */
export function fileContent({ handle, size, kind, etag }: LibraryFile): AudioContent | null {
  const type = TYPES[kind];
  if (!type) return null;
  return {
    type,
    size,
    etag,
    async *read(start, end) {
      for (let at = start; at < end;) {
        const buffer = new Uint8Array(Math.min(CHUNK, end - at));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, at).catch((error: unknown) => {
          throw fileError(error);
        });
        if (bytesRead === 0)
          throw new CodedError('read-failed', 'The file became shorter while it was being read; play it again.');
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    },
  };
}
