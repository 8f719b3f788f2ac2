import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { JobFailure } from '#shared/contract/schemas';
import { CodedError, type Failure } from '#shared/domain/failure';
import { EXIT, UsageError } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { analysePaths } from '../analyse-paths';
import { compareTask, type Comparison } from '../compare-task';
import { checkAsked, chooseColumns, evaluateTask } from '../evaluate-task';
import { EVALUATED_TASKS, type EvaluatedTask, type LabelledTrack, type TaskReport } from '../evaluation';
import { describeComparison } from '../human-comparison';
import { describeEvaluation } from '../human-evaluation';
import { FOLDER_COLUMNS, LABELS_FROM, readLabelFolder, type LabelsFrom } from '../label-folder';
import { readLabelTable, type LabelledFile, type LabelTable } from '../label-table';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import type { AnalysedLine } from '../track-line';
import { lookAtPaths } from '../typed-paths';
import { addAnalysisOptions } from './analyze';

interface EvaluateFlags extends CommonFlags {
  readonly labels?: string;
  readonly labelsFrom?: LabelsFrom;
  readonly root?: string;
  readonly column?: string;
  readonly task?: EvaluatedTask;
  readonly windows: string;
  readonly against?: string;
}

interface Judged {
  /** `<model id>@<version>`. */
  readonly model: string;
  readonly failed: readonly JobFailure[];
}

/** What `evaluate --json` prints where one task is named. */
export type EvaluationReport = TaskReport & Judged & Partial<Compared>;

/** What it prints where none is: a report of each task that both the table and the model speak of. */
export interface WholeEvaluation extends Judged, Partial<Compared> {
  readonly reports: readonly TaskReport[];
}

/** With `--against`: the other model's reports, and both on the tracks that both were judged on. */
interface Compared {
  readonly against: Judged & { readonly reports: readonly TaskReport[] };
  readonly comparisons: readonly Comparison[];
}

export function addEvaluate(program: Command, context: CliContext): void {
  addProgressOptions(addAnalysisOptions(addBackendOptions(program.command('evaluate'))))
    .description('compare what the model hears with labels, and two models with each other')
    .argument('[folder]', 'a folder of music whose files have labels, instead of a table')
    .addOption(
      new Option('--labels-from <what>', 'the labels of a folder: names of folders, or the files’ own tags')
        .choices(LABELS_FROM)
        .default(undefined, '"folder"'),
    )
    .option('--labels <csv>', 'a CSV table with a column "file" and columns with labels')
    .addOption(
      new Option('--task <task>', 'what to compare (default: all that the labels and the model speak of)').choices(
        EVALUATED_TASKS,
      ),
    )
    .option(
      '--column <name>',
      'the column of the task (default: genre, mood, content, genres with semicolons, or valence and arousal)',
    )
    .option('--root <dir>', "the folder that the files' paths start from (default: the table's folder)")
    .option('--against <id>', 'another model that hears the same files: who is right more often, and is it chance?')
    .option('--json', 'print the figures as one JSON value')
    .action(async (folder: string | undefined, flags: EvaluateFlags) => {
      checkAsked(flags);
      const labels = await labelsAsked(folder, flags);
      const columns = chooseColumns(labels, flags);
      process.exitCode = await withTemporaryLibrary(flags, async (library) => {
        const hear = async (session: Session): Promise<Hearing> =>
          judge(session, await labels.files(session), columns, flags);
        // Who is told of stands open last: its session also prints.
        const against =
          flags.against === undefined
            ? null
            : await withSession(context, { ...flags, library, model: flags.against }, hear);
        return withSession(context, { ...flags, library }, async (session) => {
          tell(session, await hear(session), against, flags);
          return EXIT.done;
        });
      });
    });
}

interface Labels extends Omit<LabelTable, 'files'> {
  readonly files: (session: Session) => Promise<readonly LabelledFile[]>;
}

/** @throws UsageError where it is not clear which labels are meant */
async function labelsAsked(folder: string | undefined, { labels, labelsFrom, root }: EvaluateFlags): Promise<Labels> {
  if (folder === undefined) {
    if (labels === undefined)
      throw new UsageError('Say what the labels are: a table with --labels, or a folder whose files have labels.');
    if (labelsFrom !== undefined) throw new UsageError('--labels-from is for a folder: name one.');
    const { files, ...table } = await readLabelTable(labels, root);
    return { ...table, files: () => Promise.resolve(files) };
  }
  if (labels !== undefined || root !== undefined)
    throw new UsageError('A folder brings its own labels: leave out --labels and --root, or the folder.');
  const { missing } = await lookAtPaths([folder]);
  if (missing[0]) throw new CodedError(missing[0].code, missing[0].message);
  const from = labelsFrom ?? 'folder';
  return {
    source: folder,
    columns: FOLDER_COLUMNS[from],
    files: (session) => readLabelFolder(session, resolve(folder), from),
  };
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

/** What one model heard of the files, and what that is worth. */
interface Hearing extends Judged {
  readonly reports: readonly TaskReport[];
  /** Why other tasks were left out. */
  readonly problems: readonly Failure[];
  readonly tracks: ReadonlyMap<EvaluatedTask, readonly LabelledTrack[]>;
}

async function judge(
  session: Session,
  files: readonly LabelledFile[],
  columns: ReadonlyMap<EvaluatedTask, readonly string[]>,
  flags: EvaluateFlags,
): Promise<Hearing> {
  const { analysed, failed } = await analyseFiles(session, files, flags.windows);
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

function tell({ output }: Session, first: Hearing, second: Hearing | null, flags: EvaluateFlags): void {
  const { model, failed, reports } = first;
  const comparisons = second && compareAll(first, second);
  const compared = second && {
    against: { model: second.model, failed: second.failed, reports: second.reports },
    comparisons,
  };
  // A folder's name may be a label of any task: that it is none of the others is no news.
  if (flags.labels !== undefined) for (const { message } of first.problems) output.note(`Left out: ${message}`);
  output.value(
    flags.task === undefined ? { model, failed, reports, ...compared } : { ...reports[0], model, failed, ...compared },
  );
  const parts = [first, ...(second ? [second] : [])].flatMap((hearing) =>
    hearing.reports.map((report) => describeEvaluation(report, hearing.model)),
  );
  for (const comparison of comparisons ?? []) parts.push(describeComparison(comparison));
  parts.forEach((lines, i) => output.say(...(i > 0 ? ['', ''] : []), ...lines));
  for (const failure of failed) output.failure(failure.path, failure);
}

/** Both models on each task that both were judged by. */
function compareAll(first: Hearing, second: Hearing): Comparison[] {
  return first.reports.flatMap((report) => {
    const other = second.reports.find(({ task }) => task === report.task);
    const tracks = [first, second].map((hearing) => hearing.tracks.get(report.task) ?? []);
    const comparison = other && compareTask([first.model, second.model], [report, other], tracks);
    return comparison ? [comparison] : [];
  });
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
