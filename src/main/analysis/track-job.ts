import type { AnalysisOutcome, FailedAnalysis, TrackAnalysis } from '#shared/domain/analysis';
import type { Failure } from '#shared/domain/failure';
import type { ModelManifest } from '#shared/contract/model-manifest';
import { TrackAggregator } from '../core/aggregate/track';
import { windowSeconds, type FrontEnd } from '../core/inputs';
import type { DecodedJob } from './worker-protocol';

/** Milliseconds; Node ends a longer one at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** One track between its first window and its outcome. Settles exactly once. */
export class TrackJob {
  /** When a worker took the track up; before that it only waited. */
  private begunAt = performance.now();
  private readonly aggregator: TrackAggregator;
  private received = 0;
  private inferred = 0;
  private inferenceMs = 0;
  private decoded: DecodedJob | null = null;
  private settled = false;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param timeoutMinutes after which a track is given up that a worker has taken up.
   * @param keepWindows see `AnalysisRequest`
   */
  constructor(
    private readonly manifest: ModelManifest,
    private readonly frontEnd: FrontEnd,
    private readonly timeoutMinutes: number,
    private readonly settle: (outcome: AnalysisOutcome) => void,
    keepWindows = false,
  ) {
    this.aggregator = new TrackAggregator(manifest.outputs, keepWindows);
  }

  get isSettled(): boolean {
    return this.settled;
  }

  decodingStarted(): void {
    this.begunAt = performance.now();
    this.timer = setTimeout(
      () => this.fail(timedOut(this.timeoutMinutes)),
      Math.min(this.timeoutMinutes * 60_000, LONGEST_TIMER),
    );
  }

  /** Numbers the windows in the order in which the worker sent them. */
  nextWindow(): number {
    return this.received++;
  }

  deliver(window: number, rows: Readonly<Record<string, Float32Array>>, ms: number, provider: string): void {
    if (this.settled) return;
    if (!this.aggregator.add(window, rows)) {
      this.fail({
        code: 'inference-invalid',
        message: `The model gave values that are no numbers on ${provider}; choose the provider cpu or another model.`,
      });
      return;
    }
    this.inferred++;
    this.inferenceMs += ms;
    this.finishIfComplete(provider);
  }

  decodingDone(result: DecodedJob, provider: string): void {
    this.decoded = result;
    this.finishIfComplete(provider);
  }

  fail(failure: Failure): void {
    this.end({ status: 'failed', ...failure } satisfies FailedAnalysis);
  }

  private finishIfComplete(provider: string): void {
    if (this.decoded && this.inferred === this.decoded.startFrames.length)
      this.end(this.outcome(this.decoded, provider));
  }

  private end(outcome: AnalysisOutcome): void {
    if (this.settled) return;
    this.settled = true;
    clearTimeout(this.timer);
    this.settle(outcome);
  }

  private outcome(decoded: DecodedJob, provider: string): TrackAnalysis {
    const { id, version } = this.manifest;
    const frameSec = this.frontEnd.hop / this.frontEnd.sampleRate;
    return {
      status: 'ok',
      contentHash: decoded.contentHash,
      durationSec: decoded.durationSec,
      windows: decoded.startFrames.length,
      startsSec: decoded.startFrames.map((frame) => frame * frameSec),
      windowSec: windowSeconds(this.frontEnd),
      decoder: decoded.decoder,
      provider,
      model: `${id}@${version}`,
      frontEnd: this.frontEnd.version,
      ms: { ...decoded.ms, inference: this.inferenceMs, total: performance.now() - this.begunAt },
      ...this.aggregator.finish(),
      warnings: decoded.warnings,
    };
  }
}

const timedOut = (minutes: number): Failure => ({
  code: 'decode-timeout',
  message: `Listening to this file took longer than the limit of ${minutes} minutes; check the drive, raise the limit in the listening settings, or leave the file out.`,
});
