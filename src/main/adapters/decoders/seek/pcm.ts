import type { Stretch } from '../../../core/windows/stretches';
import type { BytesAt } from '../../files/audio-extent';
import { downmixInterleaved } from '../downmix';
import { readAiffLayout } from '../aiff-header';
import { frameBytesOf, readSamples, type PcmLayout } from '../pcm';
import { throwIfAborted } from '../stall';
import { readWavLayout } from '../wav-header';
import type { FindSeeker } from './seeker';

/** WAV by the place that a sample has. */
export const findWav: FindSeeker = (file, signal) => findPcm('wav', file, readWavLayout, signal);

/** AIFF and AIFF-C in the same way. */
export const findAiff: FindSeeker = (file, signal) => findPcm('aiff', file, readAiffLayout, signal);

async function findPcm(
  decoder: string,
  file: BytesAt,
  readLayout: (file: BytesAt) => Promise<PcmLayout | null>,
  signal: AbortSignal,
): ReturnType<FindSeeker> {
  const layout = await readLayout(file);
  if (!layout || layout.dataBytes === null || layout.channels < 1 || layout.sampleRate < 1) return null;
  const samples = Math.floor(layout.dataBytes / frameBytesOf(layout));
  // Cut off: how it is decoded then is for the whole.
  if (layout.dataOffset + layout.dataBytes > file.size) return null;
  const { sampleRate } = layout;
  return {
    decoder,
    sampleRate,
    samples,
    doubt: 0,
    worthShare: 1,
    read: (stretches) => read(file, layout, stretches, signal),
  };
}

async function* read(
  file: BytesAt,
  layout: PcmLayout,
  stretches: readonly Stretch[],
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const frameBytes = frameBytesOf(layout);
  for (const { start, end } of stretches) {
    throwIfAborted(signal);
    const bytes = await file.read(layout.dataOffset + start * frameBytes, (end - start) * frameBytes);
    const samples = new Float32Array((end - start) * layout.channels);
    readSamples(layout, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), samples);
    const mono = new Float32Array(end - start);
    downmixInterleaved(samples, layout.channels, mono);
    yield mono;
  }
}
