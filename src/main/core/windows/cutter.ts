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
  private keptFrom = 0;
  private total = 0;
  private next = 0;

  /** @param startOf the start of window i in frames, null if there is no such window (yet). */
  constructor(
    private readonly shape: WindowShape,
    private readonly startOf: (i: number) => number | null,
  ) {}

  /** Frames so far. */
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
    return { startFrame: start, data: windowOf(this.kept, start - this.keptFrom, this.total - start, this.shape) };
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

/**
 * A window in the model's layout.
 * @param frames row-major [frames, nMels]; @param first row of the window; @param available rows from there on, repeated where they are too few.
 */
export function windowOf(frames: Float32Array, first: number, available: number, shape: WindowShape): Float32Array {
  const { windowFrames, nMels, layout } = shape;
  const data = new Float32Array(windowFrames * nMels);
  for (let t = 0; t < windowFrames; t++) {
    const from = (first + (t % available)) * nMels;
    if (layout === 'NCTM') data.set(frames.subarray(from, from + nMels), t * nMels);
    else for (let m = 0; m < nMels; m++) data[m * windowFrames + t] = frames[from + m]!;
  }
  return data;
}
