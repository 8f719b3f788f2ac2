import type { Stretch } from '../../../core/windows/stretches';
import type { BytesAt } from '../../files/audio-extent';
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
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
  const decoder = new FLACDecoder();
  await decoder.ready;
  try {
    for (const [i, stretch] of stretches.entries()) {
      // libFLAC 1.5 would take a jump for lost frames and fill them with silence.
      if (i > 0) await decoder.reset();
      const filling = new Filling(stretch);
      const begin = await findFrame(file, index, stretch.start);
      for await (const { sample, length, bytes } of framesFrom(file, index.info, begin)) {
        throwIfAborted(signal);
        if (sample + length <= stretch.start) continue;
        const { channelData, samplesDecoded, errors } = await decoder.decodeFrames([bytes]);
        if (samplesDecoded !== length || errors.length > 0) throw new SeekFault(`libFLAC gave ${samplesDecoded}`);
        filling.add(sample, channelData, samplesDecoded);
        if (filling.isFull) break;
      }
      yield filling.finish();
    }
  } finally {
    decoder.free();
  }
}
