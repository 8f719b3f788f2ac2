const BINS = 15;

/** A verdict's confidence, 0..1, and whether it was right. */
export interface JudgedVerdict {
  readonly confidence: number;
  readonly isRight: boolean;
}

/**
 * Expected calibration error: the gap between mean confidence and accuracy within 15 equal bins ((i-1)/15, i/15],
 * averaged by the bins' sizes. 0 is perfect, 1 the worst.
 *
 * Guo, Pleiss, Sun, Weinberger: On Calibration of Modern Neural Networks, ICML 2017, equation 3.
 */
export function calibrationError(verdicts: readonly JudgedVerdict[]): number {
  const bins = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0 }));
  for (const { confidence, isRight } of verdicts) {
    const bin = bins[Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1))];
    if (!bin) throw new RangeError(`${confidence} is not a probability`);
    bin.confidence += confidence;
    bin.right += Number(isRight);
  }
  // |mean confidence - accuracy| weighted by n_bin / n is |sum of confidences - number right| / n.
  return bins.reduce((gap, bin) => gap + Math.abs(bin.confidence - bin.right), 0) / verdicts.length;
}
