import { open, type FileHandle } from 'node:fs/promises';
import { failed, ok, toFailure, type Result } from '#shared/domain/failure';
import type { DecodedAudio, Decoder } from '../../ports';
import { downmixInterleaved } from './downmix';
import { fileError } from './open-audio';
import { sampleReader, type SampleReader } from './pcm';
import { cancelled } from './stall';
import { parseWavHeader, type WavHeader } from './wav-header';

/** Other chunks may stand before the samples, but hardly megabytes of them. */
const MAX_HEADER = 1 << 20;
const CHUNK_FRAMES = 16_384;

/** Reads RIFF, RF64 and BW64 WAVE files of 8 to 32-bit integers and floats. */
export function createWavDecoder(): Decoder {
  return { name: 'wav', open: (path, _kind, signal) => openWav(path, signal) };
}

async function openWav(path: string, signal: AbortSignal): Promise<Result<DecodedAudio>> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(MAX_HEADER, size));
    await file.read(head, 0, head.length, 0);
    const header = parseWavHeader(head);
    const reader = header && sampleReader(header.encoding, header.bitsPerSample, true);
    if (!header || !reader || header.channels === 0 || header.sampleRate === 0) {
      await file.close();
      return failed(
        'unsupported-format',
        'This WAV file is not plain PCM or its header is damaged; install ffmpeg to decode it.',
      );
    }
    const frameBytes = reader.bytes * header.channels;
    const end = Math.min(size, header.dataOffset + (header.dataBytes ?? Infinity));
    return ok({
      sampleRate: header.sampleRate,
      declaredSec: header.dataBytes === null ? null : header.dataBytes / frameBytes / header.sampleRate,
      chunks: readChunks(file, header, reader, end, signal),
      warnings: [],
    });
  } catch (error) {
    await file?.close();
    return { ok: false, failure: toFailure(fileError(error)) };
  }
}

async function* readChunks(
  file: FileHandle,
  header: WavHeader,
  reader: SampleReader,
  end: number,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const frameBytes = reader.bytes * header.channels;
  const bytes = Buffer.alloc(CHUNK_FRAMES * frameBytes);
  const samples = new Float32Array(CHUNK_FRAMES * header.channels);
  try {
    for (let offset = header.dataOffset; offset + frameBytes <= end;) {
      if (signal.aborted) throw cancelled();
      const wanted = Math.min(bytes.length, end - offset);
      const { bytesRead } = await file.read(bytes, 0, wanted - (wanted % frameBytes), offset);
      const frames = Math.floor(bytesRead / frameBytes);
      if (frames === 0) return;
      reader.read(bytes, frames * header.channels, samples);
      const mono = new Float32Array(frames);
      downmixInterleaved(samples.subarray(0, frames * header.channels), header.channels, mono);
      yield mono;
      offset += frames * frameBytes;
    }
  } finally {
    await file.close();
  }
}
