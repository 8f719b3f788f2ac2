import { open, type FileHandle } from 'node:fs/promises';
import { CodedError, ok, toFailure, type Result } from '#shared/domain/failure';
import type { AudioKind, DecodedAudio, Decoder } from '../../../ports';
import { concat } from '../../../core/tags/bytes';
import { fileBytes } from '../../files/file-bytes';
import { fileError } from '../open-audio';
import { throwIfAborted } from '../stall';
import { readAdts } from './adts';
import { readMp4Aac } from './mp4';
import type { AacFrame, AacStream } from './stream';

/**
 * Decodes a few seconds of ADTS at its own sample rate to mono (mean of all channels); null if it can't be decoded. Rejects with a
 * `CodedError` if the decoder crashed or hung over it.
 */
export type DecodeAacPiece = (adts: Uint8Array, sampleRate: number) => Promise<Float32Array | null>;

/** Frames decoded at a time: 12 s at 44.1 kHz, 2 MB of samples. */
const PIECE = 512;
/** Frames before a piece that are decoded with it and left out: each overlaps the one before, and HE-AAC's additions last longer. */
const WARM_UP = 8;

/** Decodes AAC (ADTS and MP4) piece by piece with a decoder that takes only whole files. @param decode null where there is none. */
export function createAacDecoder(decode: DecodeAacPiece | null): Decoder {
  return {
    name: 'Chromium (AAC)',
    open: (path, kind, signal) => openAac(path, kind, decode, signal),
  };
}

async function openAac(
  path: string,
  kind: AudioKind,
  decode: DecodeAacPiece | null,
  signal: AbortSignal,
): Promise<Result<DecodedAudio>> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    const bytes = fileBytes(file, (await file.stat()).size);
    const stream = kind === 'mp4' ? await readMp4Aac(bytes) : await readAdts(bytes);
    if (!stream) throw new CodedError('decode-failed', 'No AAC frame was found; replace the file by a sound copy.');
    if (!decode) throw onlyInWindow();
    const pieces = decodedPieces(stream, decode, signal);
    const first = await pieces.next();
    if (first.done) throw notDecodable();
    const { sampleRate, declaredSec, warnings } = stream;
    return ok({ sampleRate, declaredSec, warnings, chunks: chunks(file, first.value, pieces, stream) });
  } catch (error) {
    await file?.close();
    return { ok: false, failure: toFailure(fileError(error)) };
  }
}

const onlyInWindow = (): CodedError =>
  new CodedError(
    'decoder-missing',
    'AAC is decoded without ffmpeg by the app with its window only, not in a browser or on the command line; install ffmpeg and try again.',
  );

const notDecodable = (): CodedError =>
  new CodedError(
    'decode-failed',
    'Nothing in this file can be decoded by Chromium; install ffmpeg, or replace it by a sound copy.',
  );

async function* chunks(
  file: FileHandle,
  first: Float32Array,
  rest: AsyncIterable<Float32Array>,
  { delay, length }: AacStream,
): AsyncGenerator<Float32Array> {
  let at = 0;
  const end = delay + (length ?? Infinity);
  /** What of a piece lies between delay and end. */
  const heard = (piece: Float32Array): Float32Array => {
    const part = piece.subarray(Math.max(0, delay - at), Math.max(0, Math.min(piece.length, end - at)));
    at += piece.length;
    return part;
  };
  try {
    yield heard(first);
    for await (const piece of rest) if (at < end) yield heard(piece);
  } catch (error) {
    throw fileError(error);
  } finally {
    await file.close();
  }
}

/** The samples of all frames, in pieces; what can't be decoded is left out with a warning. */
async function* decodedPieces(
  stream: AacStream,
  decode: DecodeAacPiece,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  let before: readonly AacFrame[] = [];
  for await (const frames of inPieces(stream.frames)) {
    throwIfAborted(signal);
    const expected = frames.reduce((sum, { samples }) => sum + samples, 0);
    const decoded = await decode(concat(...[...before, ...frames].map(({ bytes }) => bytes)), stream.sampleRate);
    throwIfAborted(signal);
    if ((decoded?.length ?? 0) < expected) lost(stream.warnings);
    if (decoded) yield decoded.subarray(Math.max(0, decoded.length - expected));
    before = frames.slice(-WARM_UP);
  }
}

function lost(warnings: string[]): void {
  const message = 'Parts of the file could not be decoded and were left out; it is damaged.';
  if (!warnings.includes(message)) warnings.push(message);
}

async function* inPieces(frames: AsyncIterable<AacFrame>): AsyncGenerator<AacFrame[]> {
  let piece: AacFrame[] = [];
  for await (const frame of frames) {
    if (piece.push(frame) < PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
