import { setImmediate as nextTurn } from 'node:timers/promises';

/** A window on its way to the model; `deliver` gets its row of each output, or `fail` the error of its batch. */
export interface QueuedWindow {
  readonly data: Float32Array;
  /** The track may have been cancelled or failed meanwhile: then there is no need to infer. */
  wanted(): boolean;
  /** Called when the window leaves the queue, wanted or not. */
  left(): void;
  deliver(rows: Readonly<Record<string, Float32Array>>, ms: number): void;
  fail(error: unknown): void;
}

/** Runs one batch: per output name the rows of all windows. */
export type RunBatch = (windows: readonly Float32Array[]) => Promise<Readonly<Record<string, Float32Array>>>;

/** Batches windows of all tracks, in order of arrival, and runs one batch at a time. Its length is bounded by the workers' credit. */
export class InferenceQueue {
  private readonly queue: QueuedWindow[] = [];
  private running = false;

  constructor(
    private readonly run: RunBatch,
    private readonly batchSize: number,
  ) {}

  push(window: QueuedWindow): void {
    this.queue.push(window);
    if (!this.running) void this.pump();
  }

  private async pump(): Promise<void> {
    this.running = true;
    // A turn of the event loop lets more windows arrive, and cancellations be heard.
    for (await nextTurn(); this.queue.length > 0; await nextTurn()) {
      const batch = this.queue.splice(0, this.batchSize);
      const wanted = batch.filter((window) => window.wanted());
      for (const window of batch) window.left();
      if (wanted.length > 0) await this.runBatch(wanted);
    }
    this.running = false;
  }

  private async runBatch(batch: readonly QueuedWindow[]): Promise<void> {
    const start = performance.now();
    try {
      const results = await this.run(batch.map(({ data }) => data));
      const ms = (performance.now() - start) / batch.length;
      batch.forEach((window, i) => window.deliver(rowsOf(results, i, batch.length), ms));
    } catch (error) {
      for (const window of batch) window.fail(error);
    }
  }
}

function rowsOf(
  results: Readonly<Record<string, Float32Array>>,
  i: number,
  rows: number,
): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(results).map(([name, data]) => {
      const size = data.length / rows;
      return [name, data.subarray(i * size, (i + 1) * size)];
    }),
  );
}
