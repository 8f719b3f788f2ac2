import { open, type FileHandle } from 'node:fs/promises';
import { CodedError, ok, toFailure, type Result } from '#shared/domain/failure';
import type { AudioKind, DecodedAudio, Decoder } from '../../ports';
import { findAudioExtent, skipLeadingTags, type BytesAt } from '../files/audio-extent';
import { fileBytes } from '../files/file-bytes';
import { declaredSeconds } from './declared';
import { downmixPlanar } from './downmix';
import { fileError } from './open-audio';
import { soundPages } from './ogg-pages';
import { withShortOpusTags } from './opus-tags';
import { cancelled } from './stall';

/** What the wasm decoders of eshaz/wasm-audio-decoders have in common. */
interface WasmCodec {
  readonly ready: Promise<void>;
  decode(data: Uint8Array): WasmAudio | Promise<WasmAudio>;
  flush?(): Promise<WasmAudio>;
  free(): void;
}
interface WasmAudio {
  readonly channelData: Float32Array[];
  readonly samplesDecoded: number;
  readonly sampleRate: number;
  readonly errors: readonly { readonly message: string }[];
}

const CHUNK = 64 * 1024;
const MAX_WARNINGS = 5;

/** The built-in decoders: MIT, wasm, nothing to install. Loaded when a file of the kind first comes. */
const CODECS: Partial<Record<AudioKind, { readonly name: string; make(): Promise<WasmCodec> }>> = {
  mp3: { name: 'mpg123 (wasm)', make: async () => new (await import('mpg123-decoder')).MPEGDecoder() },
  flac: { name: 'flac (wasm)', make: async () => new (await import('@wasm-audio-decoders/flac')).FLACDecoder() },
  'ogg-flac': { name: 'flac (wasm)', make: async () => new (await import('@wasm-audio-decoders/flac')).FLACDecoder() },
  'ogg-vorbis': {
    name: 'vorbis (wasm)',
    make: async () => new (await import('@wasm-audio-decoders/ogg-vorbis')).OggVorbisDecoder(),
  },
  'ogg-opus': { name: 'opus (wasm)', make: async () => new (await import('ogg-opus-decoder')).OggOpusDecoder() },
};

/** The built-in decoder for a kind of file, null if there is none. */
export function createWasmDecoder(kind: AudioKind): Decoder | null {
  const codec = CODECS[kind];
  return codec ? { name: codec.name, open: (path, _, signal) => openWasm(path, kind, codec, signal) } : null;
}

async function openWasm(
  path: string,
  kind: AudioKind,
  codec: { make(): Promise<WasmCodec> },
  signal: AbortSignal,
): Promise<Result<DecodedAudio>> {
  let file: FileHandle | null = null;
  try {
    file = await open(path, 'r');
    const whole = fileBytes(file, (await file.stat()).size);
    const bytes = kind === 'ogg-opus' ? await withShortOpusTags(whole) : whole;
    const warnings: string[] = [];
    const pieces = piecesOf(bytes, kind, warnings);
    const session = new WasmSession(file, pieces, warnings, await codec.make(), signal);
    const declaredSec = await declaredSeconds(bytes, kind);
    const sampleRate = await session.begin();
    return ok({ sampleRate, declaredSec, chunks: session.chunks(), warnings: session.warnings });
  } catch (error) {
    await file?.close();
    return { ok: false, failure: toFailure(fileError(error)) };
  }
}

/** What the decoder is fed with, piece by piece. Tags around an MP3 stream would be taken for damaged frames; FLAC needs the metadata blocks. */
async function* piecesOf(bytes: BytesAt, kind: AudioKind, warnings: string[]): AsyncGenerator<Uint8Array> {
  const whole = { start: await skipLeadingTags(bytes), end: bytes.size };
  if (kind.startsWith('ogg-')) yield* soundPages(bytes, whole.start, () => warn(warnings, DAMAGED_PAGES));
  else {
    const { start, end } = kind === 'mp3' ? await findAudioExtent(bytes) : whole;
    for (let at = start; at < end; at += CHUNK) yield await bytes.read(at, Math.min(CHUNK, end - at));
  }
}

const DAMAGED_PAGES = 'Damaged pages were left out.';

function warn(warnings: string[], message: string): void {
  if (warnings.length < MAX_WARNINGS && !warnings.includes(message)) warnings.push(message);
}

class WasmSession {
  private first: WasmAudio | null = null;
  private sampleRate = 0;
  private isFlushed = false;

  constructor(
    private readonly file: FileHandle,
    private readonly pieces: AsyncIterator<Uint8Array>,
    readonly warnings: string[],
    private readonly codec: WasmCodec,
    private readonly signal: AbortSignal,
  ) {}

  /** Decodes up to the first samples, which tell the sample rate. */
  async begin(): Promise<number> {
    await this.codec.ready;
    try {
      for (;;) {
        this.first = await this.next();
        if (this.first === null) throw nothingDecoded(this.warnings[0]);
        if (this.first.samplesDecoded > 0) return (this.sampleRate = this.first.sampleRate);
      }
    } catch (error) {
      this.codec.free();
      throw error;
    }
  }

  async *chunks(): AsyncGenerator<Float32Array> {
    try {
      for (let audio = this.first; audio !== null; audio = await this.next()) {
        if (audio.samplesDecoded === 0) continue;
        this.requireSameRate(audio);
        yield downmixPlanar(audio.channelData, audio.samplesDecoded);
      }
    } finally {
      this.codec.free();
      await this.file.close();
    }
  }

  /** The audio of the next piece of the file; null after its end. */
  private async next(): Promise<WasmAudio | null> {
    if (this.signal.aborted) throw cancelled();
    if (this.isFlushed) return null;
    const piece = await this.pieces.next();
    this.isFlushed = piece.done === true;
    const audio = piece.done ? ((await this.codec.flush?.()) ?? null) : await this.codec.decode(piece.value);
    return audio && this.sound(audio);
  }

  /** With its complaints noted. Of a damaged stream a decoder may count more samples than it gives, or fewer than none. */
  private sound(audio: WasmAudio): WasmAudio {
    for (const { message } of audio.errors) warn(this.warnings, message);
    const samplesDecoded = Math.max(0, Math.min(audio.samplesDecoded, audio.channelData[0]?.length ?? 0));
    return { ...audio, samplesDecoded };
  }

  private requireSameRate(audio: WasmAudio): void {
    if (audio.sampleRate === this.sampleRate) return;
    throw new CodedError(
      'decode-failed',
      `The sample rate changes in the middle of the file (${this.sampleRate} to ${audio.sampleRate} Hz); install ffmpeg to decode it.`,
    );
  }
}

const nothingDecoded = (reason: string | undefined): CodedError =>
  new CodedError(
    'decode-failed',
    `Nothing in this file can be decoded${reason ? ` (${reason})` : ''}; it is damaged: replace it by a sound copy.`,
  );
