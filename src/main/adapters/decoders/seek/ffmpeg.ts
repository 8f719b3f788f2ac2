import { spawn } from 'node:child_process';
import type { Stretch } from '../../../core/windows/stretches';
import { cancelled, withoutStall } from '../stall';
import type { FoundFfmpeg } from '../ffmpeg-find';
import { parseWavHeader } from '../wav-header';
import { readMp4Times } from './mp4-times';
import { SeekFault, type FindSeeker } from './seeker';

/** Samples before each stretch until the decoder is where it would be: overlapping blocks, and those of spectral band replication. */
const WARM_UP = 8192;
/** How far an MP4 file's tables may be from what is decoded: encoders' delays, the last block. */
const DOUBT = 4096;
/** Every stretch is an input of its own, and costs ffmpeg a file handle and its tables. */
const MAX_INPUTS = 64;
const MAX_HEADER = 64 * 1024;

/**
 * MP4 (AAC, ALAC and what else ffmpeg knows) by one ffmpeg process that opens the file once for each stretch. Its start costs as much as some
 * 60 s of music, so it pays for longer tracks only.
 */
export const findMp4WithFfmpeg =
  (ffmpeg: FoundFfmpeg, path: string): FindSeeker =>
  async (file, signal) => {
    const times = await readMp4Times(file);
    // More channels are weighted by ffmpeg in its own way; see the decoder of whole files.
    if (!times || times.channels < 1 || times.channels > 2 || times.sampleRate === 0) return null;
    const { sampleRate, seconds } = times;
    return {
      decoder: `ffmpeg ${ffmpeg.version}`,
      sampleRate,
      samples: Math.round(seconds * sampleRate),
      doubt: DOUBT,
      worthShare: 0.25,
      read: (stretches) => read(ffmpeg.path, path, sampleRate, stretches, signal),
    };
  };

async function* read(
  command: string,
  path: string,
  rate: number,
  stretches: readonly Stretch[],
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  if (stretches.length > MAX_INPUTS) throw new SeekFault('too many stretches for one process');
  const warmed = stretches.map((stretch) => ({ ...stretch, from: Math.max(0, stretch.start - WARM_UP) }));
  const child = spawn(command, ffmpegArguments(path, rate, warmed), {
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const onAbort = (): boolean => child.kill('SIGKILL');
  signal.addEventListener('abort', onAbort, { once: true });
  // Its output ends then, too.
  child.on('error', () => undefined);
  try {
    const bytes = new ByteReader(child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>);
    const head = await bytes.header();
    if (head.sampleRate !== rate || head.channels !== 1) throw new SeekFault(`ffmpeg gives ${head.sampleRate} Hz`);
    for (const { from, start, end } of warmed) {
      await bytes.skip(4 * (start - from));
      yield await bytes.floats(end - start);
    }
  } catch (error) {
    throw signal.aborted ? cancelled() : error;
  } finally {
    signal.removeEventListener('abort', onAbort);
    child.kill('SIGKILL');
  }
}

interface Warmed extends Stretch {
  readonly from: number;
}

/** As for whole files (see `createFfmpegDecoder`), an input a stretch. `atrim` and `apad` make each as long as asked for, to the sample. */
function ffmpegArguments(path: string, rate: number, stretches: readonly Warmed[]): string[] {
  const inputs = stretches.flatMap(({ from, end }) => {
    const length = end === Infinity ? [] : ['-t', ((end - from) / rate + 0.1).toFixed(6)];
    const place = ['-ss', (from / rate).toFixed(6), ...length];
    return ['-threads', '1', '-protocol_whitelist', 'file,pipe', ...place, '-i', `file:${path}`];
  });
  const filters = stretches.map(({ from, end }, i) => {
    const cut = end === Infinity ? '' : `,atrim=end_sample=${end - from},apad=whole_len=${end - from}`;
    return `[${i}:a:0]aresample=ochl=mono:rematrix_maxval=1:isf=fltp${cut}[s${i}]`;
  });
  const names = stretches.map((_, i) => `[s${i}]`).join('');
  const graph = `${filters.join(';')};${names}concat=n=${stretches.length}:v=0:a=1[out]`;
  return [
    ...['-nostdin', '-hide_banner', '-loglevel', 'quiet', ...inputs, '-filter_complex_threads', '1'],
    ...['-filter_complex', graph, '-map', '[out]', '-c:a', 'pcm_f32le', '-bitexact', '-f', 'wav', 'pipe:1'],
  ];
}

/** The bytes of a pipe, in pieces of one's own choosing. */
class ByteReader {
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly reads: AsyncIterator<Buffer>) {}

  async header(): Promise<{ readonly sampleRate: number; readonly channels: number }> {
    while (this.rest.length < MAX_HEADER) {
      const bytes = await this.next();
      if (!bytes) break;
      this.rest = Buffer.concat([this.rest, bytes]);
      const header = parseWavHeader(this.rest);
      if (!header) continue;
      this.rest = this.rest.subarray(header.dataOffset);
      return header;
    }
    throw new SeekFault('ffmpeg gave no samples');
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) left -= (await this.some(left)).length;
  }

  /** @param count of samples; Infinity for all there are. */
  async floats(count: number): Promise<Float32Array> {
    const parts: Buffer[] = [];
    let left = 4 * count;
    for (; left > 0;) {
      const part = await this.some(left, count === Infinity);
      if (part.length === 0) break;
      parts.push(part);
      left -= part.length;
    }
    const bytes = Buffer.concat(parts);
    const samples = new Float32Array(Math.floor(bytes.length / 4));
    Buffer.from(samples.buffer).set(bytes.subarray(0, 4 * samples.length));
    return samples;
  }

  /** At least a byte and at most `limit`; none at the end, if that may come now. */
  private async some(limit: number, mayEnd = false): Promise<Buffer> {
    if (this.rest.length === 0) this.rest = (await this.next()) ?? this.rest;
    if (this.rest.length === 0 && !mayEnd) throw new SeekFault('ffmpeg stopped early');
    const part = this.rest.subarray(0, limit);
    this.rest = this.rest.subarray(part.length);
    return part;
  }

  private async next(): Promise<Buffer | null> {
    const step = await withoutStall(this.reads.next());
    return step.done ? null : step.value;
  }
}
