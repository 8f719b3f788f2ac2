import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { CodedError, toFailure } from '#shared/domain/failure';
import type { DecodeAacPiece } from '../adapters/decoders/aac/decoder';
import type { PieceAnswer, PieceRequest } from '../adapters/decoders/aac/remote';

export type { PieceAnswer, PieceRequest };

/** A way to a window that decodes: one `PieceRequest` at a time, each answered by a `PieceAnswer`. */
export interface AudioWindowPort {
  post(message: PieceRequest): void;
  onMessage(listener: (message: PieceAnswer) => void): void;
  /** Once, when the window is gone. */
  onClose(listener: () => void): void;
}

/** Opens the window, which only Electron's main process can. */
export interface AudioWindowHost {
  /** Null if it could not be opened. */
  open(): Promise<AudioWindowPort | null>;
  /** Ends the window at once, whatever it is at. */
  end(): void;
}

interface Open {
  readonly port: AudioWindowPort;
  /** Settles the piece that is being decoded. */
  answered: (mono: Float32Array | null) => void;
  failed: (error: CodedError) => void;
}

/** A few seconds of sound take a fraction of one. */
const PIECE_MS = 30_000;
const OPEN_MS = 30_000;

/**
 * Chromium's decoder for the decode workers. It is given one piece at a time, so that a crash or a hang is the fault of one file: that
 * one fails, and a new window serves the others.
 */
export class AudioWindow {
  private open: Open | null = null;
  /** The end of the line of pieces. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly host: AudioWindowHost,
    private readonly limits = { pieceMs: PIECE_MS, openMs: OPEN_MS },
  ) {}

  /** A port for a decode worker's `remotePieces`. */
  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    port1.on('message', ({ id, adts, sampleRate }: PieceRequest) => {
      this.decode(adts, sampleRate).then(
        (mono) => port1.postMessage({ id, mono } satisfies PieceAnswer, mono ? [mono.buffer as ArrayBuffer] : []),
        (error: unknown) => port1.postMessage({ id, mono: null, failure: toFailure(error) } satisfies PieceAnswer),
      );
    });
    // The worker's end keeps it alive as long as there is one.
    port1.unref();
    return port2;
  }

  decode: DecodeAacPiece = (adts, sampleRate) => {
    const turn = this.last.then(() => this.decodeNow(adts, sampleRate));
    this.last = turn.catch(() => undefined);
    return turn;
  };

  private async decodeNow(adts: Uint8Array, sampleRate: number): Promise<Float32Array | null> {
    const window = (this.open ??= await this.opened());
    const answer = new Promise<Float32Array | null>((resolve, reject) => {
      window.answered = resolve;
      window.failed = reject;
    });
    window.port.post({ id: 0, adts, sampleRate });
    return this.within(this.limits.pieceMs, answer, 'The built-in AAC decoder hung on this file');
  }

  private async opened(): Promise<Open> {
    const port = (await this.asked()) ?? (await this.asked());
    if (!port) throw new CodedError('decode-failed', `${NOT_STARTED}; ${REMEDY}`);
    const window: Open = { port, answered: () => undefined, failed: () => undefined };
    port.onMessage(({ mono }) => window.answered(mono));
    port.onClose(() => {
      if (this.open === window) this.open = null;
      window.failed(new CodedError('decode-failed', `The built-in AAC decoder crashed on this file; ${REMEDY}`));
    });
    return window;
  }

  private asked(): Promise<AudioWindowPort | null> {
    return this.within(this.limits.openMs, this.host.open(), NOT_STARTED);
  }

  private async within<T>(ms: number, work: Promise<T>, complaint: string): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new CodedError('decode-timeout', `${complaint}; ${REMEDY}`));
        this.open = null;
        this.host.end();
      }, ms);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const NOT_STARTED = 'The built-in AAC decoder did not start';
const REMEDY = 'install ffmpeg to decode it, or replace it by a sound copy.';
