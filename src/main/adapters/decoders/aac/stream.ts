/** One ADTS frame. */
export interface AacFrame {
  readonly bytes: Uint8Array;
  /** Per channel, when decoded. */
  readonly samples: number;
}

/** The AAC of a file as ADTS frames, whatever container it lies in. */
export interface AacStream {
  /** Samples per second. */
  readonly sampleRate: number;
  /** Samples at the start that only come of encoding, to be left out. */
  readonly delay: number;
  /** Samples that are to be heard after the delay; null: all. */
  readonly length: number | null;
  readonly declaredSec: number | null;
  /** What was wrong on the way; complete after the last frame. */
  readonly warnings: string[];
  readonly frames: AsyncIterable<AacFrame>;
}
