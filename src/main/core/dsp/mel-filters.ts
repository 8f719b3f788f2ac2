/** Where a band's triangle lies in the spectrum and its weights there. */
export interface MelBand {
  readonly firstBin: number;
  readonly weights: Float32Array;
}

export interface MelBankParameters {
  readonly sampleRate: number;
  readonly nFft: number;
  readonly nMels: number;
  /** Hz. */
  readonly fMin: number;
  readonly fMax: number;
  readonly melScale: 'slaney' | 'htk';
  readonly melNorm: 'slaney' | 'none';
}

const SLANEY_LINEAR_HZ = 200 / 3;
const SLANEY_BREAK_HZ = 1000;
const SLANEY_BREAK_MEL = SLANEY_BREAK_HZ / SLANEY_LINEAR_HZ;
const SLANEY_LOG_STEP = Math.log(6.4) / 27;

/** Slaney: linear under 1 kHz, logarithmic above (Auditory Toolbox, 1998). HTK: 2595 log10(1 + f/700) (O'Shaughnessy 1987). */
export function hertzToMel(hertz: number, scale: 'slaney' | 'htk'): number {
  if (scale === 'htk') return 2595 * Math.log10(1 + hertz / 700);
  return hertz < SLANEY_BREAK_HZ
    ? hertz / SLANEY_LINEAR_HZ
    : SLANEY_BREAK_MEL + Math.log(hertz / SLANEY_BREAK_HZ) / SLANEY_LOG_STEP;
}

/** The inverse of `hertzToMel`. */
export function melToHertz(mel: number, scale: 'slaney' | 'htk'): number {
  if (scale === 'htk') return 700 * (10 ** (mel / 2595) - 1);
  return mel < SLANEY_BREAK_MEL
    ? mel * SLANEY_LINEAR_HZ
    : SLANEY_BREAK_HZ * Math.exp(SLANEY_LOG_STEP * (mel - SLANEY_BREAK_MEL));
}

/**
 * Triangular mel filters as librosa.filters.mel makes them: corners equally spaced in mel from fMin to fMax; with `slaney`
 * norm each triangle has the area 1 in Hz.
 * @returns nMels bands over the nFft/2 + 1 bins of the spectrum, lowest first. A band narrower than a bin has no weights.
 */
export function melBands(parameters: MelBankParameters): MelBand[] {
  const { nMels, fMin, fMax, melScale } = parameters;
  const low = hertzToMel(fMin, melScale);
  const high = hertzToMel(fMax, melScale);
  const corners = Array.from({ length: nMels + 2 }, (_, i) =>
    melToHertz(low + ((high - low) * i) / (nMels + 1), melScale),
  );
  return Array.from({ length: nMels }, (_, m) => triangle(corners[m]!, corners[m + 1]!, corners[m + 2]!, parameters));
}

function triangle(left: number, peak: number, right: number, parameters: MelBankParameters): MelBand {
  const { sampleRate, nFft, melNorm } = parameters;
  const area = melNorm === 'slaney' ? 2 / (right - left) : 1;
  const bins = nFft / 2 + 1;
  let firstBin = 0;
  const weights: number[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const hertz = (bin * sampleRate) / nFft;
    const height = Math.min((hertz - left) / (peak - left), (right - hertz) / (right - peak));
    if (height <= 0) continue;
    if (weights.length === 0) firstBin = bin;
    weights.push(height * area);
  }
  return { firstBin, weights: Float32Array.from(weights) };
}
