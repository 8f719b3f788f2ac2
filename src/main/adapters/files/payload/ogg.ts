import type { BytesAt } from '../audio-extent';
import { buffered, type Part } from '../byte-source';
import { audioPages, OggFault, readHeaders } from './ogg-pages';

/**
 * The payloads of all pages after the headers of Ogg Vorbis and Ogg Opus: a longer tag may need one page more and new numbers in the headers
 * of all later pages, which so don't count.
 */
export async function oggAudio(file: BytesAt): Promise<readonly Part[] | null> {
  const pages = buffered(file);
  const parts: Part[] = [];
  try {
    for await (const { body } of audioPages(pages, await readHeaders(pages))) if (body.length > 0) parts.push(body);
  } catch (error) {
    if (error instanceof OggFault) return null;
    throw error;
  }
  return parts.length > 0 ? parts : null;
}
