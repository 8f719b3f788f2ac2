import { open, type FileHandle } from 'node:fs/promises';
import { CodedError, ok, toFailure, type Result } from '#shared/domain/failure';
import type { AudioKind, DecodedAudio, Decoder } from '../../ports';
import { findAudioExtent, skipLeadingTags, type AudioExtent, type BytesAt } from '../files/audio-extent';
import { fileBytes } from '../files/file-bytes';
import { declaredSeconds } from './declared';
import { downmixPlanar } from './downmix';
import { fileError } from './open-audio';
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
    const session = new WasmSession(file, bytes, await payload(bytes, kind), await codec.make(), signal);
    const declaredSec = await declaredSeconds(bytes, kind);
    const sampleRate = await session.begin();
    return ok({ sampleRate, declaredSec, chunks: session.chunks(), warnings: session.warnings });
  } catch (error) {
    await file?.close();
    return { ok: false, failure: toFailure(fileError(error)) };
  }
}

/** Tags around an MP3 stream would be taken for damaged frames; a FLAC decoder needs the metadata blocks. */
async function payload(bytes: BytesAt, kind: AudioKind): Promise<AudioExtent> {
  if (kind === 'mp3') return findAudioExtent(bytes);
  return { start: await skipLeadingTags(bytes), end: bytes.size };
}

class WasmSession {
  readonly warnings: string[] = [];
  private first: WasmAudio | null = null;
  private sampleRate = 0;
  private given = 0;
  private offset: number;

  constructor(
    private readonly file: FileHandle,
    private readonly bytes: BytesAt,
    private readonly extent: AudioExtent,
    private readonly codec: WasmCodec,
    private readonly signal: AbortSignal,
  ) {
    this.offset = extent.start;
  }

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
        this.given += audio.samplesDecoded;
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
    if (this.offset > this.extent.end) return null;
    const length = Math.min(CHUNK, this.extent.end - this.offset);
    const audio = length > 0 ? await this.decode(await this.bytes.read(this.offset, length)) : await this.flush();
    this.offset += length > 0 ? length : 1;
    return audio;
  }

  private async decode(data: Uint8Array): Promise<WasmAudio> {
    const audio = await this.codec.decode(data);
    this.noteErrors(audio);
    return audio;
  }

  private async flush(): Promise<WasmAudio | null> {
    const audio = (await this.codec.flush?.()) ?? null;
    if (audio) this.noteErrors(audio);
    return audio;
  }

  private noteErrors(audio: WasmAudio): void {
    for (const { message } of audio.errors) {
      if (this.warnings.length < 5 && !this.warnings.includes(message)) this.warnings.push(message);
    }
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
