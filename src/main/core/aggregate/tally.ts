/** Sums over the windows of one track for one output. */
export class WindowTally {
  /** Windows in which each label was voted for. */
  readonly votes: Int32Array;
  private readonly sums: Float64Array;
  private readonly squares: Float64Array;
  private count = 0;

  constructor(size: number) {
    this.votes = new Int32Array(size);
    this.sums = new Float64Array(size);
    this.squares = new Float64Array(size);
  }

  get windows(): number {
    return this.count;
  }

  /** @param values [size] of one window; @param votesFor which of them the window votes for. */
  add(values: Float64Array, votesFor: (index: number) => boolean): void {
    values.forEach((value, i) => {
      this.sums[i]! += value;
      this.squares[i]! += value * value;
      if (votesFor(i)) this.votes[i]!++;
    });
    this.count++;
  }

  /** [size]; needs at least one window. */
  mean(): Float64Array {
    return this.sums.map((sum) => sum / this.count);
  }

  /** Standard deviation over the windows (of these windows, not an estimate for more), [size]. */
  deviation(): Float64Array {
    return this.mean().map((mean, i) => Math.sqrt(Math.max(0, this.squares[i]! / this.count - mean * mean)));
  }
}

/**
 * Windows of music and all others, tallied apart: if a track has any window of music, the others do not count, so that a
 * spoken introduction does not spoil a song. Which windows are music is `isMusicWindow`'s rule; for a model without a
 * content output all are.
 */
export class MusicTally {
  private readonly music: WindowTally;
  private readonly rest: WindowTally;

  constructor(size: number) {
    this.music = new WindowTally(size);
    this.rest = new WindowTally(size);
  }

  add(values: Float64Array, isMusic: boolean, votesFor: (index: number) => boolean = () => false): void {
    (isMusic ? this.music : this.rest).add(values, votesFor);
  }

  /** The windows that count. */
  get counting(): WindowTally {
    return this.music.windows > 0 ? this.music : this.rest;
  }
}
