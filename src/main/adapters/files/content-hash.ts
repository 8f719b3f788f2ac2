import { createHash } from 'node:crypto';
import { findAudioExtent, type BytesAt } from './audio-extent';

const CHUNK = 1 << 20;

/**
 * Hex SHA-256 of a file's audio payload: equal whatever is done to the tags, by which moved and re-tagged files are known again.
 * @param between is called after each MiB and may throw to end the work.
 */
export async function contentHash(file: BytesAt, between: () => void = () => undefined): Promise<string> {
  const { start, end } = await findAudioExtent(file);
  const hash = createHash('sha256');
  for (let offset = start; offset < end; offset += CHUNK) {
    between();
    hash.update(await file.read(offset, Math.min(CHUNK, end - offset)));
  }
  return hash.digest('hex');
}
