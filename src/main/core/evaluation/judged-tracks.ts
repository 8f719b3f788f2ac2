import { createLabelMatcher } from './match-labels';
import type { LabelledTrack, TaskReport, VerdictReport } from './tasks';

/** A track whose label the model knows, and what it was heard as. */
export interface JudgedTrack {
  readonly path: string;
  /** Both in the model's own spelling. */
  readonly label: string;
  readonly heard: string;
  /** 0..1. */
  readonly confidence: number;
  /** The model names nothing. */
  readonly abstained: boolean;
  readonly isRight: boolean;
}

export const isVerdictReport = (report: TaskReport): report is VerdictReport => 'confusion' in report;

/** The tracks that a report is about, each with its verdict, abstained ones included. */
export function judgedTracks({ task, confusion }: VerdictReport, tracks: readonly LabelledTrack[]): JudgedTrack[] {
  const match = createLabelMatcher(confusion.labels);
  return tracks.flatMap(({ path, heard, cells }) => {
    const verdict = heard[task];
    const label = match(cells[0] ?? '');
    const top = verdict?.histogram[0]?.label;
    if (!verdict || label === null || top === undefined) return [];
    const { confidence, abstained } = verdict;
    return [{ path, label, heard: top, confidence, abstained, isRight: top === label }];
  });
}
