import { framePowers } from './spectrogram';

/** Seconds of onsets that are compared with themselves. */
const WINDOW_SEC = 8;
/** Beats a minute: the middle of the prior, in which an octave is one standard deviation, and what is taken for no tempo any more. */
const LIKELIEST = 120;
const FASTEST = 320;
/** How much regularity weighs against the prior. */
const CONTRAST = 1e6;

/**
 * The tempo as librosa.feature.tempo estimates it at its defaults: the onsets around each frame are correlated with themselves (Grosche, Mueller and
 * Kurth 2010), the mean of these correlations over the frames is weighed with a log-normal prior around 120, and the best lag
 * (a whole number of frames) is the beat.
 *
 * @param onsets strength of each frame's onset, 0 or more (see onsetStrengths), at least one frame
 * @param frameRate frames a second
 * @returns beats a minute; where there is no onset, the lag nearest to 120; 0 where frames are so long that no lag is left.
 */
export function tempo(onsets: Float64Array, frameRate: number): number {
  const length = Math.floor(WINDOW_SEC * frameRate);
  const regularity = meanAutocorrelation(onsets, length);
  let [best, bestScore] = [0, -Infinity];
  for (let lag = 1; lag < length; lag++) {
    const bpm = (60 * frameRate) / lag;
    if (bpm >= FASTEST) continue;
    const score = Math.log1p(CONTRAST * regularity[lag]!) - 0.5 * Math.log2(bpm / LIKELIEST) ** 2;
    if (score > bestScore) [best, bestScore] = [bpm, score];
  }
  return best;
}

/**
 * The autocorrelation of the onsets under a Hann window of `length` frames around each frame, 1 at lag 0, averaged over all frames (windows
 * without onsets count as 0). It is the transform of the mean of their power spectra, each divided by its sum (Wiener and Khinchin).
 * @returns `length` values, that of lag 0 first
 */
function meanAutocorrelation(onsets: Float64Array, length: number): Float64Array {
  const nFft = 2 ** Math.ceil(Math.log2(2 * length));
  const signal = ramped(onsets, Math.floor(length / 2), Math.floor((nFft - length) / 2));
  const powers = framePowers(signal, onsets.length, { nFft, winLength: length, hop: 1 });
  const spectrum = meanSpectrum(powers, onsets.length, nFft);
  const cosines = Float64Array.from({ length: nFft }, (_, i) => Math.cos((2 * Math.PI * i) / nFft));
  return Float64Array.from({ length }, (_, lag) =>
    spectrum.reduce((sum, share, bin) => sum + share * cosines[(bin * lag) % nFft]!, 0),
  );
}

/** The onsets with straight ramps down to 0 at both ends and `before` zeros before them. */
function ramped(onsets: Float64Array, ramp: number, before: number): Float32Array {
  const signal = new Float32Array(before + 2 * ramp + onsets.length);
  const first = before + ramp;
  const last = first + onsets.length - 1;
  signal.set(onsets, first);
  for (let i = 1; i <= ramp; i++) {
    const share = (ramp - i) / ramp;
    signal[first - i] = share * onsets[0]!;
    signal[last + i] = share * onsets.at(-1)!;
  }
  return signal;
}

/** @returns the share of each bin in a frame's power, both halves of the spectrum taken together, averaged over the frames. */
function meanSpectrum(powers: Float32Array, frames: number, nFft: number): Float64Array {
  const bins = nFft / 2 + 1;
  const mean = new Float64Array(bins);
  for (let from = 0; from < powers.length; from += bins) {
    const frame = powers.subarray(from, from + bins);
    const total = 2 * frame.reduce((sum, power) => sum + power, 0) - frame[0]! - frame[bins - 1]!;
    if (total === 0) continue;
    frame.forEach((power, bin) => {
      mean[bin]! += ((bin === 0 || bin === bins - 1 ? 1 : 2) * power) / total / frames;
    });
  }
  return mean;
}
