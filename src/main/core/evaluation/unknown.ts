import { areaUnderRoc } from './ranking';

/** How well confidence tells tracks of the model's labels from tracks of none of them. */
export interface UnknownFigures {
  /** Tracks labelled as none of the model's labels. */
  readonly n: number;
  /** Probability that a known track has the higher confidence; 0.5 is chance, null without known or unknown tracks. */
  readonly auroc: number | null;
}

/** @param known confidences of tracks that have one of the model's labels; @param unknown of those that have none */
export function judgeUnknown(known: readonly number[], unknown: readonly number[]): UnknownFigures {
  const scored = (isPositive: boolean) => (score: number) => ({ score, isPositive });
  return { n: unknown.length, auroc: areaUnderRoc([...known.map(scored(true)), ...unknown.map(scored(false))]) };
}
