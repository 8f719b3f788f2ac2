/** Shapes of the window that a frame is multiplied by before the transform. */
export type WindowKind = 'hann-periodic' | 'hann-symmetric';

export interface AnalysisWindow {
  /** Samples of the transform. */
  readonly nFft: number;
  /** Samples of the window, at most nFft (which it is where absent); a shorter one is centred, with zeros around it. */
  readonly winLength?: number;
  /** `hann-periodic` where absent. */
  readonly window?: WindowKind;
}

/**
 * The weights of a frame's nFft samples, 0..1.
 *
 * Periodic (0.5 - 0.5 cos(2 pi i / length), as scipy and librosa take it for spectra) or symmetric (divided by length - 1, as
 * filters and Kaldi have it).
 */
export function analysisWindow({ nFft, winLength = nFft, window = 'hann-periodic' }: AnalysisWindow): Float64Array {
  const period = window === 'hann-periodic' ? winLength : winLength - 1;
  const from = Math.floor((nFft - winLength) / 2);
  const weights = new Float64Array(nFft);
  for (let i = 0; i < winLength; i++) weights[from + i] = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / period);
  return weights;
}
