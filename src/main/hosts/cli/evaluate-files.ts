import { realpath } from 'node:fs/promises';
import type { JobFailure } from '#shared/contract/schemas';
import type { VerdictTask } from '#shared/domain/analysis';
import { CodedError, type Failure } from '#shared/domain/failure';
import { judgeHeard, type Hearing, type LabelledFile } from '../../core/evaluation/hearing';
import type { NotJudged } from '../../core/evaluation/judge-task';
import type { EvaluatedTask } from '../../core/evaluation/tasks';
import { analysePaths } from './analyse-paths';
import type { Session } from './session';
import type { AnalysedLine } from './track-line';
import { lookAtPaths } from './typed-paths';

/** What one model heard of the files, and what that is worth. */
export interface HeardFiles extends Hearing {
  readonly failed: readonly JobFailure[];
  /** Why other tasks were left out. */
  readonly problems: readonly Failure[];
}

/** Has the files heard by the session's model, and compares that with their labels. @throws CodedError where nothing could be judged */
export async function judge(
  session: Session,
  files: readonly LabelledFile[],
  columns: ReadonlyMap<EvaluatedTask, readonly string[]>,
  plan: string,
): Promise<HeardFiles> {
  const { analysed, failed } = await analyseFiles(session, files, plan);
  const [first] = analysed.values();
  if (!first) throw nothingJudged(failed);
  const hearing = judgeHeard(first.model, analysed, files, columns, await labelsOf(session, first.model));
  const problems = hearing.notJudged.map((why) => failureOf(first.model, why));
  if (hearing.reports.length === 0) throw CodedError.from(problems[0]!);
  return { ...hearing, failed, problems };
}

/** The labels of a model's output, in its order. */
async function labelsOf({ client }: Session, key: string): Promise<(task: VerdictTask) => readonly string[] | null> {
  const { models } = await client.call('models.list', {});
  const model = models.find(({ id, version }) => `${id}@${version}` === key);
  return (task) => model?.outputs.find((one) => one.task === task)?.labels ?? null;
}

function failureOf(model: string, notJudged: NotJudged): Failure {
  switch (notJudged.why) {
    case 'says-nothing':
      return {
        code: 'not-available',
        message: `The model ${model} says nothing of ${notJudged.task}. Choose another with --model.`,
      };
    case 'no-known-label':
      return {
        code: 'invalid-input',
        message: `No file has a label that the model ${model} knows. It knows: ${notJudged.known.join(', ')}. Is --column the right one?`,
      };
    case 'no-numbers':
      return { code: 'invalid-input', message: 'No file has numbers in both columns, valence and arousal.' };
  }
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
