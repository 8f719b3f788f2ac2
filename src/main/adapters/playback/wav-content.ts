import { setImmediate as turnOfOthers } from 'node:timers/promises';
import { CodedError } from '#shared/domain/failure';
import { MAX_WAV_SAMPLES, toInt16Bytes, WAV_HEADER_BYTES, WAV_SAMPLE_BYTES, wavHeader } from '../../core/playback/wav';
import type { DecoderSet } from '../decoders';
import { openAudio } from '../decoders/open-audio';
import type { AudioContent } from './content';
import type { LibraryFile } from './library-file';

/** How a file sounds when decoded; known before it is decoded, so that the size of the whole can be told. */
export interface WavFormat {
  readonly sampleRate: number;
  readonly samples: number;
}

/** Samples handed on at a time. */
const PIECE = 32_768;

/**
 * Looks how a file decodes: by what is known of its length, else by what it declares, else by decoding all of it once.
 *
 * @param knownSec the track's duration, null if nobody knows it
 * @throws CodedError for all that is wrong with the file, and `decoder-missing`
 */
export async function wavFormatOf(
  { realPath }: Pick<LibraryFile, 'realPath'>,
  decoders: DecoderSet,
  knownSec: number | null,
): Promise<WavFormat> {
  const controller = new AbortController();
  const { audio } = await openAudio(realPath, decoders, controller.signal);
  const { sampleRate } = audio;
  let decoded = 0;
  for await (const chunk of audio.chunks) {
    decoded += chunk.length;
    const seconds = knownSec ?? audio.declaredSec;
    // One chunk at least, so that a file of which nothing can be decoded is found out here.
    if (seconds !== null) return { sampleRate, samples: Math.min(MAX_WAV_SAMPLES, Math.round(seconds * sampleRate)) };
    await turnOfOthers();
  }
  if (decoded === 0)
    throw new CodedError('decode-failed', 'Nothing in this file can be decoded; replace it by a sound copy.');
  return { sampleRate, samples: Math.min(MAX_WAV_SAMPLES, decoded) };
}

/**
 * A file decoded as it is read, as WAVE of 16-bit mono samples (the mean of all channels, which is what the model hears). Exactly as long
 * as its format says: what can't be decoded of it is silence. To begin in the middle, what lies before is decoded and dropped.
 */
export function wavContent({ realPath, etag }: LibraryFile, decoders: DecoderSet, format: WavFormat): AudioContent {
  const { sampleRate, samples } = format;
  const size = WAV_HEADER_BYTES + samples * WAV_SAMPLE_BYTES;
  return {
    type: 'audio/wav',
    size,
    etag: etag.replace(/"$/, '-wav"'),
    async *read(start, end) {
      if (start < WAV_HEADER_BYTES)
        yield wavHeader(samples, sampleRate).subarray(start, Math.min(end, WAV_HEADER_BYTES));
      const from = Math.max(0, start - WAV_HEADER_BYTES);
      const to = end - WAV_HEADER_BYTES;
      if (to <= from) return;
      const first = Math.floor(from / WAV_SAMPLE_BYTES);
      let at = first * WAV_SAMPLE_BYTES;
      for await (const piece of samplesFrom(realPath, decoders, sampleRate, first)) {
        const bytes = toInt16Bytes(piece);
        // A range may begin and end in the middle of a sample.
        const wanted = bytes.subarray(Math.max(0, from - at), Math.min(bytes.length, to - at));
        at += bytes.length;
        if (wanted.length > 0) yield wanted;
        if (at >= to) return;
      }
      for (at = Math.max(at, from); at < to;) {
        const silence = new Uint8Array(Math.min(PIECE * WAV_SAMPLE_BYTES, to - at));
        at += silence.length;
        yield silence;
      }
    },
  };
}

/** The decoded samples from the `first` on, in pieces that are as large or smaller than what others have to wait for. */
async function* samplesFrom(
  path: string,
  decoders: DecoderSet,
  sampleRate: number,
  first: number,
): AsyncGenerator<Float32Array> {
  const controller = new AbortController();
  try {
    const { audio } = await openAudio(path, decoders, controller.signal);
    if (audio.sampleRate !== sampleRate)
      throw new CodedError('file-changed', 'The file was changed since it was opened; play it again.');
    let at = 0;
    for await (const chunk of audio.chunks) {
      const before = Math.max(0, Math.min(chunk.length, first - at));
      at += chunk.length;
      for (let i = before; i < chunk.length; i += PIECE) yield chunk.subarray(i, i + PIECE);
      if (before > 0) await turnOfOthers();
    }
  } finally {
    controller.abort();
  }
}
