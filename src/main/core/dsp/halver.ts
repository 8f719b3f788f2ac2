import { kaiser, sinc } from './kaiser';
import { createKernels, type Kernels } from './simd/module';

/** Taps at odd distances on either side; those at even distances but the middle one are zero (Crochiere and Rabiner 1983, 4.3). */
const SIDE_TAPS = 16;
const LENGTH = 2 * SIDE_TAPS;
/** How many input samples to each side an output sample may depend on. */
export const HALVER_REACH = LENGTH - 1;
/** Samples that are worked on together: fewer wait for the next chunk. */
export const HALVER_BLOCK = 8;
/**
 * Shape of the Kaiser window. From 44.1 kHz on everything that would be folded under 8.3 kHz is then 115 dB down, and everything
 * under that edge is kept within 0.00002 dB, so that a filter which follows may be designed as if this one were not there.
 */
const BETA = 12;

/** Pairs of samples that are worked on at a time; a multiple of 4. */
const PIECE = 4096;

/** The odd taps of the half-band filter, for odd samples from -LENGTH/2 on; they sum to a half, the middle tap is the other half. */
function designTaps(): Float32Array {
  const taps = Float64Array.from({ length: LENGTH }, (_, i) => {
    const distance = 2 * (i - SIDE_TAPS) + 1;
    return sinc(distance / 2) * kaiser(distance / (LENGTH + 1), BETA);
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return Float32Array.from(taps, (tap) => tap / (2 * sum));
}

/**
 * Halves a mono signal's sample rate in chunks of any length; results do not depend on the cuts. Output sample n lies at the time of
 * input sample 2n (no delay); the signal is zero outside. For n input samples it gives ceil(n / 2).
 */
export class Halver {
  private readonly kernels: Kernels;
  private readonly at: Readonly<Record<'input' | 'even' | 'odd' | 'taps' | 'out', number>>;
  private readonly input: Float32Array;
  private readonly even: Float32Array;
  private readonly odd: Float32Array;
  /** Samples at the start of `input` that wait for a whole block of pairs. */
  private waiting = 0;
  /** Pairs in `even` and `odd`; the odd ones begin SIDE_TAPS pairs earlier in time. */
  private pairs = 0;
  private received = 0;
  private produced = 0;

  constructor() {
    const capacity = PIECE + LENGTH;
    const bytes = 4 * capacity;
    const { kernels, at } = createKernels({
      input: 2 * bytes,
      even: bytes,
      odd: bytes + 64,
      taps: 4 * LENGTH,
      out: bytes,
    });
    this.kernels = kernels;
    this.at = at;
    const view = (offset: number, length: number): Float32Array =>
      new Float32Array(kernels.memory.buffer, offset, length);
    this.input = view(at.input, 2 * capacity);
    this.even = view(at.even, capacity);
    this.odd = view(at.odd, capacity + 16);
    view(at.taps, LENGTH).set(designTaps());
    this.odd.fill(0, 0, SIDE_TAPS);
  }

  /** @returns the outputs that are certain by now, as an array of their own. */
  push(chunk: Float32Array): Float32Array {
    this.received += chunk.length;
    return this.convert(chunk);
  }

  /** Ends the signal. @returns the rest. */
  flush(): Float32Array {
    const total = Math.ceil(this.received / 2);
    // Zeros enough to push every sample through, whatever is waiting for a whole block.
    return this.convert(new Float32Array(2 * LENGTH + 8)).subarray(0, total - this.produced);
  }

  private convert(chunk: Float32Array): Float32Array {
    const output = new Float32Array(Math.ceil((chunk.length + this.waiting) / 2) + LENGTH);
    let written = 0;
    for (let from = 0; from < chunk.length;) {
      const room = 2 * PIECE - this.waiting;
      const piece = chunk.subarray(from, from + room);
      from += piece.length;
      this.input.set(piece, this.waiting);
      this.waiting += piece.length;
      const outputs = this.convertWaiting();
      output.set(outputs, written);
      written += outputs.length;
    }
    this.produced += written;
    return output.subarray(0, written);
  }

  private convertWaiting(): Float32Array {
    const { kernels, at } = this;
    const blocks = Math.floor(this.waiting / HALVER_BLOCK) * (HALVER_BLOCK / 2);
    kernels.deinterleave(at.input, at.even + 4 * this.pairs, at.odd + 4 * (this.pairs + SIDE_TAPS), blocks);
    this.input.copyWithin(0, 2 * blocks, this.waiting);
    this.waiting -= 2 * blocks;
    this.pairs += blocks;
    // Output n takes the odd samples n - SIDE_TAPS to n + SIDE_TAPS - 1.
    const count = Math.max(0, this.pairs - SIDE_TAPS + 1);
    kernels.halve(at.even, at.odd, at.taps, at.out, count, LENGTH);
    this.even.copyWithin(0, count, this.pairs);
    this.odd.copyWithin(0, count, this.pairs + SIDE_TAPS);
    this.pairs -= count;
    return new Float32Array(kernels.memory.buffer, at.out, count);
  }
}
