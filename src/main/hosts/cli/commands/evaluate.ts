import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { judge, type EvaluationMetrics, type Prediction } from '../../../core/evaluation/metrics';
import { createLabelMatcher } from '../../../core/evaluation/match-labels';
import type { JobFailure } from '#shared/contract/schemas';
import type { VerdictTask } from '#shared/domain/analysis';
import { CodedError } from '#shared/domain/failure';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { analysePaths } from '../analyse-paths';
import { describeEvaluation } from '../human-evaluation';
import { readLabelTable, type LabelledFile } from '../label-table';
import { withSession, type CliContext, type CommonFlags, type Session } from '../session';
import type { AnalysedLine } from '../track-line';
import { lookAtPaths } from '../typed-paths';
import { addAnalysisOptions } from './analyze';

interface EvaluateFlags extends CommonFlags {
  readonly labels: string;
  readonly root?: string;
  readonly column: string;
  readonly task: VerdictTask;
  readonly windows: string;
}

/** What `evaluate --json` prints. */
export interface EvaluationReport extends EvaluationMetrics {
  readonly task: VerdictTask;
  /** `<model id>@<version>`. */
  readonly model: string;
  readonly failed: readonly JobFailure[];
  /** Labels that the model does not have, as the table spells them, and how many files have them. */
  readonly skipped: readonly { readonly label: string; readonly count: number }[];
}

export function addEvaluate(program: Command, context: CliContext): void {
  addAnalysisOptions(addBackendOptions(program.command('evaluate')))
    .description('compare what the model hears with the labels of a table')
    .requiredOption('--labels <csv>', 'a CSV table with a column "file" and one with labels')
    .requiredOption('--column <name>', 'the column that holds the labels')
    .addOption(new Option('--task <task>', 'what the labels are').choices(['genre', 'mood']).makeOptionMandatory())
    .option('--root <dir>', "the folder that the files' paths start from (default: the table's folder)")
    .option('--json', 'print the figures as one JSON value')
    .action(async (flags: EvaluateFlags) => {
      const files = await readLabelTable(flags.labels, flags.column, flags.root);
      process.exitCode = await withTemporaryLibrary(flags, (library) =>
        withSession(context, { ...flags, library }, (session) => evaluate(session, files, flags)),
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

async function evaluate(session: Session, files: readonly LabelledFile[], flags: EvaluateFlags): Promise<number> {
  const { analysed, failed } = await analyseFiles(session, files, flags.windows);
  const [first] = analysed.values();
  if (!first) throw nothingJudged(failed);
  const labels = await labelsOf(session, first, flags.task);
  const { predictions, skipped } = compare(files, analysed, labels, flags.task);
  if (predictions.length === 0)
    throw new CodedError(
      'invalid-input',
      `No file has a label that the model knows. It knows: ${labels.join(', ')}. Is --column the right one?`,
    );
  const { model } = first;
  const report: EvaluationReport = { ...judge(labels, predictions), task: flags.task, model, failed, skipped };
  session.output.value(report);
  session.output.say(...describeEvaluation(report));
  for (const failure of failed) session.output.failure(failure.path, failure);
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

/** The labels of the model's output for the task, in its own order. */
async function labelsOf({ client }: Session, line: AnalysedLine, task: VerdictTask): Promise<readonly string[]> {
  const models = await client.call('models.list', {});
  const model = models.find(({ id, version }) => `${id}@${version}` === line.model);
  const output = model?.outputs.find((one) => one.task === task);
  if (output) return output.labels;
  throw new CodedError(
    'not-available',
    `The model ${line.model} says nothing of ${task}. Choose another with --model.`,
  );
}

function compare(
  files: readonly LabelledFile[],
  analysed: ReadonlyMap<string, AnalysedLine>,
  labels: readonly string[],
  task: VerdictTask,
) {
  const match = createLabelMatcher(labels);
  const predictions: Prediction[] = [];
  const strangers = new Map<string, number>();
  for (const { path, label } of files) {
    const truth = match(label);
    if (truth === null) {
      strangers.set(label, (strangers.get(label) ?? 0) + 1);
      continue;
    }
    const verdict = analysed.get(path)?.[task];
    if (verdict)
      predictions.push({ truth, ranked: verdict.histogram.map((bar) => bar.label), confidence: verdict.confidence });
  }
  return { predictions, skipped: [...strangers].map(([label, count]) => ({ label, count })) };
}
