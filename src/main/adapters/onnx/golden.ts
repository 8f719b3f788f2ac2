import type { FrontEnd } from '../../core/inputs';
import { WindowCutter } from '../../core/windows/cutter';
import { mulberry32 } from '../../core/windows/plan';

/** Goes into the key of each verdict: raise it with every change of the golden windows, the tolerance or the sweep. */
export const TRIAL_VERSION = 1;

/** Outputs of a provider may differ from the CPU's by this much, absolutely and relative to the value. */
export const TOLERANCE = 2e-3;

/** Semitones above 110 Hz of a progression of chords, two seconds each. */
const ROOTS = [0, 9, 5, 7];
const TRIAD = [0, 4, 7];
const HARMONICS = [1, 2, 3, 4];
/** Between the starts of two windows of the made-up piece: frames, or seconds where a frame is a sample. */
const STEP = 5;
const STEP_SEC = 0.08;
/** So many windows are rendered where that is slow; others are blends of them. */
const RENDERED = 6;

/**
 * Windows that every provider has to agree on, the same every time: silence, noise at full scale, faint noise, and then, each
 * another one, out of a made-up piece with chords and a beat. They come from the model's own front end, but for blends where that is slow.
 * @returns `count` windows as the front end renders them.
 */
export function goldenWindows(frontEnd: FrontEnd, count: number): Float32Array[] {
  if (!frontEnd.slow) return renderedWindows(frontEnd, count);
  const rendered = renderedWindows(frontEnd, RENDERED);
  const next = mulberry32(2);
  return Array.from({ length: count }, (_, i) => rendered[i] ?? blend(rendered, next));
}

/** Between two of the windows, a share of each. */
function blend(windows: readonly Float32Array[], next: () => number): Float32Array {
  const one = Math.floor(next() * windows.length);
  const other = windows[(one + 1 + Math.floor(next() * (windows.length - 1))) % windows.length]!;
  const share = next();
  return windows[one]!.map((value, i) => share * value + (1 - share) * other[i]!);
}

function renderedWindows(frontEnd: FrontEnd, count: number): Float32Array[] {
  const { windowFrames, hop, sampleRate } = frontEnd;
  const samples = (frames: number): number => frames * hop;
  const step = hop === 1 ? Math.round(STEP_SEC * sampleRate) : STEP;
  const next = mulberry32(1);
  const noise = (level: number): Float32Array =>
    Float32Array.from({ length: samples(windowFrames) }, () => level * (2 * next() - 1));
  const special = [new Float32Array(samples(windowFrames)), noise(1), noise(1e-3)].map((sound) => windowsOf(sound, 1));
  const rest = Math.max(0, count - special.length);
  const music = rest > 0 ? windowsOf(piece(samples(windowFrames + step * rest), sampleRate, next), rest) : [];
  return [...special.flat(), ...music].slice(0, count);

  function windowsOf(sound: Float32Array, windows: number): Float32Array[] {
    const stream = frontEnd.createStream();
    const cutter = new WindowCutter(frontEnd, (i) => (i < windows ? i * step : null));
    return [stream.push(sound), stream.flush()].flatMap((frames) => [...cutter.push(frames)]).map(({ data }) => data);
  }
}

/** @returns samples within -1..1: chords that are struck twice a second, and a drum with each. */
function piece(length: number, sampleRate: number, next: () => number): Float32Array {
  return Float32Array.from({ length }, (_, i) => {
    const t = i / sampleRate;
    const sinceBeat = (t * 2) % 1;
    const root = 110 * 2 ** (ROOTS[Math.floor(t / 2) % ROOTS.length]! / 12);
    let chord = 0;
    for (const semitones of TRIAD) {
      const phase = 2 * Math.PI * root * 2 ** (semitones / 12) * t;
      for (const harmonic of HARMONICS) chord += Math.sin(harmonic * phase) / harmonic;
    }
    return 0.12 * chord * Math.exp(-2 * sinceBeat) + 0.3 * (2 * next() - 1) * Math.exp(-20 * sinceBeat);
  });
}

/** How far two results lie apart, relative to 1 + the expected value's size; NaN if any value is, infinite if their lengths differ. */
export function largestDifference(expected: Float32Array, actual: Float32Array): number {
  let largest = expected.length === actual.length ? 0 : Infinity;
  for (const [i, value] of expected.entries()) {
    const difference = Math.abs(value - actual[i]!) / (1 + Math.abs(value));
    if (Number.isNaN(difference)) return NaN;
    largest = Math.max(largest, difference);
  }
  return largest;
}
