/** One window of mel frames, ready to be a row of the model's input. */
export interface MelWindow {
  readonly startFrame: number;
  /** windowFrames * nMels values in the manifest's layout. */
  readonly data: Float32Array;
}

export interface WindowShape {
  readonly windowFrames: number;
  readonly nMels: number;
  /** Axis order of a window: time, mel (`NCTM`) or mel, time (`NCMT`). */
  readonly layout: 'NCTM' | 'NCMT';
}

/**
 * Cuts windows out of a stream of frames at ascending starts, keeping no more frames than the next window and a last one
 * that ends with the track may need.
 */
export class WindowCutter {
  /** Frames from `keptFrom` on, row-major [frames, nMels]. */
  private kept = new Float32Array(0);
  private keptFrom: number;
  private total: number;
  private next = 0;

  /**
   * @param startOf the start of window i in frames, null if there is no such window (yet).
   * @param firstFrame number of the first frame that will be pushed, where the track is not listened to from its start.
   */
  constructor(
    private readonly shape: WindowShape,
    private readonly startOf: (i: number) => number | null,
    firstFrame = 0,
  ) {
    this.keptFrom = firstFrame;
    this.total = firstFrame;
  }

  /** Frames so far, those before the first one that was pushed included. */
  get frames(): number {
    return this.total;
  }

  /** @param frames row-major [frames, nMels]. @returns the windows that are whole now. */
  push(frames: Float32Array): MelWindow[] {
    this.append(frames);
    const windows: MelWindow[] = [];
    for (let start = this.startOf(this.next); start !== null; start = this.startOf(this.next)) {
      if (start + this.shape.windowFrames > this.total) break;
      windows.push(this.cut(start));
      this.next++;
    }
    this.drop();
    return windows;
  }

  /** The window at `start`, which must be kept still: one of the last windowFrames, or the next one. Short tracks are repeated. */
  cut(start: number): MelWindow {
    const { windowFrames, nMels, layout } = this.shape;
    const data = new Float32Array(windowFrames * nMels);
    const offset = start - this.keptFrom;
    const available = this.total - start;
    for (let t = 0; t < windowFrames; t++) {
      const from = (offset + (t % available)) * nMels;
      if (layout === 'NCTM') data.set(this.kept.subarray(from, from + nMels), t * nMels);
      else for (let m = 0; m < nMels; m++) data[m * windowFrames + t] = this.kept[from + m]!;
    }
    return { startFrame: start, data };
  }

  private append(frames: Float32Array): void {
    const { nMels } = this.shape;
    const used = (this.total - this.keptFrom) * nMels;
    if (used + frames.length > this.kept.length) {
      const larger = new Float32Array((used + frames.length) * 2);
      larger.set(this.kept.subarray(0, used));
      this.kept = larger;
    }
    this.kept.set(frames, used);
    this.total += frames.length / nMels;
  }

  private drop(): void {
    const { windowFrames, nMels } = this.shape;
    const needed = Math.min(this.startOf(this.next) ?? Infinity, this.total - windowFrames);
    if (needed <= this.keptFrom) return;
    this.kept.copyWithin(0, (needed - this.keptFrom) * nMels, (this.total - this.keptFrom) * nMels);
    this.keptFrom = needed;
  }
}
