import { createResampler, type Resampler } from '../../core/dsp/resampler';
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
  /** Brings a part of the file that has another rate to the first one, and the mono samples on their way there. */
  private converter: { readonly from: number; readonly resampler: Resampler } | null = null;
  private foreign = new Float32Array(0);

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

  /**
   * Adds the mean of all channels times `gain`. Samples of another rate than the first are resampled to that; of a part of such a file
   * that is the last, the filter's reach (64 periods of the lower rate at most) is not given any more, and what is taken off its end is
   * counted in samples of the first rate.
   */
  add(planar: PlanarSamples, sampleRate: number, gain = 1): void {
    if (planar.length === 0) return;
    if (this.rate === 0) this.rate = sampleRate;
    if (sampleRate !== (this.converter?.from ?? this.rate)) this.change(sampleRate);
    if (this.converter) return this.addForeign(planar, gain, this.converter.resampler);
    const at = this.takeRoom(planar.length);
    downmixPlanar(planar, gain, this.buffer, at);
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

  /** @returns where the next `count` samples go, which then count as filled */
  private takeRoom(count: number): number {
    const at = this.filled;
    this.filled = at + count;
    if (this.filled > this.buffer.length) {
      const larger = new Float32Array(Math.max(this.filled, 2 * this.buffer.length));
      larger.set(this.buffer.subarray(0, at));
      this.buffer = larger;
    }
    return at;
  }

  private change(sampleRate: number): void {
    if (this.converter) this.append(this.converter.resampler.flush());
    this.converter =
      sampleRate === this.rate ? null : { from: sampleRate, resampler: createResampler(sampleRate, this.rate) };
  }

  private addForeign(planar: PlanarSamples, gain: number, resampler: Resampler): void {
    if (this.foreign.length < planar.length) this.foreign = new Float32Array(planar.length);
    downmixPlanar(planar, gain, this.foreign, 0);
    this.append(resampler.push(this.foreign.subarray(0, planar.length)));
  }

  private append(samples: Float32Array): void {
    const at = this.takeRoom(samples.length);
    this.buffer.set(samples, at);
  }
}
