import type { Stretch } from '../../../core/windows/stretches';
import type { BytesAt } from '../../files/audio-extent';
import { createFlacDecoder } from '../codecs/flac';
import { MonoChunk } from '../mono-chunk';
import { throwIfAborted } from '../stall';
import { findFrame, framesFrom, indexFlac, type FlacIndex } from './flac-index';
import { Filling, SeekFault, WASM_WORTH_SHARE, type FindSeeker } from './seeker';

/** FLAC by bisection over the frames' numbers, decoded by libFLAC in this process. Frames don't depend on each other: no warm-up. */
export const findFlac: FindSeeker = async (file, signal) => {
  const index = await indexFlac(file);
  if (!index) return null;
  const { sampleRate, samples } = index.info;
  return {
    decoder: 'flac (wasm)',
    sampleRate,
    samples,
    doubt: 0,
    worthShare: WASM_WORTH_SHARE,
    read: (stretches) => read(file, index, stretches, signal),
  };
};

async function* read(
  file: BytesAt,
  index: FlacIndex,
  stretches: readonly Stretch[],
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const decoder = await createFlacDecoder(index.head);
  const chunk = new MonoChunk();
  try {
    for (const stretch of stretches) {
      // libFLAC 1.5 would take a jump for lost frames and fill them with silence.
      decoder.restart();
      const filling = new Filling(stretch);
      const begin = await findFrame(file, index, stretch.start);
      for await (const { sample, length, bytes } of framesFrom(file, index.info, begin)) {
        throwIfAborted(signal);
        if (sample + length <= stretch.start) continue;
        if (decoder.decode(bytes, chunk) !== length) throw new SeekFault('libFLAC gave fewer samples');
        filling.add(sample, chunk.samples);
        chunk.empty();
        if (filling.isFull) break;
      }
      yield filling.finish();
    }
  } finally {
    decoder.free();
  }
}
