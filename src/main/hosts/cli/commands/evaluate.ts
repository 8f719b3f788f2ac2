import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import type { JobFailure } from '#shared/contract/schemas';
import { CodedError, type Failure } from '#shared/domain/failure';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { analysePaths } from '../analyse-paths';
import { checkAsked, chooseColumns, evaluateTask } from '../evaluate-task';
import { EVALUATED_TASKS, type EvaluatedTask, type TaskReport } from '../evaluation';
import { describeEvaluation } from '../human-evaluation';
import { readLabelTable, type LabelledFile, type LabelTable } from '../label-table';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import type { AnalysedLine } from '../track-line';
import { lookAtPaths } from '../typed-paths';
import { addAnalysisOptions } from './analyze';

interface EvaluateFlags extends CommonFlags {
  readonly labels: string;
  readonly root?: string;
  readonly column?: string;
  readonly task?: EvaluatedTask;
  readonly windows: string;
}

interface Judged {
  /** `<model id>@<version>`. */
  readonly model: string;
  readonly failed: readonly JobFailure[];
}

/** What `evaluate --json` prints where one task is named. */
export type EvaluationReport = TaskReport & Judged;

/** What it prints where none is: a report of each task that both the table and the model speak of. */
export interface WholeEvaluation extends Judged {
  readonly reports: readonly TaskReport[];
}

export function addEvaluate(program: Command, context: CliContext): void {
  addProgressOptions(addAnalysisOptions(addBackendOptions(program.command('evaluate'))))
    .description('compare what the model hears with the labels of a table')
    .requiredOption('--labels <csv>', 'a CSV table with a column "file" and columns with labels')
    .addOption(
      new Option('--task <task>', 'what to compare (default: all that the table and the model speak of)').choices(
        EVALUATED_TASKS,
      ),
    )
    .option(
      '--column <name>',
      'the column of the task (default: genre, mood, content, genres with semicolons, or valence and arousal)',
    )
    .option('--root <dir>', "the folder that the files' paths start from (default: the table's folder)")
    .option('--json', 'print the figures as one JSON value')
    .action(async (flags: EvaluateFlags) => {
      checkAsked(flags);
      const table = await readLabelTable(flags.labels, flags.root);
      const columns = chooseColumns(table, flags);
      process.exitCode = await withTemporaryLibrary(flags, (library) =>
        withSession(context, { ...flags, library }, (session) => evaluate(session, table, columns, flags)),
      );
    });
}

/** Files that are only judged do not belong into the user's own library. */
async function withTemporaryLibrary(flags: CommonFlags, work: (library: string) => Promise<number>): Promise<number> {
  if (flags.library !== undefined) return work(flags.library);
  const folder = await mkdtemp(join(tmpdir(), 'genregram-evaluate-'));
  try {
    return await work(join(folder, 'library.sqlite'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function evaluate(
  session: Session,
  { files }: LabelTable,
  columns: ReadonlyMap<EvaluatedTask, readonly string[]>,
  flags: EvaluateFlags,
): Promise<number> {
  const { output } = session;
  const { analysed, failed } = await analyseFiles(session, files, flags.windows);
  const [first] = analysed.values();
  if (!first) throw nothingJudged(failed);
  const { model } = first;
  const reports: TaskReport[] = [];
  const problems: Failure[] = [];
  for (const [task, names] of columns) {
    const tracks = files.flatMap(({ path, cells }) => {
      const heard = analysed.get(path);
      return heard ? [{ path, heard, cells: names.map((name) => cells.get(name) ?? '') }] : [];
    });
    const result = await evaluateTask(session, first, task, tracks);
    if (result.ok) reports.push(result.value);
    else problems.push(result.failure);
  }
  const [only] = reports;
  if (!only) throw CodedError.from(problems[0]!);
  for (const { message } of problems) output.note(`Left out: ${message}`);
  output.value(flags.task === undefined ? { model, failed, reports } : { ...only, model, failed });
  reports.forEach((report, i) => output.say(...(i > 0 ? ['', ''] : []), ...describeEvaluation(report, model)));
  for (const failure of failed) output.failure(failure.path, failure);
  return EXIT.done;
}

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
