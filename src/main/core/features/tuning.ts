import type { Spectrogram } from './spectrogram';

/** Hz between which pitches are looked for. */
const LOWEST = 150;
const HIGHEST = 4000;
/** Share of a frame's greatest value that a peak must exceed. */
const PEAK_SHARE = 0.1;
/** Steps of a semitone that the tuning is told in. */
const STEPS = 100;
/** Hz of the tone from which octaves are counted: A0. */
const A0 = 27.5;

/**
 * How far the music is off concert pitch (A = 440 Hz), -0.5..0.5 semitones, as librosa.estimate_tuning of a spectrum at its defaults: the commonest
 * deviation of the spectral peaks that are no smaller than the median one. 0 where there is no peak.
 */
export function estimateTuning(spectrum: Spectrogram, sampleRate: number): number {
  const { pitches, sizes } = spectralPeaks(spectrum, sampleRate);
  const least = median(sizes);
  const counts = new Float64Array(STEPS);
  pitches.forEach((pitch, i) => {
    if (sizes[i]! >= least) counts[stepOf(deviation(pitch))]!++;
  });
  return pitches.length === 0 ? 0 : edge(counts.indexOf(Math.max(...counts)));
}

/** Of a pitch from the next semitone, -0.5..0.5. */
function deviation(pitch: number): number {
  const semitones = 12 * Math.log2(pitch / A0);
  const residual = semitones - Math.floor(semitones);
  return residual >= 0.5 ? residual - 1 : residual;
}

const edge = (step: number): number => -0.5 + step / STEPS;

/** The step at whose lower edge or above it, and under whose upper edge, a deviation lies. */
function stepOf(deviation: number): number {
  const near = Math.min(STEPS - 1, Math.floor((deviation + 0.5) * STEPS));
  if (edge(near) > deviation) return near - 1;
  return near < STEPS - 1 && edge(near + 1) <= deviation ? near + 1 : near;
}

/**
 * The local maxima of each frame, interpolated by parabolas (librosa.piptrack; Smith 2011).
 * @returns their frequencies in Hz and interpolated heights
 */
function spectralPeaks(
  { frames, bins, values }: Spectrogram,
  sampleRate: number,
): { pitches: readonly number[]; sizes: readonly number[] } {
  const pitches: number[] = [];
  const sizes: number[] = [];
  const step = sampleRate / (2 * (bins - 1));
  const first = Math.max(1, Math.ceil(LOWEST / step));
  const end = Math.min(bins - 1, Math.ceil(Math.min(HIGHEST, sampleRate / 2) / step));
  for (let frame = 0; frame < frames; frame++) {
    const row = values.subarray(frame * bins, (frame + 1) * bins);
    const least = PEAK_SHARE * row.reduce((max, value) => Math.max(max, value), 0);
    for (let bin = first; bin < end; bin++) {
      const value = row[bin]!;
      // What does not exceed the least counts as 0, also beside a peak: so does a plateau's right side.
      if (value <= least || value <= row[bin - 1]! || value < row[bin + 1]!) continue;
      const slope = (row[bin + 1]! - row[bin - 1]!) / 2;
      const curvature = row[bin + 1]! + row[bin - 1]! - 2 * value;
      const shift = Math.abs(slope) >= Math.abs(curvature) ? 0 : -slope / curvature;
      pitches.push((bin + shift) * step);
      sizes.push(value + 0.5 * slope * shift);
    }
  }
  return { pitches, sizes };
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
