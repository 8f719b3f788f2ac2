import type { JudgedVerdict } from './calibration';

/** Verdicts of about the same confidence. */
export interface ReliabilityBin {
  /** Confidences, 0..1; the upper end belongs to the bin, the lower one does not (0 does). */
  readonly from: number;
  readonly to: number;
  readonly tracks: number;
  /** Of its tracks, 0..1; null where there is none. */
  readonly meanConfidence: number | null;
  readonly accuracy: number | null;
}

/** The reliability diagram's bins, equal in width (DeGroot and Fienberg 1983; Guo et al. 2017, figure 1). */
export function reliabilityBins(verdicts: readonly JudgedVerdict[], bins = 10): ReliabilityBin[] {
  return Array.from({ length: bins }, (_, i) => {
    const [from, to] = [i / bins, (i + 1) / bins];
    const inside = verdicts.filter(
      ({ confidence }) => (confidence > from || (i === 0 && confidence === 0)) && confidence <= to,
    );
    const mean = (of: (verdict: JudgedVerdict) => number): number | null =>
      inside.length === 0 ? null : inside.reduce((sum, verdict) => sum + of(verdict), 0) / inside.length;
    return {
      from,
      to,
      tracks: inside.length,
      meanConfidence: mean(({ confidence }) => confidence),
      accuracy: mean(({ isRight }) => Number(isRight)),
    };
  });
}
