import type { Stretch } from '../../../core/windows/stretches';
import type { BytesAt } from '../../files/audio-extent';
import { createVorbisDecoder } from '../codecs/vorbis';
import { MonoChunk } from '../mono-chunk';
import { throwIfAborted } from '../stall';
import { findPage, indexOgg, packetsFrom, type OggIndex } from './ogg-index';
import { Filling, SeekFault, WASM_WORTH_SHARE, type FindSeeker } from './seeker';

/** Ogg Vorbis by bisection over the pages' positions, decoded by libvorbis in this process. */
export const findVorbis: FindSeeker = async (file, signal) => {
  const index = await indexOgg(file);
  const [identification] = index?.headers ?? [];
  if (index?.codec !== 'Vorbis' || !identification || identification.length < 30) return null;
  // Identification header (Vorbis I section 4.2.2): after "\x01vorbis" the version, channels and rate.
  const sampleRate = Buffer.from(identification).readUInt32LE(12);
  if (sampleRate === 0 || index.end === 0) return null;
  return {
    decoder: 'vorbis (wasm)',
    sampleRate,
    samples: index.end,
    doubt: 0,
    worthShare: WASM_WORTH_SHARE,
    read: (stretches) => read(file, index, sampleRate, stretches, signal),
  };
};

async function* read(
  file: BytesAt,
  index: OggIndex,
  sampleRate: number,
  stretches: readonly Stretch[],
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const [identification, setup] = index.headers;
  const decoder = await createVorbisDecoder(identification!, setup!);
  const chunk = new MonoChunk();
  try {
    for (const stretch of stretches) {
      const filling = new Filling(stretch);
      const place = await findPage(file, index, stretch.start, sampleRate);
      let position = place.position === null ? 0 : null;
      for await (const page of packetsFrom(file, index, place.offset)) {
        throwIfAborted(signal);
        for (const [i, packet] of page.packets.entries()) {
          decoder.decode(packet, chunk);
          // A stream's first packet gives nothing, but for a decoder that was elsewhere before.
          if (i === 0 && position === 0) chunk.empty();
        }
        if (position === null) {
          // The page that goes before is there for its last block, which overlaps with the first wanted one.
          position = place.position!;
          chunk.empty();
          if (page.packets.length === 0) throw new SeekFault('a page without a whole packet');
          continue;
        }
        filling.add(position, chunk.samples);
        position += chunk.length;
        chunk.empty();
        const isRight = page.isLast ? position >= index.end : page.position === null || position === page.position;
        if (!isRight) throw new SeekFault(`position ${page.position} is ${position}`);
        if (filling.isFull) break;
      }
      yield filling.finish();
    }
  } finally {
    decoder.free();
  }
}
