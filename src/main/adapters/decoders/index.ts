import { failed, ok, type Result } from '#shared/domain/failure';
import type { DoctorReport } from '#shared/contract/schemas';
import type { AudioKind, Decoder } from '../../ports';
import { createAacDecoder, type DecodeAacPiece } from './aac/decoder';
import { createFfmpegDecoder } from './ffmpeg';
import { findFfmpeg, type FoundFfmpeg } from './ffmpeg-find';
import { createWasmDecoder } from './wasm';
import { createAiffDecoder, createWavDecoder } from './pcm-file';

/** What `findDecoders` found; plain data, so that worker threads can be told. */
export interface DecoderSetup {
  readonly ffmpeg: FoundFfmpeg | null;
  /** Why it is not the one that the user named, see `FfmpegSearch`. */
  readonly ffmpegProblem?: string | null;
  /** From GENREGRAM_DECODER: only the ffmpeg command, or only the built-in decoders, may be used. */
  readonly forced: 'ffmpeg' | 'wasm' | null;
  /** Is there a Chromium that decodes AAC for us? */
  readonly chromium?: boolean;
  /** What plays longer is refused (`too-long`); no limit without it. */
  readonly maxMinutes?: number | null;
}

export interface DecoderSet {
  /** The name of the one that most files will go to. */
  readonly preferred: string;
  readonly maxMinutes: number | null;
  /**
   * The decoders for a kind of content in the order to be tried, the next where one can't open the file; at least one. Or
   * `decoder-missing`, `unsupported-format` or `empty-file`.
   */
  choose(kind: AudioKind): Result<readonly Decoder[]>;
}

/** @param ffmpegPath from the settings: it goes before those that are found. */
export async function findDecoders(
  environment: NodeJS.ProcessEnv = process.env,
  ffmpegPath: string | null = null,
): Promise<DecoderSetup> {
  const forced = environment['GENREGRAM_DECODER'];
  const { found, problem } = await findFfmpeg(environment, ffmpegPath);
  return {
    ffmpeg: found,
    ffmpegProblem: problem,
    forced: forced === 'ffmpeg' || forced === 'wasm' ? forced : null,
  };
}

/** @param pieces decodes AAC, where something can. */
export function createDecoders(
  { ffmpeg, forced, maxMinutes = null }: DecoderSetup,
  pieces: DecodeAacPiece | null = null,
): DecoderSet {
  const command = ffmpeg && forced !== 'wasm' ? createFfmpegDecoder(ffmpeg) : null;
  const builtIn = (kind: AudioKind): Decoder | null => {
    if (forced === 'ffmpeg') return null;
    if (kind === 'wav') return createWavDecoder();
    if (kind === 'aiff') return createAiffDecoder();
    return kind === 'aac' || kind === 'mp4' ? createAacDecoder(pieces) : createWasmDecoder(kind);
  };
  return {
    maxMinutes,
    preferred: command?.name ?? (forced === 'ffmpeg' ? 'none' : 'built-in (wasm)'),
    choose: (kind) => {
      if (kind === 'empty') return failed('empty-file', 'The file has no content; copy it again from its source.');
      if (kind === 'text') {
        return failed('unsupported-format', 'The file holds text and no audio, whatever its name says; remove it.');
      }
      const own = builtIn(kind);
      const inOrder = IN_HOUSE.has(kind) ? [own, command] : [command ?? own];
      const found = inOrder.filter((decoder) => decoder !== null);
      return found.length > 0 ? ok(found) : noDecoder(kind);
    },
  };
}

/** These are decoded faster here than by an ffmpeg process and its pipe, as test/bench has it; the others faster there. */
const IN_HOUSE: ReadonlySet<AudioKind> = new Set<AudioKind>(['wav', 'aiff', 'ogg-vorbis', 'ogg-opus']);

function noDecoder(kind: AudioKind): Result<never> {
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
export function describeDecoders(setup: DecoderSetup): DoctorReport['decoders'] {
  const { ffmpeg, forced, chromium } = setup;
  return [
    {
      name: 'ffmpeg',
      available: ffmpeg !== null && forced !== 'wasm',
      detail: ffmpegDetail(setup),
    },
    {
      name: 'built-in',
      available: forced !== 'ffmpeg',
      detail: `MP3, FLAC, Ogg Vorbis, Opus (wasm), WAV and AIFF${chromium ? ', AAC (Chromium)' : ''}${ffmpeg && forced === null ? '; WAV, AIFF, Ogg Vorbis and Opus go to it, ffmpeg takes the others' : ''}`,
    },
  ];
}

function ffmpegDetail({ ffmpeg, ffmpegProblem, forced }: DecoderSetup): string {
  const off = forced === 'wasm' ? ' (switched off by GENREGRAM_DECODER)' : '';
  const found = ffmpeg
    ? `${ffmpeg.path}, version ${ffmpeg.version}${off}`
    : 'not found; install ffmpeg for all formats and the fastest decoding, or name it in the listening settings';
  return ffmpegProblem ? `${found}. ${ffmpegProblem}` : found;
}
