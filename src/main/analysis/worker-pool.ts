import { setTimeout as pause } from 'node:timers/promises';
import { Worker, type MessagePort } from 'node:worker_threads';
import type { Failure } from '#shared/domain/failure';
import type { InputWindow } from '../core/windows/cutter';
import type { AnalysisRequest } from '../ports';
import type { DecodedJob, FromWorker, ToWorker, WorkerData, WorkerSetup } from './worker-protocol';

/** A worker that is silent for so long hangs in a decoder (it reports every few seconds otherwise). */
const SILENCE_MS = 90_000;
const WATCH_MS = 5_000;

export interface PoolListener {
  started(job: number): void;
  /** @param pay is to be called once for each window when it has left the queue; the worker may then send another. */
  windows(job: number, windows: readonly InputWindow[], pay: () => void): void;
  done(job: number, result: DecodedJob): void;
  failed(job: number, failure: Failure): void;
}

interface Slot {
  worker: Worker;
  job: number | null;
  heardAt: number;
  /** Windows sent by this worker that were not paid back yet. */
  owed: number;
}

interface WaitingJob {
  readonly job: number;
  readonly request: AnalysisRequest;
}

/** Decode workers and the jobs that wait for one. A worker that crashes or hangs costs its job and is replaced. */
export class WorkerPool {
  private readonly slots: Slot[];
  private readonly waiting: WaitingJob[] = [];
  private readonly watch: NodeJS.Timeout;
  /** So many may work at a time. */
  private width: number;

  constructor(
    private readonly program: string,
    private readonly setup: WorkerSetup,
    size: number,
    private readonly listener: PoolListener,
    /** A new port to Chromium's decoder for a worker. */
    private readonly pieces: () => MessagePort | null = () => null,
  ) {
    this.width = size;
    this.slots = Array.from({ length: size }, () => this.makeSlot());
    this.watch = setInterval(() => this.endSilent(), WATCH_MS);
    this.watch.unref();
  }

  /** From now on at most so many of the workers take up jobs; those that are at work go on. */
  setWidth(width: number): void {
    this.width = Math.max(1, width);
    this.assign();
  }

  submit(job: number, request: AnalysisRequest): void {
    this.waiting.push({ job, request });
    this.assign();
  }

  /** The job is forgotten at once; its worker takes the next one as soon as it has let go. */
  cancel(job: number): void {
    const index = this.waiting.findIndex((entry) => entry.job === job);
    if (index >= 0) this.waiting.splice(index, 1);
    this.slotOf(job)?.worker.postMessage({ type: 'cancel', job } satisfies ToWorker);
  }

  /** Cancels what runs, and ends the workers once they have let go. */
  async close(): Promise<void> {
    clearInterval(this.watch);
    this.waiting.length = 0;
    for (const { job } of this.slots) if (job !== null) this.cancel(job);
    while (this.slots.some(({ job }) => job !== null)) await pause(5);
    await Promise.all(
      this.slots.map(({ worker }) => {
        worker.removeAllListeners();
        return worker.terminate();
      }),
    );
  }

  private slotOf(job: number): Slot | undefined {
    return this.slots.find((slot) => slot.job === job);
  }

  private makeSlot(): Slot {
    const slot: Slot = { worker: this.makeWorker(() => slot), job: null, heardAt: Date.now(), owed: 0 };
    return slot;
  }

  private makeWorker(slot: () => Slot): Worker {
    const pieces = this.pieces();
    const workerData = { ...this.setup, pieces } satisfies WorkerData;
    const worker = new Worker(this.program, { workerData, transferList: pieces ? [pieces] : [] });
    worker.on('message', (message: FromWorker) => this.receive(slot(), message));
    worker.on('error', (error) => this.replace(slot(), worker, `The decoder crashed (${error.message}).`));
    worker.on('exit', () => this.replace(slot(), worker, 'The decoder ended unexpectedly.'));
    return worker;
  }

  private assign(): void {
    let working = this.slots.filter(({ job }) => job !== null).length;
    for (const slot of this.slots) {
      if (slot.job !== null) continue;
      if (working++ >= this.width) return;
      const next = this.waiting.shift();
      if (!next) return;
      slot.job = next.job;
      slot.heardAt = Date.now();
      this.listener.started(next.job);
      slot.worker.postMessage({ type: 'decode', ...next } satisfies ToWorker);
    }
  }

  private receive(slot: Slot, message: FromWorker): void {
    slot.heardAt = Date.now();
    switch (message.type) {
      case 'alive':
        return;
      case 'windows':
        slot.owed += message.windows.length;
        this.listener.windows(message.job, message.windows, this.payment(slot));
        return;
      case 'done':
        this.free(slot);
        this.listener.done(message.job, message.result);
        return;
      case 'failed':
        this.free(slot);
        this.listener.failed(message.job, message.failure);
        return;
    }
  }

  private payment(slot: Slot): () => void {
    const { worker } = slot;
    return () => {
      if (slot.worker !== worker) return;
      slot.owed--;
      slot.heardAt = Date.now();
      worker.postMessage({ type: 'credit', windows: 1 } satisfies ToWorker);
    };
  }

  private free(slot: Slot): void {
    slot.job = null;
    this.assign();
  }

  private replace(slot: Slot, worker: Worker, reason: string, code: Failure['code'] = 'decode-failed'): void {
    if (slot.worker !== worker) return;
    const { job } = slot;
    slot.worker = this.makeWorker(() => slot);
    slot.job = null;
    slot.owed = 0;
    void worker.terminate();
    if (job !== null) {
      this.listener.failed(job, { code, message: `${reason} The file may be damaged; replace it by a sound copy.` });
    }
    this.assign();
  }

  private endSilent(): void {
    for (const slot of this.slots) {
      const waitsForInference = slot.owed >= this.setup.credit;
      if (slot.job === null || waitsForInference || Date.now() - slot.heardAt < SILENCE_MS) continue;
      this.replace(slot, slot.worker, 'The decoder hangs.', 'decode-timeout');
    }
  }
}
