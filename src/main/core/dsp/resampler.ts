import { Halver, HALVER_BLOCK, HALVER_REACH } from './halver';
import { kaiser, sinc } from './kaiser';
import { createKernels, type Kernels } from './simd/module';

/**
 * `kaiser_best` of resampy 0.2-0.4 (Brian McFee; the filter librosa resampled with until 0.10): the taggers that our models
 * learn from are sensitive to the low-pass edge, so theirs is kept.
 */
const ZERO_CROSSINGS = 64;
const BETA = 14.769656459379492;
const ROLL_OFF = 0.9475937167399596;
/** Rates whose ratio has more phases than this share the nearest phase: an error of 1/4096 of an input sample at most. */
const MAX_PHASES = 2048;

/** A streaming sample-rate converter for one mono signal. Chunks may have any length, results do not depend on the cuts. */
export interface Resampler {
  /** @returns the output samples that are certain by now; valid until the next call. */
  push(chunk: Float32Array): Float32Array;
  /** Ends the signal. @returns the rest, so that ceil(inputLength * outRate / inRate) samples have been given in all. */
  flush(): Float32Array;
}

export interface FilterBank {
  /** Row-major [phases, taps]; row p holds the taps for outputs that lie p/phases of a sample after an input sample. */
  readonly taps: Float32Array;
  readonly phases: number;
  readonly length: number;
}

/** The kernel works on 16 taps at a time; the window is 0 where rounding up adds some. */
const halfLength = (ratio: number): number => Math.ceil(ZERO_CROSSINGS / Math.min(1, ratio) / 8) * 8;

/**
 * What is needed to convert a part of a signal as it would be within the whole: `reach` input samples more on both sides, and a start at a
 * multiple of `inStep` input samples, which falls together with a multiple of `outStep` output samples, so that the filters' phases are the same.
 */
export function resamplerContext(inRate: number, outRate: number): { reach: number; inStep: number; outStep: number } {
  if (isHalvedFirst(inRate, outRate)) {
    const { reach, inStep, outStep } = resamplerContext(inRate / 2, outRate);
    // The half-band filter also waits for a whole block of samples.
    return { reach: 2 * reach + HALVER_REACH + HALVER_BLOCK, inStep: 2 * inStep, outStep };
  }
  const divisor = greatestCommonDivisor(inRate, outRate);
  const reach = inRate === outRate ? 0 : halfLength(outRate / inRate);
  return { reach, inStep: inRate / divisor, outStep: outRate / divisor };
}

/**
 * The polyphase filters of a windowed-sinc interpolator (Smith, Digital Audio Resampling, CCRMA 2002).
 * @param ratio output rate / input rate; under 1 the low-pass edge falls with it.
 * Tap k of a row weighs input sample floor(position) + k - length/2 + 1.
 */
export function designFilters(ratio: number, phases: number): FilterBank {
  const scale = Math.min(1, ratio);
  const half = halfLength(ratio);
  const length = 2 * half;
  const taps = new Float32Array(phases * length);
  for (let phase = 0; phase < phases; phase++) {
    for (let k = 0; k < length; k++) {
      const distance = (k - half + 1 - phase / phases) * scale;
      taps[phase * length + k] = scale * ROLL_OFF * sinc(ROLL_OFF * distance) * kaiser(distance / ZERO_CROSSINGS, BETA);
    }
  }
  return { taps, phases, length };
}

const filterCache = new Map<string, FilterBank>();

function filtersFor(ratio: number, phases: number): FilterBank {
  const key = `${ratio}/${phases}`;
  const known = filterCache.get(key);
  if (known) return known;
  const made = designFilters(ratio, phases);
  // A library has few sample rates; a stray one must not make the cache grow for ever.
  if (filterCache.size >= 8) filterCache.clear();
  filterCache.set(key, made);
  return made;
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/**
 * @param inRate, outRate whole numbers of samples per second.
 * Output sample n lies at time n/outRate of the input's clock (no delay, no drift); samples outside the signal are zero.
 */
export function createResampler(inRate: number, outRate: number): Resampler {
  if (inRate === outRate) return { push: (chunk) => chunk, flush: () => new Float32Array(0) };
  return startingEarly(inRate, outRate, 0);
}

/** @param lead how many of the input samples lie before time zero, where the output begins. */
function startingEarly(inRate: number, outRate: number, lead: number): Resampler {
  if (isHalvedFirst(inRate, outRate)) return new HalvingResampler(inRate, outRate, lead);
  return new PolyphaseResampler(inRate, outRate, lead);
}

/**
 * Rates from here on, in output rates, are halved first: the long filter then has half as many taps, and the short half-band filter
 * before it leaves everything up to 0.52 output rates as it is (an error under 1e-5; see halver.ts).
 */
const HALVED_FROM = 2.75;

const isHalvedFirst = (inRate: number, outRate: number): boolean => inRate % 2 === 0 && inRate >= HALVED_FROM * outRate;

class HalvingResampler implements Resampler {
  private readonly halver = new Halver();
  private readonly rest: Resampler;
  private received = 0;
  private produced = 0;

  constructor(
    private readonly inRate: number,
    private readonly outRate: number,
    private readonly lead: number,
  ) {
    // The half-band filter smears the signal's first samples to before it begins, and its last ones to after its end.
    this.rest = startingEarly(inRate / 2, outRate, (lead + HALVER_REACH + 1) / 2);
    this.rest.push(this.halver.push(new Float32Array(HALVER_REACH + 1)));
  }

  push(chunk: Float32Array): Float32Array {
    this.received += chunk.length;
    const output = this.rest.push(this.halver.push(chunk));
    this.produced += output.length;
    return output;
  }

  flush(): Float32Array {
    const smeared = this.halver.push(new Float32Array(HALVER_REACH + 1));
    const parts = [smeared, this.halver.flush()].map((halved) => this.rest.push(halved).slice());
    const output = concatenated([...parts, this.rest.flush()]);
    const total = Math.ceil(((this.received - this.lead) * this.outRate) / this.inRate);
    return output.subarray(0, Math.max(0, total - this.produced));
  }
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Input samples that are worked on at a time; larger chunks are cut. */
const PIECE = 8192;

class PolyphaseResampler implements Resampler {
  private readonly filters: FilterBank;
  private readonly up: number;
  private readonly down: number;
  private readonly kernels: Kernels;
  private readonly at: Readonly<Record<'kept' | 'taps' | 'out', number>>;
  /** Input kept back, from the first sample that the next output needs; in the kernel's memory. */
  private readonly kept: Float32Array;
  private keptLength: number;
  private received = 0;
  private produced = 0;
  /** Position of the next output: sample `offset` of `kept` is its first tap, `remainder`/up its phase. */
  private offset = 0;
  private remainder = 0;

  constructor(
    inRate: number,
    outRate: number,
    private readonly lead: number,
  ) {
    const divisor = greatestCommonDivisor(inRate, outRate);
    this.up = outRate / divisor;
    this.down = inRate / divisor;
    this.filters = filtersFor(outRate / inRate, Math.min(this.up, MAX_PHASES));
    const { taps, length } = this.filters;
    // The first output is centred on time zero: before the first sample the signal is zero.
    this.keptLength = length / 2 - 1 - lead;
    const keptCapacity = length * 2 + PIECE;
    const outLength = Math.ceil((keptCapacity * this.up) / this.down) + 1;
    const { kernels, at } = createKernels({ kept: keptCapacity * 4, taps: taps.byteLength, out: outLength * 4 });
    this.kernels = kernels;
    this.at = at;
    this.kept = new Float32Array(kernels.memory.buffer, at.kept, keptCapacity);
    new Float32Array(kernels.memory.buffer, at.taps, taps.length).set(taps);
  }

  push(chunk: Float32Array): Float32Array {
    this.received += chunk.length;
    return this.convert(chunk, Infinity);
  }

  flush(): Float32Array {
    const total = Math.ceil(((this.received - this.lead) * this.up) / this.down);
    return this.convert(new Float32Array(this.filters.length), total - this.produced);
  }

  private convert(chunk: Float32Array, limit: number): Float32Array {
    const output = new Float32Array(Math.ceil(((this.keptLength + chunk.length) * this.up) / this.down) + 1);
    let written = 0;
    for (let from = 0; from < chunk.length; from += PIECE) {
      const piece = chunk.subarray(from, from + PIECE);
      this.kept.set(piece, this.keptLength);
      this.keptLength += piece.length;
      const count = Math.min(this.possible(), limit - written);
      output.set(this.filter(count), written);
      written += count;
      this.dropUsed();
    }
    this.produced += written;
    return output.subarray(0, written);
  }

  /** How many outputs have all their inputs. */
  private possible(): number {
    const places = this.keptLength - this.filters.length + 1 - this.offset;
    return Math.max(0, Math.ceil((places * this.up - this.remainder) / this.down));
  }

  private filter(count: number): Float32Array {
    const { up, down } = this;
    const { length, phases } = this.filters;
    const wholeStep = Math.floor(down / up);
    const partStep = down % up;
    this.kernels.resample(
      ...([this.at.kept, this.at.taps, this.at.out, count, length, phases] as const),
      ...([this.offset, this.remainder, up, wholeStep, partStep] as const),
    );
    const position = this.remainder + count * down;
    this.offset += Math.floor(position / up);
    this.remainder = position % up;
    return new Float32Array(this.kernels.memory.buffer, this.at.out, count);
  }

  private dropUsed(): void {
    const used = Math.min(this.offset, this.keptLength);
    this.kept.copyWithin(0, used, this.keptLength);
    this.keptLength -= used;
    this.offset -= used;
  }
}
