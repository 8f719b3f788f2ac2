import { CodedError } from '#shared/domain/failure';

const MAX_LINE = 2000;
const MAX_WARNINGS = 5;

/** What ffmpeg says on stderr (`-loglevel level+info`), boiled down: the declared duration, the channels and its complaints. */
export class FfmpegLog {
  /** Seconds, from the line "Duration: 00:03:21.34"; null if unknown or only guessed from the bit rate. */
  declaredSec: number | null = null;
  /** Of the first audio stream, in ffmpeg's words (`mono`, `stereo`, `5.1(side)`); null if it did not say. */
  layout: string | null = null;
  /** Resolves when all that is said of the input has been read. */
  readonly described: Promise<void>;
  lastError: string | null = null;
  readonly warnings: string[] = [];
  private guessed = false;
  private partial = '';
  private isDescribed: () => void = () => undefined;

  constructor() {
    this.described = new Promise((resolve) => (this.isDescribed = resolve));
  }

  add(text: string): void {
    const lines = (this.partial + text).split('\n');
    this.partial = (lines.pop() ?? '').slice(-MAX_LINE);
    for (const line of lines) this.line(line.trim());
  }

  /** Nothing more will come. */
  end(): void {
    this.isDescribed();
  }

  /** What to tell of a file that gave no samples. */
  failure(): CodedError {
    const reason = this.lastError ?? 'no error was given';
    if (/matches no streams|does not contain any stream/.test(reason)) {
      return new CodedError('unsupported-format', 'The file holds no audio; remove it from the selection.');
    }
    if (/Permission denied/.test(reason)) {
      return new CodedError('permission-denied', 'The file may not be read; change its permissions.');
    }
    return new CodedError(
      'decode-failed',
      `ffmpeg can't decode this file (${reason}); it is damaged or no audio: replace it by a sound copy.`,
    );
  }

  private line(line: string): void {
    if (line.includes('Estimating duration from bitrate')) this.guessed = true;
    const duration = /^\[info\]\s+Duration: (\d+):(\d\d):(\d\d\.\d+)/.exec(line);
    if (duration && this.declaredSec === null && !this.guessed) {
      this.declaredSec = Number(duration[1]) * 3600 + Number(duration[2]) * 60 + Number(duration[3]);
    }
    const stream = /^\[info\]\s+Stream #0:\d+.*?: Audio: .*?\d+ Hz, ([^,]+)/.exec(line);
    if (stream) this.layout ??= stream[1]!;
    if (/^\[info\] Output #0/.test(line)) this.isDescribed();
    const error = /\[(?:error|fatal|panic)\] (.*)$/.exec(line);
    if (error) this.complain(error[1]!);
  }

  private complain(message: string): void {
    this.lastError = withoutPath(message);
    if (this.warnings.length < MAX_WARNINGS && !this.warnings.includes(this.lastError)) {
      this.warnings.push(this.lastError);
    }
  }
}

/** The path stands beside every failure already; ffmpeg repeats it in front of the reason. */
const withoutPath = (message: string): string => message.replace(/^file:.*: (?=[A-Z])/, '').slice(0, 300);
