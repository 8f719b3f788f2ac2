/** Where a band's triangle lies in the spectrum and its weights there. */
export interface MelBand {
  readonly firstBin: number;
  readonly weights: Float32Array;
}

/**
 * Slaney: linear under 1 kHz, logarithmic above (Auditory Toolbox, 1998). HTK: 2595 log10(1 + f/700) (O'Shaughnessy 1987).
 * Kaldi: HTK's scale written as 1127 ln(1 + f/700), with triangles that are straight in mel instead of in Hz and no weight on
 * the last bin (Povey et al. 2011, feat/mel-computations.cc).
 */
export type MelScale = 'slaney' | 'htk' | 'kaldi';

export interface MelBankParameters {
  readonly sampleRate: number;
  readonly nFft: number;
  readonly nMels: number;
  /** Hz. */
  readonly fMin: number;
  readonly fMax: number;
  readonly melScale: MelScale;
  readonly melNorm: 'slaney' | 'none';
}

const SLANEY_LINEAR_HZ = 200 / 3;
const SLANEY_BREAK_HZ = 1000;
const SLANEY_BREAK_MEL = SLANEY_BREAK_HZ / SLANEY_LINEAR_HZ;
const SLANEY_LOG_STEP = Math.log(6.4) / 27;

export function hertzToMel(hertz: number, scale: MelScale): number {
  if (scale === 'htk') return 2595 * Math.log10(1 + hertz / 700);
  if (scale === 'kaldi') return 1127 * Math.log(1 + hertz / 700);
  return hertz < SLANEY_BREAK_HZ
    ? hertz / SLANEY_LINEAR_HZ
    : SLANEY_BREAK_MEL + Math.log(hertz / SLANEY_BREAK_HZ) / SLANEY_LOG_STEP;
}

/** The inverse of `hertzToMel`. */
export function melToHertz(mel: number, scale: MelScale): number {
  if (scale === 'htk') return 700 * (10 ** (mel / 2595) - 1);
  if (scale === 'kaldi') return 700 * (Math.exp(mel / 1127) - 1);
  return mel < SLANEY_BREAK_MEL
    ? mel * SLANEY_LINEAR_HZ
    : SLANEY_BREAK_HZ * Math.exp(SLANEY_LOG_STEP * (mel - SLANEY_BREAK_MEL));
}

/**
 * Triangular mel filters, with corners equally spaced in mel from fMin to fMax: as librosa.filters.mel makes them (with
 * `slaney` norm each triangle has the area 1 in Hz), or as Kaldi does (no norm).
 * @returns nMels bands over the nFft/2 + 1 bins of the spectrum, lowest first. A band narrower than a bin has no weights.
 */
export function melBands(parameters: MelBankParameters): MelBand[] {
  const { nMels, fMin, fMax, melScale, sampleRate, nFft } = parameters;
  const low = hertzToMel(fMin, melScale);
  const high = hertzToMel(fMax, melScale);
  const inMel = melScale === 'kaldi';
  const corners = Array.from({ length: nMels + 2 }, (_, i) => {
    const mel = low + ((high - low) * i) / (nMels + 1);
    return inMel ? mel : melToHertz(mel, melScale);
  });
  const bins = Array.from({ length: nFft / 2 + (inMel ? 0 : 1) }, (_, bin) => {
    const hertz = (bin * sampleRate) / nFft;
    return inMel ? hertzToMel(hertz, melScale) : hertz;
  });
  return Array.from({ length: nMels }, (_, m) => {
    const [left, peak, right] = [corners[m]!, corners[m + 1]!, corners[m + 2]!];
    return triangle(left, peak, right, bins, parameters.melNorm === 'slaney' ? 2 / (right - left) : 1);
  });
}

/** @param bins where each bin lies, in the unit of the corners; @param height of the peak. */
function triangle(left: number, peak: number, right: number, bins: readonly number[], height: number): MelBand {
  let firstBin = 0;
  const weights: number[] = [];
  bins.forEach((at, bin) => {
    const share = Math.min((at - left) / (peak - left), (right - at) / (right - peak));
    if (share <= 0) return;
    if (weights.length === 0) firstBin = bin;
    weights.push(share * height);
  });
  return { firstBin, weights: Float32Array.from(weights) };
}
