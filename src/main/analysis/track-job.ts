import type { AnalysisOutcome, FailedAnalysis, TrackAnalysis } from '#shared/domain/analysis';
import type { Failure } from '#shared/domain/failure';
import type { ModelManifest, ModelOutput } from '#shared/contract/model-manifest';
import { toProbabilities } from '../core/aggregate/probabilities';
import { TaskAggregator } from '../core/aggregate/verdict';
import { FRONT_END } from '../core/dsp/mel';
import type { DecodedJob } from './worker-protocol';

/** The outputs that become verdicts: the first genre output and the first mood output of the manifest. */
export function verdictOutputs(manifest: ModelManifest): { genre: ModelOutput; mood: ModelOutput | null } {
  const genre = manifest.outputs.find(({ task }) => task === 'genre');
  if (!genre) throw new Error('a checked manifest has a genre output');
  return { genre, mood: manifest.outputs.find(({ task }) => task === 'mood') ?? null };
}

/** One track between its first window and its outcome. Settles exactly once. */
export class TrackJob {
  /** When a worker took the track up; before that it only waited. */
  private begunAt = performance.now();
  private readonly genre: { output: ModelOutput; aggregator: TaskAggregator };
  private readonly mood: { output: ModelOutput; aggregator: TaskAggregator } | null;
  private received = 0;
  private inferred = 0;
  private inferenceMs = 0;
  private decoded: DecodedJob | null = null;
  private settled = false;

  constructor(
    private readonly manifest: ModelManifest,
    private readonly settle: (outcome: AnalysisOutcome) => void,
  ) {
    const { genre, mood } = verdictOutputs(manifest);
    this.genre = { output: genre, aggregator: aggregatorFor(genre) };
    this.mood = mood && { output: mood, aggregator: aggregatorFor(mood) };
  }

  get isSettled(): boolean {
    return this.settled;
  }

  decodingStarted(): void {
    this.begunAt = performance.now();
  }

  /** Numbers the windows in the order in which the worker sent them. */
  nextWindow(): number {
    return this.received++;
  }

  deliver(window: number, rows: Readonly<Record<string, Float32Array>>, ms: number, provider: string): void {
    if (this.settled) return;
    for (const task of this.mood ? [this.genre, this.mood] : [this.genre]) {
      const { activation, calibration } = task.output;
      const probabilities = toProbabilities(rows[task.output.name]!, activation, calibration.temperature);
      if (!probabilities) {
        this.fail({
          code: 'inference-invalid',
          message: `The model gave values that are no numbers on ${provider}; choose the provider cpu or another model.`,
        });
        return;
      }
      task.aggregator.add(window, probabilities);
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
    this.settle(outcome);
  }

  private outcome(decoded: DecodedJob, provider: string): TrackAnalysis {
    const { id, version, input } = this.manifest;
    const frameSec = input.hop / input.sampleRate;
    const genre = this.genre.aggregator.finish();
    const mood = this.mood?.aggregator.finish() ?? null;
    return {
      status: 'ok',
      contentHash: decoded.contentHash,
      durationSec: decoded.durationSec,
      windows: decoded.startFrames.length,
      startsSec: decoded.startFrames.map((frame) => frame * frameSec),
      windowSec: input.windowFrames * frameSec,
      decoder: decoded.decoder,
      provider,
      model: `${id}@${version}`,
      frontEnd: FRONT_END,
      ms: { ...decoded.ms, inference: this.inferenceMs, total: performance.now() - this.begunAt },
      genre: genre.verdict,
      mood: mood?.verdict ?? null,
      perWindow: { genre: genre.perWindow, mood: mood?.perWindow ?? null },
      warnings: decoded.warnings,
    };
  }
}

function aggregatorFor({ labels, calibration }: ModelOutput): TaskAggregator {
  return new TaskAggregator(labels, calibration);
}
