import { concat, latin1, toUint32le } from '../../core/tags/bytes';
import { oggCrc } from '../../core/tags/ogg-crc';
import type { BytesAt } from '../files/audio-extent';
import { buffered, spliced } from '../files/byte-source';
import { OggFault, readHeaders, type OggHeaders } from '../files/payload/ogg-pages';

/**
 * An Ogg Opus file with an empty page of tags in place of its own where these take several, as any cover does: ogg-opus-decoder 1.7.5 takes
 * all pages but the first two for audio and fails. Files without that, and damaged ones, are as they are.
 */
export async function withShortOpusTags(file: BytesAt): Promise<BytesAt> {
  try {
    const headers = await readHeaders(buffered(file));
    const [from] = headers.pages;
    if (headers.codec !== 'Opus' || !from || headers.pages.length === 1) return file;
    return spliced(file, [{ offset: from.start, remove: headers.end - from.start, insert: emptyTags(headers) }]);
  } catch (error) {
    if (error instanceof OggFault) return file;
    throw error;
  }
}

/** OpusTags (RFC 7845 section 5.2) without vendor and comments, on a page of its own. */
function emptyTags({ first }: OggHeaders): Uint8Array {
  const tags = concat(latin1('OpusTags'), new Uint8Array(8));
  const page = concat(
    first.header.subarray(0, 5),
    new Uint8Array(9),
    toUint32le(first.serial),
    // By this number the decoder knows it.
    toUint32le(1),
    new Uint8Array(4),
    Uint8Array.of(1, tags.length),
    tags,
  );
  page.set(toUint32le(oggCrc(page)), 22);
  return page;
}
