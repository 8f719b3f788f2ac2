import type { CompressionCurve } from '../compression';
import type { MelBand } from '../mel-filters';
import { createKernels } from './module';

/** Frames that are analysed at once, one in each lane of a vector. */
export const LANES = 4;

export interface FrameKernelOptions {
  /** Weights of a frame's samples; as many as the transform has, a power of two, at least 4. */
  readonly window: Float64Array;
  readonly hop: number;
  /** Whether bands weigh magnitudes instead of powers. */
  readonly magnitude: boolean;
  readonly bands: readonly MelBand[];
  readonly curve: CompressionCurve;
  /** Samples that `signal` holds. */
  readonly capacity: number;
}

/** Compressed mel energies of LANES frames at a time. */
export interface FrameKernel {
  /** Where the caller puts the signal. */
  readonly signal: Float32Array;
  /**
   * Analyses the frames that start at samples `start`, `start + hop`, …; all must lie in `signal`.
   * @returns [nMels, LANES], valid until the next call.
   */
  run(start: number): Float32Array;
}

export function createFrameKernel({ window, hop, magnitude, bands, curve, capacity }: FrameKernelOptions): FrameKernel {
  const nFft = window.length;
  const half = nFft / 2;
  const bandWords = bands.reduce((sum, { weights }) => sum + 2 + weights.length, 0);
  const vectors = (half + 1) * 32;
  const { kernels, at } = createKernels({
    signal: capacity * 4,
    window: nFft * 4,
    twiddles: (half + 1) * 8,
    first: vectors,
    second: vectors,
    bands: bandWords * 4,
    out: bands.length * 4 * LANES,
  });
  const { buffer } = kernels.memory;
  new Float32Array(buffer, at.window, nFft).set(window);
  new Float32Array(buffer, at.twiddles, 2 * (half + 1)).set(twiddleTable(nFft));
  writeBands(buffer, at.bands, bandWords, bands);
  const energies = new Float32Array(buffer, at.out, bands.length * LANES);
  const { factor, add } = curve.log ?? { factor: 1, add: 0 };
  return {
    signal: new Float32Array(buffer, at.signal, capacity),
    run: (start) => {
      kernels.melFrames(
        ...([at.signal + start * 4, hop, nFft, at.window, at.twiddles, at.first, at.second] as const),
        ...([at.bands, bands.length, magnitude ? 1 : 0, at.out] as const),
      );
      kernels.compress(at.out, bands.length, curve.log ? 1 : 0, factor, add, curve.scale, curve.shift);
      return energies;
    },
  };
}

/** Pairs cos, sin of 2 pi k / nFft for k = 0..nFft/2. */
function twiddleTable(nFft: number): Float64Array {
  const table = new Float64Array(nFft + 2);
  for (let k = 0; k <= nFft / 2; k++) {
    table[2 * k] = Math.cos((2 * Math.PI * k) / nFft);
    table[2 * k + 1] = Math.sin((2 * Math.PI * k) / nFft);
  }
  return table;
}

/** Per band its first bin and number of weights as whole numbers, then the weights as floats. */
function writeBands(buffer: ArrayBuffer, at: number, words: number, bands: readonly MelBand[]): void {
  const integers = new Int32Array(buffer, at, words);
  const floats = new Float32Array(buffer, at, words);
  let word = 0;
  for (const { firstBin, weights } of bands) {
    integers[word] = firstBin;
    integers[word + 1] = weights.length;
    floats.set(weights, word + 2);
    word += 2 + weights.length;
  }
}
