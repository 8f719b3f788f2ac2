import { findAudioExtent, type BytesAt } from '../files/audio-extent';
import { createMpegDecoder } from './codecs/mpeg';
import type { MonoChunk } from './mono-chunk';
import { CHUNK_SAMPLES, type Warn } from './stream';

const READ = 256 * 1024;
/** Bytes decoded at a time: about a second. */
const PIECE = 16 * 1024;

/** Decodes MP3 (and layers I and II). Tags around the stream would be taken for damaged frames. */
export async function* mpegStream(bytes: BytesAt, to: MonoChunk, warn: Warn): AsyncGenerator<void> {
  const { start, end } = await findAudioExtent(bytes);
  const decoder = await createMpegDecoder(true);
  try {
    for (let at = start; at < end; at += READ) {
      const window = await bytes.read(at, Math.min(READ, end - at));
      for (let i = 0; i < window.length; i += PIECE) {
        decoder.decode(window.subarray(i, i + PIECE), to, warn);
        if (to.length >= CHUNK_SAMPLES) yield;
      }
    }
    yield;
  } finally {
    decoder.free();
  }
}
