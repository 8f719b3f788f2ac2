import { setImmediate as turnOfOthers } from 'node:timers/promises';
import { PeakMeter } from '../../core/playback/peaks';
import type { DecoderSet } from '../decoders';
import { openAudio } from '../decoders/open-audio';
import { throwIfAborted } from '../decoders/stall';
import type { LibraryFile } from './library-file';

/**
 * Decodes a whole file and gives the largest sample of each of its parts, 0..255; others have their turn between two pieces.
 *
 * @param samples of the whole, as `wavFormatOf` knows it
 * @throws CodedError for what is wrong with the file, and `cancelled`
 */
export async function peaksOf(
  { realPath }: LibraryFile,
  decoders: DecoderSet,
  samples: number,
  parts: number,
  signal: AbortSignal,
): Promise<number[]> {
  const { audio } = await openAudio(realPath, decoders, signal);
  const meter = new PeakMeter(samples, parts);
  for await (const chunk of audio.chunks) {
    throwIfAborted(signal);
    meter.push(chunk);
    await turnOfOthers();
  }
  return meter.peaks();
}
