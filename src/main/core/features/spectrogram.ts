import { analysisWindow } from '../dsp/analysis-window';
import { createFrameKernel, LANES, type FrameKernel } from '../dsp/simd/frame-kernel';

/** A short-time spectrum. */
export interface Spectrogram {
  readonly frames: number;
  /** nFft / 2 + 1, from 0 Hz to half the sample rate. */
  readonly bins: number;
  /** Row-major [frames, bins]. */
  readonly values: Float32Array;
}

/**
 * |X|^2 of a mono signal as librosa.stft takes it by default: a periodic Hann window of nFft samples, frame t centred on sample
 * t * hop, zeros beyond both ends.
 *
 * @param samples at least one; -1..1 is usual and not enforced
 * @param nFft a power of two, at least 4
 * @returns 1 + floor(samples / hop) frames
 */
export function powerSpectrogram(samples: Float32Array, nFft: number, hop: number): Spectrogram {
  const frames = 1 + Math.floor(samples.length / hop);
  const padded = new Float32Array(samples.length + nFft);
  padded.set(samples, nFft / 2);
  return { frames, bins: nFft / 2 + 1, values: framePowers(padded, frames, { nFft, winLength: nFft, hop }) };
}

export function squareRoots({ frames, bins, values }: Spectrogram): Spectrogram {
  return { frames, bins, values: values.map(Math.sqrt) };
}

export interface Framing {
  /** Samples of the transform, a power of two. */
  readonly nFft: number;
  /** Samples of the periodic Hann window, in the middle of the transform. */
  readonly winLength: number;
  readonly hop: number;
}

/** |X|^2, row-major [frames, nFft / 2 + 1], of the frames that begin at samples 0, hop, 2 hop, …; the signal is zero beyond its end. */
export function framePowers(signal: Float32Array, frames: number, framing: Framing): Float32Array {
  const { nFft, hop } = framing;
  const bins = nFft / 2 + 1;
  const kernel = kernelFor(framing);
  const powers = new Float32Array(frames * bins);
  for (let first = 0; first < frames; first += LANES) {
    const stretch = signal.subarray(first * hop, first * hop + kernel.signal.length);
    kernel.signal.set(stretch);
    kernel.signal.fill(0, stretch.length);
    const lanes = kernel.run(0);
    for (let lane = 0; lane < Math.min(LANES, frames - first); lane++) {
      const row = (first + lane) * bins;
      for (let bin = 0; bin < bins; bin++) powers[row + bin] = lanes[bin * LANES + lane]!;
    }
  }
  return powers;
}

/** Each kernel has a WebAssembly memory of its own, and nothing of a signal stays in it: they are made once. */
const kernels = new Map<string, FrameKernel>();

function kernelFor({ nFft, winLength, hop }: Framing): FrameKernel {
  const key = `${nFft}/${winLength}/${hop}`;
  const known = kernels.get(key);
  if (known) return known;
  const kernel = createFrameKernel({
    window: analysisWindow({ nFft, winLength }),
    hop,
    magnitude: false,
    // Every bin is a band of its own.
    bands: Array.from({ length: nFft / 2 + 1 }, (_, bin) => ({ firstBin: bin, weights: Float32Array.of(1) })),
    curve: { log: null, scale: 1, shift: 0 },
    capacity: nFft + (LANES - 1) * hop,
  });
  kernels.set(key, kernel);
  return kernel;
}
