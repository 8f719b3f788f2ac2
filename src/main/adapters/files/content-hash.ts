import { findAudioParts, type BytesAt } from './audio-extent';
import { hashParts } from './byte-source';

/**
 * Hex SHA-256 of a file's audio payload: equal whatever is done to the tags, by which moved and re-tagged files are known again.
 * @param between is called between reads of a MiB and may throw to end the work.
 */
export const contentHash = async (file: BytesAt, between?: () => void): Promise<string> =>
  hashParts(file, await findAudioParts(file), between);
