import type { FileHandle } from 'node:fs/promises';
import { CodedError } from '#shared/domain/failure';
import type { BytesAt } from '../files/audio-extent';

/**
 * An open file as bytes to be read from any place into memory that is used again: what was read is valid until the next read. A new array for each
 * read would cost as much as the reading, as its pages have to be made and cleared.
 */
export function reusedBytes(handle: FileHandle, size: number): BytesAt {
  let buffer = new Uint8Array(0);
  return {
    size,
    read: async (offset, length) => {
      if (buffer.length < length) buffer = new Uint8Array(length);
      for (let at = 0; at < length;) {
        const { bytesRead } = await handle.read(buffer, at, length - at, offset + at);
        if (bytesRead === 0)
          throw new CodedError('read-failed', 'The file became shorter while it was read; try again.');
        at += bytesRead;
      }
      return buffer.subarray(0, length);
    },
  };
}
