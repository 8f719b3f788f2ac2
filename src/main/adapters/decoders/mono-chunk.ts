import { CodedError } from '#shared/domain/failure';
import { downmixPlanar, type PlanarSamples } from './downmix';

const FIRST_CAPACITY = 64 * 1024;

/**
 * Mono samples (the mean of all channels) of one file on their way: filled by a decoder, given on, emptied, filled again. The memory is used
 * again, and grows to the most that was ever in it.
 */
export class MonoChunk {
  private buffer = new Float32Array(FIRST_CAPACITY);
  private filled = 0;
  private rate = 0;

  /** Samples per second; 0 before the first. */
  get sampleRate(): number {
    return this.rate;
  }

  get length(): number {
    return this.filled;
  }

  /** What is in it; valid until it is emptied and filled again. */
  get samples(): Float32Array {
    return this.buffer.subarray(0, this.filled);
  }

  /** Adds the mean of all channels times `gain`. Throws `decode-failed` where the sample rate is not that of the samples before. */
  add(planar: PlanarSamples, sampleRate: number, gain = 1): void {
    if (planar.length === 0) return;
    this.requireRate(sampleRate);
    const at = this.filled;
    this.makeRoom(at + planar.length);
    downmixPlanar(planar, gain, this.buffer, at);
    this.filled = at + planar.length;
  }

  /** Takes off the last `count` samples, at most down to `length`; none if `count` is negative. */
  dropLast(count: number, length: number): void {
    this.filled -= Math.max(0, Math.min(count, this.filled - length));
  }

  /** Takes out `count` samples behind the first `length`. @returns how many there were. */
  dropFrom(length: number, count: number): number {
    const dropped = Math.min(count, this.filled - length);
    if (dropped > 0) this.buffer.copyWithin(length, length + dropped, this.filled);
    this.filled -= dropped;
    return dropped;
  }

  empty(): void {
    this.filled = 0;
  }

  private makeRoom(length: number): void {
    if (length <= this.buffer.length) return;
    const larger = new Float32Array(Math.max(length, 2 * this.buffer.length));
    larger.set(this.buffer.subarray(0, this.filled));
    this.buffer = larger;
  }

  private requireRate(sampleRate: number): void {
    if (sampleRate === this.rate) return;
    if (this.rate !== 0)
      throw new CodedError(
        'decode-failed',
        `The sample rate changes in the middle of the file (${this.rate} to ${sampleRate} Hz); install ffmpeg to decode it.`,
      );
    this.rate = sampleRate;
  }
}
