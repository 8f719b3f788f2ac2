import { failed, ok, type Result } from '#shared/domain/failure';
import type { DoctorReport } from '#shared/contract/schemas';
import type { AudioKind, Decoder } from '../../ports';
import { createFfmpegDecoder } from './ffmpeg';
import { findFfmpeg, type FoundFfmpeg } from './ffmpeg-find';
import { createWasmDecoder } from './wasm';
import { createAiffDecoder, createWavDecoder } from './pcm-file';

/** What `findDecoders` found; plain data, so that worker threads can be told. */
export interface DecoderSetup {
  readonly ffmpeg: FoundFfmpeg | null;
  /** From GENREGRAM_DECODER: only the ffmpeg command, or only the built-in decoders, may be used. */
  readonly forced: 'ffmpeg' | 'wasm' | null;
}

export interface DecoderSet {
  /** The name of the one that most files will go to. */
  readonly preferred: string;
  /** The decoder for a kind of content, or `decoder-missing`, `unsupported-format` or `empty-file`. */
  choose(kind: AudioKind): Result<Decoder>;
}

export async function findDecoders(environment: NodeJS.ProcessEnv = process.env): Promise<DecoderSetup> {
  const forced = environment['GENREGRAM_DECODER'];
  return {
    ffmpeg: await findFfmpeg(environment),
    forced: forced === 'ffmpeg' || forced === 'wasm' ? forced : null,
  };
}

export function createDecoders({ ffmpeg, forced }: DecoderSetup): DecoderSet {
  const command = ffmpeg && forced !== 'wasm' ? createFfmpegDecoder(ffmpeg) : null;
  const builtIn = (kind: AudioKind): Decoder | null => {
    if (forced === 'ffmpeg') return null;
    if (kind === 'wav') return createWavDecoder();
    return kind === 'aiff' ? createAiffDecoder() : createWasmDecoder(kind);
  };
  return {
    preferred: command?.name ?? (forced === 'ffmpeg' ? 'none' : 'built-in (wasm)'),
    choose: (kind) => {
      if (kind === 'empty') return failed('empty-file', 'The file has no content; copy it again from its source.');
      if (kind === 'text') {
        return failed('unsupported-format', 'The file holds text and no audio, whatever its name says; remove it.');
      }
      const decoder = command ?? builtIn(kind);
      return decoder ? ok(decoder) : noDecoder(kind);
    },
  };
}

function noDecoder(kind: AudioKind): Result<Decoder> {
  if (kind === 'unknown') {
    return failed(
      'unsupported-format',
      'The file is no audio that is known here; remove it, or install ffmpeg, which knows more formats.',
    );
  }
  return failed(
    'decoder-missing',
    `There is no decoder for this kind of file (${kind}) here; install ffmpeg and try again.`,
  );
}

/** For `doctor`. */
export function describeDecoders({ ffmpeg, forced }: DecoderSetup): DoctorReport['decoders'] {
  return [
    {
      name: 'ffmpeg',
      available: ffmpeg !== null && forced !== 'wasm',
      detail: ffmpeg
        ? `${ffmpeg.path}, version ${ffmpeg.version}${forced === 'wasm' ? ' (switched off by GENREGRAM_DECODER)' : ''}`
        : 'not found on PATH; install ffmpeg for all formats and the fastest decoding, or set GENREGRAM_FFMPEG',
    },
    {
      name: 'built-in',
      available: forced !== 'ffmpeg',
      detail: `MP3, FLAC, Ogg Vorbis, Opus (wasm), WAV and AIFF${ffmpeg && forced === null ? '; used where ffmpeg is not found' : ''}`,
    },
  ];
}
