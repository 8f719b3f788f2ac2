import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { JobFailure } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import { readLabelTable, type LabelTable } from '../../../backend/evaluation/label-table';
import { FOLDER_COLUMNS, LABELS_FROM, type LabelsFrom } from '../../../core/evaluation/columns';
import type { Comparison } from '../../../core/evaluation/compare-task';
import { compareAll, judgedTasks, type LabelledFile } from '../../../core/evaluation/hearing';
import { LabelError } from '../../../core/evaluation/label-error';
import type { JudgedTask, SoundOfFiles } from '../../../core/evaluation/report/account';
import { evaluationParts } from '../../../core/evaluation/report/parts';
import { EVALUATED_TASKS, type EvaluatedTask, type TaskReport } from '../../../core/evaluation/tasks';
import { writeParts } from '../../shared/atomic-file';
import { EXIT, UsageError } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { appVersion } from '../../shared/paths';
import { judge, type HeardFiles } from '../evaluate-files';
import { describeComparison } from '../human-comparison';
import { describeEvaluation } from '../human-evaluation';
import { checkAsked, chooseColumns } from '../label-columns';
import { readLabelFolder } from '../label-folder';
import { describeFiles, parseColumns } from '../describe-files';
import { formOf } from '../report/write';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { withTemporaryLibrary } from '../temporary-library';
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
  readonly report?: string;
  readonly describe?: string | true;
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
    .option('--report <file>', 'verdicts and figures, as a page (.html), JSON (.json) or a table (.csv)')
    .option(
      '--describe [columns]',
      'with --report: how the files of each label sound; statistics as "describe" has them (default: the same)',
    )
    .option('--json', 'print the figures as one JSON value')
    .action((folder: string | undefined, flags: EvaluateFlags) => evaluate(context, folder, flags).catch(asTyped));
}

/** Labels that can't be meant so were typed so, or stand so in the table that was typed. @throws UsageError for a LabelError */
function asTyped(error: unknown): never {
  throw error instanceof LabelError ? new UsageError(error.message) : error;
}

async function evaluate(context: CliContext, folder: string | undefined, flags: EvaluateFlags): Promise<void> {
  checkAsked(flags);
  if (flags.report !== undefined) formOf(flags.report);
  if (flags.describe !== undefined && flags.report === undefined)
    throw new UsageError('--describe goes into a report: add --report and a file.');
  const described = flags.describe === undefined ? null : parseColumns(flags.describe);
  const labels = await labelsAsked(folder, flags);
  const columns = chooseColumns(labels, flags);
  process.exitCode = await withTemporaryLibrary(flags, async (library) => {
    const hear = async (session: Session): Promise<HeardFiles> =>
      judge(session, await labels.files(session), columns, flags.windows);
    // Who is told of stands open last: its session also prints.
    const against =
      flags.against === undefined
        ? null
        : await withSession(context, { ...flags, library, model: flags.against }, hear);
    return withSession(context, { ...flags, library }, async (session) => {
      const first = await hear(session);
      const comparisons = against ? compareAll(first, against) : [];
      tell(session, first, against && { ...against, comparisons }, flags);
      if (flags.report !== undefined) {
        const judged = [first, ...(against ? [against] : [])].flatMap(judgedTasks);
        const account = {
          madeAt: new Date().toISOString(),
          madeBy: `Genregram ${appVersion(context.programFolder)}`,
          source: labels.source,
          plan: flags.windows,
          judged,
          comparisons,
          ...(described && { sound: await soundOf(session, judged, described) }),
        };
        const path = resolve(flags.report);
        await writeParts(path, evaluationParts(account, formOf(flags.report)));
        session.output.say('', `Report: ${path}`);
      }
      return EXIT.done;
    });
  });
}

/** Statistics of all files that were judged. */
async function soundOf(
  session: Session,
  judged: readonly JudgedTask[],
  columns: readonly string[],
): Promise<SoundOfFiles> {
  const paths = [...new Set(judged.flatMap(({ tracks }) => tracks.map(({ path }) => path)))];
  const files: SoundOfFiles['files'][number][] = [];
  let failed = 0;
  for await (const { path, description } of describeFiles(session, paths, columns)) {
    if (description.status === 'ok') files.push({ path, values: description.values });
    else failed++;
  }
  return { columns, files, failed };
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

function tell(
  { output }: Session,
  first: HeardFiles,
  second: (HeardFiles & Pick<Compared, 'comparisons'>) | null,
  flags: EvaluateFlags,
): void {
  const { model, failed, reports } = first;
  const compared = second && {
    against: { model: second.model, failed: second.failed, reports: second.reports },
    comparisons: second.comparisons,
  };
  // A folder's name may be a label of any task: that it is none of the others is no news.
  if (flags.labels !== undefined) for (const { message } of first.problems) output.note(`Left out: ${message}`);
  output.value(
    flags.task === undefined ? { model, failed, reports, ...compared } : { ...reports[0], model, failed, ...compared },
  );
  const parts = [first, ...(second ? [second] : [])].flatMap((hearing) =>
    hearing.reports.map((report) => describeEvaluation(report, hearing.model)),
  );
  for (const comparison of second?.comparisons ?? []) parts.push(describeComparison(comparison));
  parts.forEach((lines, i) => output.say(...(i > 0 ? ['', ''] : []), ...lines));
  for (const failure of failed) output.failure(failure.path, failure);
}
