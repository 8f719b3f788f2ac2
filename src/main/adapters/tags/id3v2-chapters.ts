import { uint32be } from '../../core/tags/bytes';
import type { ByteSource } from '../files/byte-source';
import type { Id3Tag } from './id3v2';

const NONE = 0xffffffff;

/**
 * Do chapters of the tag name places of the file in bytes? ID3v2 Chapter Frame Addendum section 3.1: element id, NUL, start and end time,
 * start and end offset; FFFFFFFF stands for no offset.
 */
export async function movesChapters(source: ByteSource, tag: Id3Tag): Promise<boolean> {
  for (const frame of tag.frames) {
    if (frame.id !== 'CHAP') continue;
    const data = await source.read(frame.start + 10, Math.min(280, Math.max(0, frame.end - frame.start - 10)));
    const nul = data.indexOf(0);
    if (nul < 0 || data.length < nul + 17) continue;
    if (uint32be(data, nul + 9) !== NONE || uint32be(data, nul + 13) !== NONE) return true;
  }
  return false;
}
