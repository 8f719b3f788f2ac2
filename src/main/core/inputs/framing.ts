/**
 * How a signal becomes a stream of frames: spectra, or its samples themselves (a hop and a width of 1). Windows are cut out of frames, and plans
 * of windows are counted in them.
 */
export interface Framing {
  /** Samples per second that the stream takes. */
  readonly sampleRate: number;
  /** Samples from one frame to the next. */
  readonly hop: number;
  /** Values of a frame. */
  readonly width: number;
  /** Frame t is made of the samples from t * hop - before up to t * hop + after (exclusive). */
  readonly reach: { readonly before: number; readonly after: number };
  /** Samples that are used up to make the ends: the signal must be longer. */
  readonly margin: number;
  /** How many frames a signal of so many samples gives. */
  framesOf(samples: number): number;
  createStream(): FrameStream;
}

/** The frames of one mono signal at `sampleRate`. Chunks may have any length, results do not depend on the cuts. */
export interface FrameStream {
  /** @returns the frames that are certain by now, row-major [frames, width], in an array of the caller's own. */
  push(samples: Float32Array): Float32Array;
  /** Ends the signal. @returns the rest, so that `framesOf(samples)` have been given in all. */
  flush(): Float32Array;
}
