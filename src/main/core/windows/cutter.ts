/** One window, ready to be a row of the model's input. */
export interface InputWindow {
  readonly startFrame: number;
  /** As the front end renders it. */
  readonly data: Float32Array;
}

/** What cutting needs to know of a front end. */
export interface WindowRenderer {
  readonly width: number;
  readonly windowFrames: number;
  /** Short tracks are left short, instead of being repeated. */
  readonly takesLess?: boolean;
  render(window: Float32Array): Float32Array;
}

/**
 * Cuts windows out of a stream of frames at ascending starts, keeping no more frames than the next window and a last one
 * that ends with the track may need.
 */
export class WindowCutter {
  /** Frames from `keptFrom` on, row-major [frames, width]. */
  private kept = new Float32Array(0);
  private keptFrom = 0;
  private total = 0;
  private next = 0;

  /** @param startOf the start of window i in frames, null if there is no such window (yet). */
  constructor(
    private readonly renderer: WindowRenderer,
    private readonly startOf: (i: number) => number | null,
  ) {}

  /** Frames so far. */
  get frames(): number {
    return this.total;
  }

  /**
   * @param frames row-major [frames, width].
   * @returns the windows that are whole now, each made when it is asked for; all have to be taken before the next frames come.
   */
  *push(frames: Float32Array): Generator<InputWindow> {
    this.append(frames);
    for (let start = this.startOf(this.next); start !== null; start = this.startOf(this.next)) {
      if (start + this.renderer.windowFrames > this.total) return;
      yield this.cut(start);
      this.next++;
    }
  }

  /** The window at `start`, which must be kept still: one of the last windowFrames, or the next one. Short tracks are repeated, or left short. */
  cut(start: number): InputWindow {
    const window = windowOf(this.kept, start - this.keptFrom, this.total - start, this.renderer);
    return { startFrame: start, data: this.renderer.render(window) };
  }

  private append(frames: Float32Array): void {
    const { width } = this.renderer;
    if (this.keptValues() + frames.length > this.kept.length) this.makeRoom(frames.length);
    this.kept.set(frames, this.keptValues());
    this.total += frames.length / width;
  }

  private keptValues(): number {
    return (this.total - this.keptFrom) * this.renderer.width;
  }

  /** Drops what no window needs any more, but rarely, for what stays has to be moved: the array is at least half empty afterwards. */
  private makeRoom(length: number): void {
    const { windowFrames, width } = this.renderer;
    const needed = Math.min(this.startOf(this.next) ?? Infinity, this.total - windowFrames);
    const from = Math.max(this.keptFrom, needed);
    const still = this.kept.subarray((from - this.keptFrom) * width, this.keptValues());
    const wanted = 2 * (still.length + length);
    if (wanted > this.kept.length) {
      const larger = new Float32Array(wanted);
      larger.set(still);
      this.kept = larger;
    } else this.kept.set(still);
    this.keptFrom = from;
  }
}

/**
 * The frames of a window.
 * @param frames row-major [frames, width]; @param first row of the window; @param available rows from there on, repeated where they are too few (or left so few).
 * @returns row-major [windowFrames, width], the caller's own
 */
export function windowOf(
  frames: Float32Array,
  first: number,
  available: number,
  { windowFrames, width, takesLess }: Omit<WindowRenderer, 'render'>,
): Float32Array {
  const window = new Float32Array((takesLess ? Math.min(available, windowFrames) : windowFrames) * width);
  const part = frames.subarray(first * width, (first + Math.min(available, windowFrames)) * width);
  for (let at = 0; at < window.length; at += part.length) window.set(part.subarray(0, window.length - at), at);
  return window;
}
