import { setImmediate as turnOfOthers } from 'node:timers/promises';
import { CodedError } from '#shared/domain/failure';
import { createMelStream, type MelParameters } from '../../core/dsp/mel';
import { createResampler } from '../../core/dsp/resampler';
import { SpectrogramMeter } from '../../core/playback/spectrogram';
import type { DecoderSet } from '../decoders';
import { openAudio } from '../decoders/open-audio';
import { throwIfAborted } from '../decoders/stall';
import type { LibraryFile } from './library-file';
import type { WavFormat } from './wav-content';

/** Samples that are worked on between two turns of others: a few milliseconds. */
const SLICE = 16_384;

/**
 * Decodes a whole file and gives its log-mel spectrogram at a bounded number of columns; others have their turn in between.
 *
 * @param format of the whole, as `wavFormatOf` knows it
 * @param mel compressed so that silence is 0
 * @returns row-major [columns, mel.nMels], 0..255, see `SpectrogramMeter`
 * @throws CodedError for what is wrong with the file, `too-short`, and `cancelled`
 */
export async function spectrogramOf(
  { realPath }: LibraryFile,
  decoders: DecoderSet,
  format: WavFormat,
  mel: MelParameters,
  columns: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { audio } = await openAudio(realPath, decoders, signal);
  const resampler = createResampler(audio.sampleRate, mel.sampleRate);
  const stream = createMelStream(mel);
  const frames = 1 + Math.floor((format.samples / format.sampleRate) * (mel.sampleRate / mel.hop));
  const meter = new SpectrogramMeter(frames, mel.nMels, columns);
  let samples = 0;
  for await (const chunk of audio.chunks)
    for (let from = 0; from < chunk.length; from += SLICE) {
      throwIfAborted(signal);
      const slice = resampler.push(chunk.subarray(from, from + SLICE));
      samples += slice.length;
      meter.push(stream.push(slice));
      await turnOfOthers();
    }
  // Both ends are made by reflection, which needs as much.
  const rest = resampler.flush();
  if (samples + rest.length <= mel.nFft / 2 + 1)
    throw new CodedError('too-short', 'There is too little sound in this file for a picture of it.');
  meter.push(stream.push(rest));
  meter.push(stream.flush());
  return meter.image();
}
