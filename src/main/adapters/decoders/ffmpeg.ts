import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { CodedError, failed, ok, toFailure, type Result } from '#shared/domain/failure';
import type { DecodedAudio, Decoder } from '../../ports';
import { downmixInterleaved } from './downmix';
import type { FoundFfmpeg } from './ffmpeg-find';
import { FfmpegLog } from './ffmpeg-log';
import { cancelled, withoutStall } from './stall';
import { parseWavHeader, type WavHeader } from './wav-header';

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Headers of the WAV stream that ffmpeg writes are far shorter. */
const MAX_HEADER = 64 * 1024;

/** Decodes with the ffmpeg command: every format, in a process of its own, so that its crash costs one track. */
export function createFfmpegDecoder(ffmpeg: FoundFfmpeg): Decoder {
  return {
    name: `ffmpeg ${ffmpeg.version}`,
    open: (path, _kind, signal) => openWithFfmpeg(ffmpeg.path, path, signal),
  };
}

/**
 * Only local files: `file:` keeps a name like `http:x.mp3` a name, the whitelist keeps playlists inside from reaching out.
 * The samples come as float WAV in the file's own rate, which the header tells with the number of channels.
 */
const ffmpegArguments = (path: string, filters: readonly string[]): string[] => [
  ...['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'level+info', '-protocol_whitelist', 'file,pipe'],
  ...['-threads', '1', '-i', `file:${path}`, '-map', '0:a:0', ...filters],
  ...['-c:a', 'pcm_f32le', '-bitexact', '-f', 'wav', 'pipe:1'],
];

/**
 * (L+R)/2 within ffmpeg, which halves what has to come through the pipe. Without `rematrix_maxval` it would be sqrt(2) louder; the weights
 * that it has for more channels are not ours, so those are mixed here.
 */
const MIXED_TO_MONO = ['-af', 'aresample=ochl=mono:rematrix_maxval=1:isf=fltp'];
const AS_THEY_ARE: readonly string[] = [];

async function openWithFfmpeg(command: string, path: string, signal: AbortSignal): Promise<Result<DecodedAudio>> {
  const mono = await start(command, ffmpegArguments(path, MIXED_TO_MONO), signal);
  if (!mono.ok) return mono;
  const { layout } = mono.value.session.log;
  if (layout === 'mono' || layout === 'stereo') return ok(mono.value.audio);
  mono.value.session.end();
  const all = await start(command, ffmpegArguments(path, AS_THEY_ARE), signal);
  return all.ok ? ok(all.value.audio) : all;
}

/** Runs ffmpeg up to the header of what it gives. */
async function start(
  command: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<Result<{ session: FfmpegSession; audio: DecodedAudio }>> {
  if (signal.aborted) return { ok: false, failure: toFailure(cancelled()) };
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  const session = new FfmpegSession(child, signal);
  try {
    const header = await session.header();
    return ok({ session, audio: session.audio(header) });
  } catch (error) {
    session.end();
    if (error instanceof CodedError) return { ok: false, failure: toFailure(error) };
    return failed('decode-failed', `ffmpeg could not be run: ${String(error)}`);
  }
}

class FfmpegSession {
  readonly log = new FfmpegLog();
  private readonly reads: AsyncIterator<Buffer>;
  private readonly exit: Promise<number | null>;
  /** Bytes of stdout that were read and not given on yet. */
  private rest: Buffer = Buffer.alloc(0);
  private readonly onAbort = (): void => this.end();

  constructor(
    private readonly child: Child,
    private readonly signal: AbortSignal,
  ) {
    this.reads = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.exit = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code));
    });
    this.exit.catch(() => undefined);
    child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => this.log.add(text))
      .once('close', () => this.log.end());
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  end(): void {
    this.signal.removeEventListener('abort', this.onAbort);
    this.child.kill('SIGKILL');
  }

  /** The next bytes of stdout, null at their end. */
  private async read(): Promise<Buffer | null> {
    const step = await withoutStall(this.reads.next()).catch((error: unknown) => {
      throw this.signal.aborted ? cancelled() : error;
    });
    if (this.signal.aborted) throw cancelled();
    return step.done ? null : step.value;
  }

  async header(): Promise<WavHeader> {
    let head: Buffer = Buffer.alloc(0);
    while (head.length < MAX_HEADER) {
      const bytes = await this.read();
      if (bytes === null) break;
      head = head.length === 0 ? bytes : Buffer.concat([head, bytes]);
      const header = parseWavHeader(head);
      if (header === null) continue;
      this.rest = head.subarray(header.dataOffset);
      // What it says of the input was written before the first sample, but through another pipe.
      await withoutStall(this.log.described);
      return header;
    }
    await withoutStall(this.exit);
    throw this.log.failure();
  }

  audio(header: WavHeader): DecodedAudio {
    const { log } = this;
    return {
      sampleRate: header.sampleRate,
      get declaredSec() {
        return log.declaredSec;
      },
      chunks: this.chunks(header),
      warnings: log.warnings,
    };
  }

  private async *chunks(header: WavHeader): AsyncGenerator<Float32Array> {
    let given = 0;
    try {
      for (let bytes: Buffer | null = Buffer.alloc(0); bytes !== null; bytes = await this.read()) {
        const mono = this.toMono(bytes, header.channels);
        given += mono.length;
        if (mono.length > 0) yield mono;
      }
      await this.finish(given);
    } finally {
      this.end();
    }
  }

  /** Whole frames of `bytes` after what was left over from the last; what is left over now is kept. */
  private toMono(bytes: Buffer, channels: number): Float32Array {
    const bytesPerFrame = 4 * channels;
    const frames = Math.floor((this.rest.length + bytes.length) / bytesPerFrame);
    // A Float32Array needs an aligned start, a piece of a pipe has any: one copy, which also joins the two.
    const samples = new Float32Array(frames * channels);
    const joined = new Uint8Array(samples.buffer);
    const fromRest = Math.min(this.rest.length, joined.length);
    joined.set(this.rest.subarray(0, fromRest));
    const fromBytes = joined.length - fromRest;
    joined.set(bytes.subarray(0, fromBytes), fromRest);
    const left = this.rest.subarray(fromRest);
    this.rest = left.length === 0 ? bytes.subarray(fromBytes) : Buffer.concat([left, bytes.subarray(fromBytes)]);
    if (channels === 1) return samples;
    const mono = new Float32Array(frames);
    downmixInterleaved(samples, channels, mono);
    return mono;
  }

  private async finish(given: number): Promise<void> {
    const code = await withoutStall(this.exit);
    if (this.signal.aborted) throw cancelled();
    if (given === 0) throw this.log.failure();
    if (code !== 0) this.log.warnings.push(`ffmpeg stopped early: ${this.log.lastError ?? `exit status ${code}`}`);
  }
}
