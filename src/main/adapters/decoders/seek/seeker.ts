import type { Stretch } from '../../../core/windows/stretches';
import type { SeekableAudio } from '../../../ports';
import type { BytesAt } from '../../files/audio-extent';

/** A way through one file; whoever made it opens and closes the file. */
export type Seeker = Omit<SeekableAudio, 'close'>;

/**
 * The part of a track up to which its stretches are decoded here rather than all of it with the ffmpeg command. An estimate: a second of music took
 * WebAssembly 1.4 to 1.9 times as long as ffmpeg, on one busy machine; the break-even itself was not measured.
 */
export const WASM_WORTH_SHARE = 0.5;

/** Looks through a file's structure; null where it is not certain. Throws what the file system says, and `cancelled`. */
export type FindSeeker = (file: BytesAt, signal: AbortSignal) => Promise<Seeker | null>;

/** Why a file has to be decoded as a whole: it is other in the middle than its structure promised. */
export class SeekFault extends Error {}

/** A stretch that is filled from what a decoder gives, which begins before it and ends behind it. */
export class Filling {
  readonly samples: Float32Array;
  private filled = 0;

  constructor(private readonly stretch: Stretch) {
    this.samples = new Float32Array(stretch.end - stretch.start);
  }

  get isFull(): boolean {
    return this.filled === this.samples.length;
  }

  /** Takes what belongs to the stretch from these mono samples, of which the first lies at `position` of the track. */
  add(position: number, mono: Float32Array): void {
    const from = Math.max(this.stretch.start, position);
    const to = Math.min(this.stretch.end, position + mono.length);
    if (to <= from) return;
    if (from !== this.stretch.start + this.filled) throw new SeekFault(`samples before ${from} are missing`);
    this.samples.set(mono.subarray(from - position, to - position), this.filled);
    this.filled += to - from;
  }

  /** The samples of the whole stretch. */
  finish(): Float32Array {
    if (!this.isFull) throw new SeekFault(`the stretch from ${this.stretch.start} on ended early`);
    return this.samples;
  }
}
