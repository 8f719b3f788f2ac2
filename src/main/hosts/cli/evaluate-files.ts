import { realpath } from 'node:fs/promises';
import type { JobFailure } from '#shared/contract/schemas';
import { CodedError, type Failure } from '#shared/domain/failure';
import { analysePaths } from './analyse-paths';
import { compareTask, type Comparison, type Heard } from './compare-task';
import { evaluateTask } from './evaluate-task';
import type { EvaluatedTask, LabelledTrack, TaskReport } from './evaluation';
import type { JudgedTask } from './evaluation-report/account';
import { isVerdictReport, judgedTracks } from './judged-tracks';
import type { LabelledFile } from './label-table';
import type { Session } from './session';
import type { AnalysedLine } from './track-line';
import { lookAtPaths } from './typed-paths';

/** What one model heard of the files, and what that is worth. */
export interface Hearing {
  /** `<model id>@<version>`. */
  readonly model: string;
  readonly failed: readonly JobFailure[];
  readonly reports: readonly TaskReport[];
  /** Why other tasks were left out. */
  readonly problems: readonly Failure[];
  readonly tracks: ReadonlyMap<EvaluatedTask, readonly LabelledTrack[]>;
}

/** Has the files heard by the session's model, and compares that with their labels. @throws CodedError where nothing could be judged */
export async function judge(
  session: Session,
  files: readonly LabelledFile[],
  columns: ReadonlyMap<EvaluatedTask, readonly string[]>,
  plan: string,
): Promise<Hearing> {
  const { analysed, failed } = await analyseFiles(session, files, plan);
  const [first] = analysed.values();
  if (!first) throw nothingJudged(failed);
  const reports: TaskReport[] = [];
  const problems: Failure[] = [];
  const tracks = new Map<EvaluatedTask, readonly LabelledTrack[]>();
  for (const [task, names] of columns) {
    const labelled = files.flatMap(({ path, cells }) => {
      const heard = analysed.get(path);
      return heard ? [{ path, heard, cells: names.map((name) => cells.get(name) ?? '') }] : [];
    });
    tracks.set(task, labelled);
    const result = await evaluateTask(session, first, task, labelled);
    if (result.ok) reports.push(result.value);
    else problems.push(result.failure);
  }
  if (reports.length === 0) throw CodedError.from(problems[0]!);
  return { model: first.model, failed, reports, problems, tracks };
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

function nothingJudged(failed: readonly JobFailure[]): CodedError {
  const [first] = failed;
  if (!first) return new CodedError('invalid-input', 'The table of labels names no file.');
  return new CodedError(first.code, `None of the files could be analysed. The first, ${first.path}: ${first.message}`);
}

async function analyseFiles(session: Session, files: readonly LabelledFile[], plan: string) {
  const { present, missing } = await lookAtPaths(files.map(({ path }) => path));
  const failed: JobFailure[] = [...missing];
  const byRealPath = new Map<string, AnalysedLine>();
  if (present.length > 0)
    await analysePaths(session, { paths: present, plan, force: false }, (line) => {
      if (line.status === 'ok') byRealPath.set(line.path, line);
      else failed.push({ path: line.path, code: line.code, message: line.message });
    });
  const analysed = new Map<string, AnalysedLine>();
  for (const path of present) {
    const line = byRealPath.get(await realpath(path));
    if (line) analysed.set(path, line);
  }
  return { analysed, failed };
}
