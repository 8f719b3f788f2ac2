import type { WideGenre } from '#shared/domain/analysis';
import { MusicTally } from './tally';

const DEFAULT_THRESHOLD = 0.5;

/** Gathers the windows of a multi-label output: each label is judged alone, by its mean against its own threshold. */
export class WideAggregator {
  private readonly tally: MusicTally;
  private readonly thresholds: readonly number[];

  /** @param thresholds one a label, over 0 to 1; all 0.5 if there are none. */
  constructor(
    private readonly labels: readonly string[],
    thresholds: readonly number[] | undefined,
  ) {
    this.tally = new MusicTally(labels.length);
    this.thresholds = thresholds ?? labels.map(() => DEFAULT_THRESHOLD);
  }

  /** @param scores [labels], each 0..1. */
  add(scores: Float64Array, isMusic: boolean): void {
    this.tally.add(scores, isMusic, (i) => scores[i]! >= this.thresholds[i]!);
  }

  /** Sorted by score over threshold, largest first. Needs at least one window. */
  finish(): WideGenre[] {
    const { votes } = this.tally.counting;
    const scores = this.tally.counting.mean();
    return this.labels
      .map((label, i) => ({ label, score: scores[i]!, threshold: this.thresholds[i]!, votes: votes[i]! }))
      .sort((a, b) => b.score / b.threshold - a.score / a.threshold);
  }
}
