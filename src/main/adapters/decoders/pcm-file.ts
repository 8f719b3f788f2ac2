import { open, type FileHandle } from 'node:fs/promises';
import { failed, ok, toFailure, type Result } from '#shared/domain/failure';
import type { DecodedAudio, Decoder } from '../../ports';
import type { BytesAt } from '../files/audio-extent';
import { fileBytes } from '../files/file-bytes';
import { readAiffLayout } from './aiff-header';
import { downmixInterleaved } from './downmix';
import { fileError } from './open-audio';
import { frameBytesOf, readSamples, type PcmLayout } from './pcm';
import { throwIfAborted } from './stall';
import { readWavLayout } from './wav-header';

/** Bytes read at a time, about. */
const CHUNK = 1 << 18;
/** Nobody records more channels, nor faster. */
const MAX_CHANNELS = 256;
const MAX_RATE = 1_000_000;

type ReadLayout = (file: BytesAt) => Promise<PcmLayout | null>;

/**
 * Reads WAV files (RIFF, RF64, BW64) of plain samples: integers of 8 to 32 bits, floats of 32 and 64, A-law and µ-law.
 * `unsupported-format` for others.
 */
export const createWavDecoder = (): Decoder => pcmDecoder('wav', 'WAV', readWavLayout);

/** Reads AIFF and AIFF-C files of the same codings. */
export const createAiffDecoder = (): Decoder => pcmDecoder('aiff', 'AIFF', readAiffLayout);

function pcmDecoder(name: string, format: string, readLayout: ReadLayout): Decoder {
  return { name, open: (path, _kind, signal) => openPcm(path, format, readLayout, signal) };
}

async function openPcm(
  path: string,
  format: string,
  readLayout: ReadLayout,
  signal: AbortSignal,
): Promise<Result<DecodedAudio>> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    const layout = await readLayout(fileBytes(file, size));
    if (!layout || !isSound(layout)) {
      await file.close();
      return failed(
        'unsupported-format',
        `This ${format} file does not hold plain samples, or its header is damaged; install ffmpeg to decode it.`,
      );
    }
    const { sampleRate, dataBytes, dataOffset } = layout;
    const end = Math.min(size, dataOffset + (dataBytes ?? Infinity));
    return ok({
      sampleRate,
      declaredSec: dataBytes === null ? null : dataBytes / frameBytesOf(layout) / sampleRate,
      chunks: readChunks(file, layout, end, signal),
      warnings: [],
    });
  } catch (error) {
    await file?.close();
    return { ok: false, failure: toFailure(fileError(error)) };
  }
}

const isSound = ({ channels, sampleRate }: PcmLayout): boolean =>
  channels >= 1 && channels <= MAX_CHANNELS && sampleRate >= 1 && sampleRate <= MAX_RATE;

async function* readChunks(
  file: FileHandle,
  layout: PcmLayout,
  end: number,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const { channels, dataOffset } = layout;
  const frameBytes = frameBytesOf(layout);
  const chunkFrames = Math.ceil(CHUNK / frameBytes);
  const bytes = Buffer.from(new ArrayBuffer(chunkFrames * frameBytes));
  const samples = new Float32Array(chunkFrames * channels);
  const mono = channels === 1 ? samples : new Float32Array(chunkFrames);
  try {
    for (let offset = dataOffset; offset + frameBytes <= end;) {
      throwIfAborted(signal);
      const wanted = Math.min(chunkFrames, Math.floor((end - offset) / frameBytes)) * frameBytes;
      const { bytesRead } = await file.read(bytes, 0, wanted, offset);
      const frames = Math.floor(bytesRead / frameBytes);
      if (frames === 0) return;
      const read = samples.subarray(0, frames * channels);
      readSamples(layout, bytes, read);
      if (channels > 1) downmixInterleaved(read, channels, mono);
      yield mono.subarray(0, frames);
      offset += frames * frameBytes;
    }
  } catch (error) {
    throw fileError(error);
  } finally {
    await file.close();
  }
}
