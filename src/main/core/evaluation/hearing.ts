import type { VerdictTask } from '#shared/domain/analysis';
import { compareTask, type Comparison, type Heard } from './compare-task';
import { judgedTracks, isVerdictReport } from './judged-tracks';
import { judgeTask, type NotJudged } from './judge-task';
import type { JudgedTask } from './report/account';
import type { EvaluatedTask, HeardTrack, LabelledTrack, TaskReport } from './tasks';

/** A file and what is said of it, by column. */
export interface LabelledFile {
  /** Absolute. */
  readonly path: string;
  readonly cells: ReadonlyMap<string, string>;
}

/** What one model heard of labelled files, and what that is worth. */
export interface Hearing {
  /** `<model id>@<version>`. */
  readonly model: string;
  readonly reports: readonly TaskReport[];
  /** Why other tasks were left out. */
  readonly notJudged: readonly NotJudged[];
  readonly tracks: ReadonlyMap<EvaluatedTask, readonly LabelledTrack[]>;
}

/**
 * Compares what a model heard with the labels of each task.
 *
 * @param heard by path, at least one
 * @param columns where the files have the labels of each task
 * @param labelsOf as `judgeTask` has it
 * @throws LabelError as `judgeTask`
 */
export function judgeHeard(
  model: string,
  heard: ReadonlyMap<string, HeardTrack>,
  files: readonly LabelledFile[],
  columns: ReadonlyMap<EvaluatedTask, readonly string[]>,
  labelsOf: (task: VerdictTask) => readonly string[] | null,
): Hearing {
  const [first] = heard.values();
  if (!first) throw new RangeError('there is no track to judge');
  const reports: TaskReport[] = [];
  const notJudged: NotJudged[] = [];
  const tracks = new Map<EvaluatedTask, readonly LabelledTrack[]>();
  for (const [task, names] of columns) {
    const labelled = files.flatMap(({ path, cells }) => {
      const track = heard.get(path);
      return track ? [{ path, heard: track, cells: names.map((name) => cells.get(name) ?? '') }] : [];
    });
    tracks.set(task, labelled);
    const judged = judgeTask(task, labelled, first, labelsOf);
    if ('report' in judged) reports.push(judged.report);
    else notJudged.push(judged);
  }
  return { model, reports, notJudged, tracks };
}

/** Both models on each task that both were judged by. */
export function compareAll(first: Hearing, second: Hearing): Comparison[] {
  const heardBy = ({ model, tracks }: Hearing, report: TaskReport): Heard => ({
    ...{ model, report },
    tracks: tracks.get(report.task) ?? [],
  });
  return first.reports.flatMap((report) => {
    const other = second.reports.find(({ task }) => task === report.task);
    const comparison = other && compareTask(heardBy(first, report), heardBy(second, other));
    return comparison ? [comparison] : [];
  });
}

/** Of each task that has a verdict a track. */
export const judgedTasks = ({ model, reports, tracks }: Hearing): JudgedTask[] =>
  reports.flatMap((report) =>
    isVerdictReport(report) ? [{ model, report, tracks: judgedTracks(report, tracks.get(report.task) ?? []) }] : [],
  );
