import type { ByteSource } from '../files/byte-source';

/** Walks forward through a tag. `position` is always an offset of the file, wherever the bytes come from. */
export interface Cursor {
  readonly position: number;
  /** The next `length` bytes, or fewer at the end of the tag. */
  take(length: number): Promise<Uint8Array>;
  /** False if the tag ends before. */
  skip(length: number): Promise<boolean>;
}

export function plainCursor(source: ByteSource, start: number, end: number): Cursor {
  let position = start;
  return {
    get position() {
      return position;
    },
    async take(length) {
      const bytes = await source.read(position, Math.min(length, end - position));
      position += bytes.length;
      return bytes;
    },
    skip(length) {
      if (position + length > end) return Promise.resolve(false);
      position += length;
      return Promise.resolve(true);
    },
  };
}

const CHUNK = 32_768;

/**
 * Undoes unsynchronisation on the way (ID3v2.3.0 section 5, ID3v2.4.0 structure section 6.1): every `FF 00` stands for `FF`. Holds no more
 * than a chunk, however large the tag.
 */
export function unsyncCursor(source: ByteSource, start: number, end: number): Cursor {
  let position = start;
  async function forward(length: number, keep: Uint8Array | null): Promise<number> {
    let done = 0;
    while (done < length && position < end) {
      const chunk = await source.read(position, Math.min(CHUNK, end - position));
      let at = 0;
      while (at < chunk.length && done < length) {
        const byte = chunk[at++] ?? 0;
        if (keep) keep[done] = byte;
        done++;
        if (byte !== 0xff) continue;
        // The escape belongs to the byte before it, also when it lies beyond this chunk.
        if (at < chunk.length) {
          if (chunk[at] === 0) at++;
        } else if (position + at < end && (await source.read(position + at, 1))[0] === 0) at++;
      }
      position += at;
    }
    return done;
  }
  return {
    get position() {
      return position;
    },
    async take(length) {
      // A lying size must not make us allocate more than the tag could hold.
      const bytes = new Uint8Array(Math.min(length, end - position));
      const done = await forward(bytes.length, bytes);
      return bytes.subarray(0, done);
    },
    async skip(length) {
      return (await forward(length, null)) === length;
    },
  };
}

/** Removes the escapes of unsynchronised bytes. */
export function deunsync(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, index) => !(byte === 0 && index > 0 && bytes[index - 1] === 0xff));
}

/**
 * Adds the escapes: after each FF that a byte of E0 or more, a zero, or the end follows. Escaping at the end always is
 * right whatever comes next, because readers drop the zero of every `FF 00`.
 */
export function unsync(bytes: Uint8Array): Uint8Array {
  const escaped: number[] = [];
  bytes.forEach((byte, index) => {
    escaped.push(byte);
    const next = bytes[index + 1];
    if (byte === 0xff && (next === undefined || next === 0 || next >= 0xe0)) escaped.push(0);
  });
  return Uint8Array.from(escaped);
}
