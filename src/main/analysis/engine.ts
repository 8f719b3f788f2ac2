import type { AnalysisOutcome } from '#shared/domain/analysis';
import { CodedError, toFailure } from '#shared/domain/failure';
import { DEFAULT_LISTENING } from '#shared/domain/listening';
import { createDecoders, findDecoders, type DecoderSetup } from '../adapters/decoders';
import { loadModel, modelInfo, type LoadedModel } from '../adapters/models';
import { batchFor } from '../adapters/onnx/batch';
import { ProviderFault } from '../adapters/onnx/fault';
import { openGuarded } from '../adapters/onnx/guarded-session';
import type { ModelSession, OpenSession } from '../adapters/onnx/session';
import { usedOutputs } from '../core/aggregate/track';
import { frontEndOf, type FrontEnd } from '../core/inputs';
import type { InputWindow } from '../core/windows/cutter';
import type { AnalysisInfo, AnalysisOptions, AnalysisRequest } from '../ports';
import type { AudioWindow } from './audio-window';
import { InferenceQueue } from './inference-queue';
import { loadOf, takePriority, type LoadWanted } from './load';
import type { ProviderPlan, Unasked } from './protocol';
import { TrackJob } from './track-job';
import { WorkerPool } from './worker-pool';
import { workerCredit } from './worker-protocol';

/** What the engine is put together from. */
export interface EngineParts {
  /** Path of the decode workers' program. */
  readonly decodeWorker: string;
  /** Opens the model's sessions; tests give ones that misbehave. */
  readonly openSession: OpenSession;
  /** Chromium's decoder, where there is one. */
  readonly audioWindow: AudioWindow | null;
}

/** The heart of the analysis process: a pool of decode workers, one model session, and the tracks between them. */
export class Engine {
  private readonly jobs = new Map<number, TrackJob>();
  private readonly pool: WorkerPool;
  private readonly queue: InferenceQueue;
  private readonly frontEnd: FrontEnd;
  private readonly outputs: readonly string[];

  private constructor(
    private readonly model: LoadedModel,
    private readonly session: ModelSession,
    batch: number,
    private readonly decoders: DecoderSetup,
    private readonly timeoutMinutes: number,
    private readonly workers: number,
    { decodeWorker, audioWindow }: Pick<EngineParts, 'decodeWorker' | 'audioWindow'>,
    private readonly post: (message: Unasked) => void,
  ) {
    const { input } = model.manifest;
    this.frontEnd = frontEndOf(input);
    this.outputs = usedOutputs(model.manifest.outputs).map(({ name }) => name);
    this.queue = new InferenceQueue((windows) => this.infer(windows), batch);
    this.pool = new WorkerPool(
      decodeWorker,
      { decoders, input, credit: workerCredit(this.frontEnd, batch, this.workers) },
      this.workers,
      {
        started: (job) => this.jobs.get(job)?.decodingStarted(),
        windows: (job, windows, pay) => this.enqueue(job, windows, pay),
        done: (job, result) => this.jobs.get(job)?.decodingDone(result, this.session.provider),
        failed: (job, failure) => this.jobs.get(job)?.fail(failure),
      },
      () => audioWindow?.connect() ?? null,
    );
  }

  /** Loads and checks the model. Throws a `CodedError`. */
  static async create(
    options: AnalysisOptions & ProviderPlan & LoadWanted,
    parts: EngineParts,
    post: (message: Unasked) => void,
  ): Promise<Engine> {
    const { modelDir, provider, batch, limitMs, ffmpegPath, maxFileMinutes, timeoutMinutes } = options;
    const { openSession, audioWindow } = parts;
    // As many workers as may ever be wanted; those that may not work now rest.
    const { workers, threads } = loadOf({ ...options, inFront: false });
    const model = await loadModel(modelDir);
    if (!model.ok) throw CodedError.from(model.failure);
    const windows = batch ?? batchFor(frontEndOf(model.value.manifest.input));
    const session = await (limitMs === undefined
      ? openSession(model.value, provider, threads)
      : openGuarded(model.value, provider, threads, { batch: windows, limitMs }, openSession));
    const found = await findDecoders(process.env, ffmpegPath ?? DEFAULT_LISTENING.ffmpegPath);
    if (found.ffmpegProblem) post({ type: 'notice', level: 'warning', message: `${found.ffmpegProblem}.` });
    const maxMinutes = maxFileMinutes ?? DEFAULT_LISTENING.maxFileMinutes;
    const decoders = { ...found, chromium: audioWindow !== null, maxMinutes };
    const timeout = timeoutMinutes ?? DEFAULT_LISTENING.timeoutMinutes;
    const engine = new Engine(
      model.value,
      session,
      session.fixedBatch ?? windows,
      decoders,
      timeout,
      workers,
      parts,
      post,
    );
    engine.setLoad(options);
    return engine;
  }

  info(): AnalysisInfo {
    return {
      model: modelInfo(this.model.manifest),
      frontEnd: this.frontEnd.version,
      provider: this.session.provider,
      decoder: createDecoders(this.decoders).preferred,
      // Two more than can be decoded at once, so that no worker waits for the backend.
      concurrency: this.workers + 2,
    };
  }

  /** Takes more or less of the machine from now on. Files that are being decoded are finished; the session keeps its threads. */
  setLoad(wanted: LoadWanted): void {
    const { workers, priority } = loadOf(wanted);
    takePriority(priority);
    this.pool.setWidth(workers);
  }

  /** @param id of the caller's choosing, by which the track can be cancelled. */
  analyze(id: number, request: AnalysisRequest): Promise<AnalysisOutcome> {
    return new Promise((resolve) => {
      const settle = (outcome: AnalysisOutcome): void => {
        this.jobs.delete(id);
        if (outcome.status === 'failed') this.pool.cancel(id);
        resolve(outcome);
      };
      const job = new TrackJob(this.model.manifest, this.frontEnd, this.timeoutMinutes, settle, request.keepWindows);
      this.jobs.set(id, job);
      this.pool.submit(id, request);
    });
  }

  cancel(id: number): void {
    this.jobs.get(id)?.fail({ code: 'cancelled', message: 'The analysis was cancelled.' });
  }

  async close(): Promise<void> {
    for (const id of [...this.jobs.keys()]) this.cancel(id);
    await this.pool.close();
  }

  private enqueue(id: number, windows: readonly InputWindow[], pay: () => void): void {
    const job = this.jobs.get(id);
    for (const { data } of windows) {
      const window = job?.nextWindow() ?? 0;
      this.queue.push({
        data,
        wanted: () => job !== undefined && !job.isSettled,
        left: pay,
        deliver: (rows, ms) => job?.deliver(window, rows, ms, this.session.provider),
        fail: (error) => job?.fail({ ...toFailure(error), code: 'inference-invalid' }),
      });
    }
  }

  /**
   * Runs a batch. A provider that errs ends here for good: the parent is told, starts a process with the next one, and has the tracks
   * that are under way done again there, so that nothing of this batch, and of those before it, is used.
   */
  private async infer(windows: readonly Float32Array[]): Promise<Readonly<Record<string, Float32Array>>> {
    try {
      return await this.session.run(windows, this.outputs);
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error;
      this.post({ type: 'provider-lost', reason: error.message });
      return new Promise(() => undefined);
    }
  }
}
