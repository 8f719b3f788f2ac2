import type { VerdictTask } from '#shared/domain/analysis';
import { createLabelMatcher } from '../../core/evaluation/match-labels';
import { judgePaired, type Pair, type PairedFigures } from '../../core/evaluation/paired';
import type { LabelledTrack, TaskReport, VerdictReport } from './evaluation';

export interface Comparison extends PairedFigures {
  readonly task: VerdictTask;
  /** `<model id>@<version>` of both. */
  readonly models: readonly [first: string, second: string];
}

const isVerdict = (report: TaskReport): report is VerdictReport => 'confusion' in report;

/**
 * Two models on the tracks that both heard and whose label both know. Verdicts count as they are, abstained ones included.
 *
 * @param reports of the same task, in the order of the models
 * @param tracks of each model, with the same labels
 * @returns null where the task has no one verdict, or no track is left
 */
export function compareTask(
  models: readonly [string, string],
  reports: readonly [TaskReport, TaskReport],
  tracks: readonly (readonly LabelledTrack[])[],
): Comparison | null {
  const [first, second] = reports;
  if (!isVerdict(first) || !isVerdict(second)) return null;
  const { task } = first;
  const [rightOfFirst, rightOfSecond] = [first, second].map((report, i) => rightByPath(report, tracks[i] ?? []));
  const pairs: Pair[] = [];
  for (const [path, right] of rightOfFirst!) {
    const other = rightOfSecond!.get(path);
    if (other !== undefined) pairs.push({ first: right, second: other });
  }
  return pairs.length === 0 ? null : { task, models, ...judgePaired(pairs) };
}

/** Whether the verdict is the label, of each track whose label the model knows. */
function rightByPath({ task, confusion }: VerdictReport, tracks: readonly LabelledTrack[]): Map<string, boolean> {
  const match = createLabelMatcher(confusion.labels);
  const right = new Map<string, boolean>();
  for (const { path, heard, cells } of tracks) {
    const verdict = heard[task];
    const truth = match(cells[0] ?? '');
    if (verdict && truth !== null) right.set(path, verdict.histogram[0]?.label === truth);
  }
  return right;
}
