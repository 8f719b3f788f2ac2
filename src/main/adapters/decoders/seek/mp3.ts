import type { Stretch } from '../../../core/windows/stretches';
import type { BytesAt } from '../../files/audio-extent';
import { createMpegDecoder } from '../codecs/mpeg';
import { MonoChunk } from '../mono-chunk';
import { throwIfAborted } from '../stall';
import { indexMp3, type Mp3Index } from './mp3-index';
import { Filling, SeekFault, WASM_WORTH_SHARE, type FindSeeker } from './seeker';

/** The most that a frame's data may begin before it (ISO 11172-3 2.4.2.7: main_data_begin has 9 bits), and a frame's own overhead. */
const RESERVOIR = 511;
const OVERHEAD = 38;
/** Bytes given to the decoder at a time, about. */
const CHUNK = 128 * 1024;

/** MP3 by a walk through the frame headers, decoded by mpg123 in this process. */
export const findMp3: FindSeeker = async (file, signal) => {
  const index = await indexMp3(file, signal);
  if (!index) return null;
  const { sampleRate, samples } = index;
  return {
    decoder: 'mpg123 (wasm)',
    sampleRate,
    samples,
    doubt: 0,
    worthShare: WASM_WORTH_SHARE,
    read: (stretches) => read(file, index, stretches, signal),
  };
};

async function* read(
  file: BytesAt,
  { starts, lead, samplesPerFrame }: Mp3Index,
  stretches: readonly Stretch[],
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  // One decoder for all stretches: what it keeps of the one before is gone when the warm-up frames are through.
  const decoder = await createMpegDecoder(false);
  const chunk = new MonoChunk();
  try {
    for (const [i, stretch] of stretches.entries()) {
      const filling = new Filling(stretch);
      const last = Math.floor((stretch.end - 1 + lead) / samplesPerFrame);
      const first = warmUp(starts, Math.floor((stretch.start + lead) / samplesPerFrame));
      if (i > 0 && first === 0) await decoder.restart();
      for (let frame = first; frame <= last;) {
        throwIfAborted(signal);
        let next = frame + 1;
        while (next <= last && starts[next]! - starts[frame]! < CHUNK) next++;
        const bytes = await file.read(starts[frame]!, starts[next]! - starts[frame]!);
        decoder.decode(bytes, chunk, () => undefined);
        if (chunk.length !== (next - frame) * samplesPerFrame) throw new SeekFault(`mpg123 gave ${chunk.length}`);
        filling.add(frame * samplesPerFrame - lead, chunk.samples);
        chunk.empty();
        frame = next;
      }
      yield filling.finish();
    }
  } finally {
    decoder.free();
  }
}

/**
 * The frame to begin with so that `frame` comes out as if all before it had been decoded: the two before it must be right (overlapping
 * transforms, then the filter bank's memory), and the bytes that the first of these may borrow from still earlier ones must have been seen.
 */
function warmUp(starts: readonly number[], frame: number): number {
  let first = Math.max(0, frame - 2);
  for (let bytes = 0; first > 0 && bytes < RESERVOIR; first--) bytes += starts[first]! - starts[first - 1]! - OVERHEAD;
  return Math.max(0, first - 1);
}
