import { open } from 'node:fs/promises';
import type { AudioKind } from '../../ports';

/** The last page of an Ogg file is in these bytes: a page has 65,307 at most. */
const TAIL = 128 * 1024;

/**
 * Looks whether a file ends before its stream does, where only its end can tell: an Ogg stream ends with a page that says so (RFC 3533
 * section 6, header type flag 0x04), and no decoder complains if it is missing.
 * @returns a warning, or null.
 */
export async function cutOffWarning(path: string, kind: AudioKind): Promise<string | null> {
  if (!kind.startsWith('ogg-')) return null;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(TAIL, size));
    const { bytesRead } = await file.read(tail, 0, tail.length, size - tail.length);
    return endsStream(tail.subarray(0, bytesRead)) ? null : CUT_OFF;
  } finally {
    await file.close();
  }
}

/** Is the last page that begins in these bytes whole, and the last one of its stream? */
function endsStream(tail: Buffer): boolean {
  for (let at = tail.lastIndexOf('OggS'); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf('OggS', at - 1)) {
    const length = pageLength(tail, at);
    if (length !== null) return at + length <= tail.length && (tail[at + 5]! & 4) !== 0;
  }
  return false;
}

const CUT_OFF = 'The file ends before its stream does: it is cut off, or was recorded from a broadcast.';

/** Of the page at `at`, with its header; null if it is none, endless if not even its header is there. */
function pageLength(bytes: Buffer, at: number): number | null {
  const segments = bytes[at + 26];
  if (segments === undefined) return Infinity;
  if (bytes[at + 4] !== 0) return null;
  const table = bytes.subarray(at + 27, at + 27 + segments);
  return 27 + segments + table.reduce((sum, size) => sum + size, 0);
}
