import { analysisWindow, type AnalysisWindow } from './analysis-window';
import { compressionCurve, type Compression } from './compression';
import { melBands, type MelBankParameters } from './mel-filters';
import { createPreEmphasis } from './pre-emphasis';
import { createFrameKernel, LANES, type FrameKernel } from './simd/frame-kernel';

/** Version of the resampler and mel stage together. It is stored with every result; results of two versions never mix. */
export const FRONT_END = 'mel-1';

/** A front end of the log-mel family. What is optional is left out by our own models and added by those of others. */
export interface MelParameters extends MelBankParameters, AnalysisWindow, Compression {
  /** Samples from one frame to the next. */
  readonly hop: number;
  /** Exponent on the magnitude spectrum. */
  readonly power: 1 | 2;
  /** Coefficient of the high-pass before the spectrum, 0..1; 0 (none) where absent. It takes one sample off the signal. */
  readonly preEmphasis?: number;
}

/** A streaming log-mel spectrogram of one mono signal at `sampleRate`. */
export interface MelStream {
  /** @returns the frames that are certain by now, row-major [frames, nMels], in an array of the caller's own. */
  push(samples: Float32Array): Float32Array;
  /** Ends the signal. @returns the rest, so that 1 + floor(samples / hop) frames have been given in all (samples - 1 with pre-emphasis). */
  flush(): Float32Array;
}

/**
 * The short-time spectrum as librosa.feature.melspectrogram gives it (center, reflection at both ends, Hann window), with a
 * pre-emphasis before it where asked for, then the mel bands and the compression. Frame t is centred on sample t * hop.
 * @param parameters nFft must be a power of two. Input samples are -1..1 (not enforced).
 */
export function createMelStream(parameters: MelParameters): MelStream {
  return new CentredMelStream(parameters);
}

/** Samples that are worked on at a time; larger chunks are cut. */
const PIECE = 8192;

class CentredMelStream implements MelStream {
  private readonly kernel: FrameKernel;
  private readonly emphasise: (chunk: Float32Array) => Float32Array;
  /** The padded signal from the start of the next frame, or from the last pad + 1 samples, whichever is earlier. */
  private readonly kept: Float32Array;
  private readonly pad: number;
  private readonly hop: number;
  private readonly nFft: number;
  private readonly nMels: number;
  private keptLength = 0;
  private nextStart = 0;
  private received = 0;
  private padded = false;

  constructor(parameters: MelParameters) {
    const { nFft, hop, nMels, power } = parameters;
    this.nFft = nFft;
    this.pad = nFft / 2;
    this.hop = hop;
    this.nMels = nMels;
    this.emphasise = createPreEmphasis(parameters.preEmphasis ?? 0);
    const curve = compressionCurve(parameters);
    // Up to LANES - 1 frames wait for the next batch, and the last batch reads as many frames beyond the end.
    const capacity = PIECE + 3 * nFft + 2 * LANES * hop;
    const window = analysisWindow(parameters);
    this.kernel = createFrameKernel({
      window,
      hop,
      magnitude: power === 1,
      bands: melBands(parameters),
      curve,
      capacity,
    });
    this.kept = this.kernel.signal;
  }

  push(chunk: Float32Array): Float32Array {
    const samples = this.emphasise(chunk);
    const output = this.outputFor(samples.length);
    let frames = 0;
    for (let from = 0; from < samples.length; from += PIECE) {
      const piece = samples.subarray(from, from + PIECE);
      this.received += piece.length;
      this.append(piece);
      if (!this.padded && this.received > this.pad) this.padStart();
      if (this.padded) frames += this.analyse(output, frames, Math.floor(this.ready() / LANES) * LANES);
    }
    return output.subarray(0, frames * this.nMels);
  }

  flush(): Float32Array {
    if (!this.padded) throw new RangeError(`a signal of ${this.received} samples can't be reflected`);
    const end = this.keptLength;
    this.append(Float32Array.from({ length: this.pad }, (_, i) => this.kept[end - 2 - i]!));
    const output = this.outputFor(0);
    const frames = this.analyse(output, 0, this.ready());
    return output.subarray(0, frames * this.nMels);
  }

  private outputFor(samples: number): Float32Array {
    const frames = Math.ceil((this.keptLength + this.pad + samples) / this.hop) + 1;
    return new Float32Array(frames * this.nMels);
  }

  private padStart(): void {
    const reflection = Float32Array.from({ length: this.pad }, (_, i) => this.kept[this.pad - i]!);
    this.kept.copyWithin(this.pad, 0, this.keptLength);
    this.kept.set(reflection, 0);
    this.keptLength += this.pad;
    this.padded = true;
  }

  private append(samples: Float32Array): void {
    this.kept.set(samples, this.keptLength);
    this.keptLength += samples.length;
  }

  /** Frames whose samples are all there. */
  private ready(): number {
    return Math.max(0, Math.floor((this.keptLength - this.nextStart - this.nFft) / this.hop) + 1);
  }

  /** Writes `count` frames to `output` from frame number `first` on. @returns count. */
  private analyse(output: Float32Array, first: number, count: number): number {
    for (let done = 0; done < count; done += LANES) {
      const energies = this.kernel.run(this.nextStart);
      const lanes = Math.min(LANES, count - done);
      for (let lane = 0; lane < lanes; lane++) {
        const row = (first + done + lane) * this.nMels;
        for (let m = 0; m < this.nMels; m++) output[row + m] = energies[m * LANES + lane]!;
      }
      this.nextStart += lanes * this.hop;
    }
    this.dropUsed();
    return count;
  }

  private dropUsed(): void {
    const used = Math.max(0, Math.min(this.nextStart, this.keptLength - this.pad - 1));
    this.kept.copyWithin(0, used, this.keptLength);
    this.keptLength -= used;
    this.nextStart -= used;
  }
}
