import type { Verdict, WindowProbabilities } from '#shared/domain/analysis';
import { quantise, sharpen } from './probabilities';

export interface Calibration {
  /** Exponent 1/T on the mean shares gives the track's confidence. */
  readonly trackTemperature: number;
  readonly abstainBelow: number;
}

export interface TaskResult {
  readonly verdict: Verdict;
  readonly perWindow: WindowProbabilities;
}

/** Gathers one task's windows of one track and forms the track's verdict. Rows may come in any order. */
export class TaskAggregator {
  private readonly sums: Float64Array;
  private readonly votes: Int32Array;
  private readonly rows = new Map<number, Uint8Array>();

  constructor(
    private readonly labels: readonly string[],
    private readonly calibration: Calibration,
  ) {
    this.sums = new Float64Array(labels.length);
    this.votes = new Int32Array(labels.length);
  }

  /** @param probabilities [labels], sum 1, of window number `window`. */
  add(window: number, probabilities: Float64Array): void {
    let best = 0;
    probabilities.forEach((p, i) => {
      this.sums[i]! += p;
      if (p > probabilities[best]!) best = i;
    });
    this.votes[best]!++;
    this.rows.set(window, quantise(probabilities));
  }

  /** Needs at least one window. */
  finish(): TaskResult {
    const shares = this.sums.map((sum) => sum / this.rows.size);
    const histogram = this.labels
      .map((label, i) => ({ label, share: shares[i]!, votes: this.votes[i]! }))
      .sort((a, b) => b.share - a.share);
    const confidence = sharpen(shares, this.calibration.trackTemperature).reduce((a, b) => Math.max(a, b), 0);
    const abstained = confidence < this.calibration.abstainBelow;
    const verdict = { top: histogram[0]!.label, confidence, abstained, histogram };
    return { verdict, perWindow: { labels: this.labels, data: this.windowData() } };
  }

  private windowData(): Uint8Array {
    const data = new Uint8Array(this.rows.size * this.labels.length);
    for (const [window, row] of this.rows) data.set(row, window * this.labels.length);
    return data;
  }
}
