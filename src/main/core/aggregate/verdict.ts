import type { Verdict, WindowProbabilities } from '#shared/domain/analysis';
import { quantise, sharpen } from './probabilities';
import { MusicTally } from './tally';

export interface Calibration {
  /** Exponent 1/T on the mean shares gives the track's confidence. */
  readonly trackTemperature: number;
  readonly abstainBelow: number;
}

export interface TaskResult {
  readonly verdict: Verdict;
  readonly perWindow: WindowProbabilities;
}

/**
 * Gathers one task's windows of one track and forms the track's verdict. Rows may come in any order. The verdict is formed
 * from the windows of music (see `MusicTally`); `perWindow` has all of them.
 */
export class TaskAggregator {
  private readonly tally: MusicTally;
  private readonly rows = new Map<number, Uint8Array>();

  constructor(
    private readonly labels: readonly string[],
    private readonly calibration: Calibration,
  ) {
    this.tally = new MusicTally(labels.length);
  }

  /** @param probabilities [labels], sum 1, of window number `window`. */
  add(window: number, probabilities: Float64Array, isMusic = true): void {
    const best = probabilities.reduce((at, p, i) => (p > probabilities[at]! ? i : at), 0);
    this.tally.add(probabilities, isMusic, (i) => i === best);
    this.rows.set(window, quantise(probabilities));
  }

  /** Needs at least one window. */
  finish(): TaskResult {
    const { votes } = this.tally.counting;
    const shares = this.tally.counting.mean();
    const histogram = this.labels
      .map((label, i) => ({ label, share: shares[i]!, votes: votes[i]! }))
      .sort((a, b) => b.share - a.share);
    const confidence = sharpen(shares, this.calibration.trackTemperature).reduce((a, b) => Math.max(a, b), 0);
    const abstained = confidence < this.calibration.abstainBelow;
    const abstainReason = abstained ? 'unsure' : null;
    const verdict: Verdict = { top: histogram[0]!.label, confidence, abstained, abstainReason, histogram };
    return { verdict, perWindow: { labels: this.labels, data: this.windowData() } };
  }

  private windowData(): Uint8Array {
    const data = new Uint8Array(this.rows.size * this.labels.length);
    for (const [window, row] of this.rows) data.set(row, window * this.labels.length);
    return data;
  }
}
