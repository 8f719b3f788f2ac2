import type { Verdict } from '#shared/domain/analysis';
import { areaUnderRoc } from './ranking';

type Sureness = Pick<Verdict, 'confidence' | 'abstained'>;

/** How well confidence tells tracks of the model's labels from tracks of none of them. */
export interface UnknownFigures {
  /** Tracks labelled as none of the model's labels. */
  readonly n: number;
  /** For how many of them the model names a label all the same. */
  readonly named: number;
  /** Probability that a known track has the higher confidence; 0.5 is chance, null without known or unknown tracks. */
  readonly auroc: number | null;
}

/** @param known verdicts on tracks that have one of the model's labels; @param unknown on those that have none */
export function judgeUnknown(known: readonly Sureness[], unknown: readonly Sureness[]): UnknownFigures {
  const scored = (isPositive: boolean) => (verdict: Sureness) => ({ score: verdict.confidence, isPositive });
  return {
    n: unknown.length,
    named: unknown.filter(({ abstained }) => !abstained).length,
    auroc: areaUnderRoc([...known.map(scored(true)), ...unknown.map(scored(false))]),
  };
}
