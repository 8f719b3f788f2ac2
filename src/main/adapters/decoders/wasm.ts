import { open, type FileHandle } from 'node:fs/promises';
import { CodedError, ok, toFailure, type Result } from '#shared/domain/failure';
import type { AudioKind, DecodedAudio, Decoder } from '../../ports';
import { declaredSeconds } from './declared';
import { flacStream } from './flac-stream';
import { MonoChunk } from './mono-chunk';
import { mpegStream } from './mpeg-stream';
import { OGG_FLAC, OGG_OPUS, OGG_VORBIS, oggStream } from './ogg-stream';
import { fileError } from './open-audio';
import { reusedBytes } from './reused-bytes';
import { throwIfAborted } from './stall';
import type { DecodeStream } from './stream';

const MAX_WARNINGS = 5;

/** The built-in decoders: wasm, nothing to install. Each is loaded when a file of the kind first comes. */
const STREAMS: Partial<Record<AudioKind, { readonly name: string; readonly decode: DecodeStream }>> = {
  mp3: { name: 'mpg123 (wasm)', decode: mpegStream },
  flac: { name: 'flac (wasm)', decode: flacStream },
  'ogg-flac': { name: 'flac (wasm)', decode: oggStream(OGG_FLAC) },
  'ogg-vorbis': { name: 'vorbis (wasm)', decode: oggStream(OGG_VORBIS) },
  'ogg-opus': { name: 'opus (wasm)', decode: oggStream(OGG_OPUS) },
};

/** The built-in decoder for a kind of file, null if there is none. */
export function createWasmDecoder(kind: AudioKind): Decoder | null {
  const stream = STREAMS[kind];
  return stream ? { name: stream.name, open: (path, _, signal) => openWasm(path, kind, stream.decode, signal) } : null;
}

async function openWasm(
  path: string,
  kind: AudioKind,
  decode: DecodeStream,
  signal: AbortSignal,
): Promise<Result<DecodedAudio>> {
  let file: FileHandle | null = null;
  let steps: AsyncGenerator<void> | null = null;
  try {
    file = await open(path, 'r');
    const bytes = reusedBytes(file, (await file.stat()).size);
    const declaredSec = await declaredSeconds(bytes, kind);
    const chunk = new MonoChunk();
    const warnings: string[] = [];
    steps = decode(bytes, chunk, (message) => {
      if (warnings.length < MAX_WARNINGS && !warnings.includes(message)) warnings.push(message);
    });
    // The first samples tell the sample rate.
    if (!(await stepToSamples(steps, chunk, signal))) throw nothingDecoded(warnings[0]);
    return ok({ sampleRate: chunk.sampleRate, declaredSec, chunks: chunksOf(file, steps, chunk, signal), warnings });
  } catch (error) {
    await steps?.return(undefined);
    await file?.close();
    return { ok: false, failure: toFailure(decodingError(error)) };
  }
}

async function* chunksOf(
  file: FileHandle,
  steps: AsyncGenerator<void>,
  chunk: MonoChunk,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  try {
    do {
      yield chunk.samples;
      chunk.empty();
    } while (await stepToSamples(steps, chunk, signal));
  } catch (error) {
    throw decodingError(error);
  } finally {
    await steps.return(undefined);
    await file.close();
  }
}

/** Goes on until there are samples. @returns false at the end; throws `cancelled`. */
async function stepToSamples(steps: AsyncGenerator<void>, chunk: MonoChunk, signal: AbortSignal): Promise<boolean> {
  do {
    throwIfAborted(signal);
    if ((await steps.next()).done) return chunk.length > 0;
  } while (chunk.length === 0);
  return true;
}

/** A fault in wasm code, where a damaged stream has led it astray, is the file's; others are as they are. */
function decodingError(error: unknown): unknown {
  if (error instanceof Error && error.name === 'RuntimeError') return nothingDecoded(error.message);
  return fileError(error);
}

const nothingDecoded = (reason: string | undefined): CodedError =>
  new CodedError(
    'decode-failed',
    `Nothing in this file can be decoded${reason ? ` (${reason})` : ''}; it is damaged: replace it by a sound copy.`,
  );
