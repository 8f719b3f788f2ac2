import type { FileHandle } from 'node:fs/promises';
import { CodedError } from '#shared/domain/failure';
import type { BytesAt } from './audio-extent';

/** An open file as bytes to be read from any place. */
export function fileBytes(handle: FileHandle, size: number): BytesAt {
  return {
    size,
    read: async (offset, length) => {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length;) {
        const { bytesRead } = await handle.read(bytes, at, length - at, offset + at);
        if (bytesRead === 0)
          throw new CodedError('read-failed', 'The file became shorter while it was read; try again.');
        at += bytesRead;
      }
      return bytes;
    },
  };
}
