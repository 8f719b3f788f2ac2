import type { VerdictTask } from '#shared/domain/analysis';
import { judgePaired, type PairedFigures } from './paired';
import type { LabelledTrack, TaskReport } from './tasks';
import { isVerdictReport, judgedTracks } from './judged-tracks';

export interface Comparison extends PairedFigures {
  readonly task: VerdictTask;
  /** `<model id>@<version>` of both. */
  readonly models: readonly [first: string, second: string];
}

/** What one model heard of the tracks of a task. */
export interface Heard {
  readonly model: string;
  readonly report: TaskReport;
  readonly tracks: readonly LabelledTrack[];
}

/**
 * Two models on the tracks that both heard and whose label both know. Verdicts count as they are, abstained ones included.
 *
 * @param first, second of the same task, with the same labels
 * @returns null where the task has no one verdict, or no track is left
 */
export function compareTask(first: Heard, second: Heard): Comparison | null {
  if (!isVerdictReport(first.report) || !isVerdictReport(second.report)) return null;
  const others = new Map(judgedTracks(second.report, second.tracks).map(({ path, isRight }) => [path, isRight]));
  const pairs = judgedTracks(first.report, first.tracks).flatMap(({ path, isRight }) => {
    const other = others.get(path);
    return other === undefined ? [] : [{ first: isRight, second: other }];
  });
  if (pairs.length === 0) return null;
  return { task: first.report.task, models: [first.model, second.model], ...judgePaired(pairs) };
}
