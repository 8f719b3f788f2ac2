import type { Failure } from '#shared/domain/failure';
import { DEFAULT_LISTENING, type ListeningOptions } from '#shared/domain/listening';
import { findDecoders } from '../adapters/decoders';
import type { FeaturesInput } from '../core/inputs/features';
import type { Description } from '../ports';
import type { AudioWindow } from './audio-window';
import { loadOf } from './load';
import { WorkerPool } from './worker-pool';
import type { DecodedJob } from './worker-protocol';

/** What is described of a track: its middle, or all of it where it is shorter. */
const SAMPLE_RATE = 22_050;
const SECONDS = 30;

/** Milliseconds; Node ends a longer one at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A row of statistics is small, and there is one a track: none needs to wait. */
const CREDIT = 16;

const inputFor = (columns: readonly string[]): FeaturesInput => ({
  kind: 'features',
  sampleRate: SAMPLE_RATE,
  windowSamples: SECONDS * SAMPLE_RATE,
  takesLess: true,
  nFft: 2048,
  hop: 512,
  columns,
});

interface Job {
  row: Float32Array | null;
  timer: NodeJS.Timeout | undefined;
  readonly settle: (description: Description) => void;
}

/** Statistics of tracks' sound, worked out by decode workers of its own; no model takes part. */
export class Describer {
  private readonly jobs = new Map<number, Job>();
  private readonly pool: WorkerPool;

  private constructor(
    decodeWorker: string,
    decoders: ConstructorParameters<typeof WorkerPool>[1]['decoders'],
    columns: readonly string[],
    private readonly options: Partial<ListeningOptions>,
    audioWindow: AudioWindow | null,
  ) {
    this.pool = new WorkerPool(
      decodeWorker,
      { decoders, input: inputFor(columns), credit: CREDIT },
      loadOf({ ...options, inFront: false }).workers,
      {
        started: (id) => this.started(id),
        windows: (id, windows, pay) => {
          const job = this.jobs.get(id);
          for (const { data } of windows) {
            if (job) job.row = data;
            pay();
          }
        },
        done: (id, result) => this.done(id, result),
        failed: (id, failure) => this.fail(id, failure),
      },
      () => audioWindow?.connect() ?? null,
    );
  }

  /** @param columns that all of its tracks are described by; some of `FEATURE_COLUMNS` */
  static async create(
    columns: readonly string[],
    options: Partial<ListeningOptions>,
    { decodeWorker, audioWindow }: { readonly decodeWorker: string; readonly audioWindow: AudioWindow | null },
  ): Promise<Describer> {
    const found = await findDecoders(process.env, options.ffmpegPath ?? DEFAULT_LISTENING.ffmpegPath);
    const maxMinutes = options.maxFileMinutes ?? DEFAULT_LISTENING.maxFileMinutes;
    const decoders = { ...found, chromium: audioWindow !== null, maxMinutes };
    return new Describer(decodeWorker, decoders, columns, options, audioWindow);
  }

  /** @param id of the caller's choosing, by which the track can be cancelled */
  describe(id: number, path: string): Promise<Description> {
    return new Promise((settle) => {
      this.jobs.set(id, { row: null, timer: undefined, settle });
      // Nothing is kept by the track's content: it need not be hashed.
      this.pool.submit(id, { path, plan: { kind: 'spread', count: 1 }, contentHash: '' });
    });
  }

  cancel(id: number): void {
    this.pool.cancel(id);
    this.fail(id, { code: 'cancelled', message: 'Describing this file was cancelled.' });
  }

  async close(): Promise<void> {
    for (const id of [...this.jobs.keys()]) this.cancel(id);
    await this.pool.close();
  }

  private started(id: number): void {
    const job = this.jobs.get(id);
    const minutes = this.options.timeoutMinutes ?? DEFAULT_LISTENING.timeoutMinutes;
    if (!job) return;
    job.timer = setTimeout(
      () => {
        this.pool.cancel(id);
        this.fail(id, timedOut(minutes));
      },
      Math.min(minutes * 60_000, LONGEST_TIMER),
    );
  }

  private done(id: number, { durationSec, warnings }: DecodedJob): void {
    const row = this.jobs.get(id)?.row;
    if (!row) return this.fail(id, NOTHING);
    this.end(id, { status: 'ok', durationSec, values: Array.from(row), warnings });
  }

  private fail(id: number, failure: Failure): void {
    this.end(id, { status: 'failed', ...failure });
  }

  private end(id: number, description: Description): void {
    const job = this.jobs.get(id);
    clearTimeout(job?.timer);
    this.jobs.delete(id);
    job?.settle(description);
  }
}

const NOTHING: Failure = {
  code: 'decode-failed',
  message: 'Nothing of this file could be decoded; replace it by a sound copy.',
};

const timedOut = (minutes: number): Failure => ({
  code: 'decode-timeout',
  message: `Describing this file took longer than the limit of ${minutes} minutes; check the drive, raise the limit in the listening settings, or leave the file out.`,
});
