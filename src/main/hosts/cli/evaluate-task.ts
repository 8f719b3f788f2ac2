import type { VerdictTask } from '#shared/domain/analysis';
import { failed, ok, type Result } from '#shared/domain/failure';
import { UsageError } from '../shared/exit';
import {
  EVALUATED_TASKS,
  evaluateAffect,
  evaluateVerdicts,
  evaluateWide,
  type EvaluatedTask,
  type LabelledTrack,
  type TaskReport,
} from './evaluation';
import { requireColumns, type LabelTable } from './label-table';
import type { Session } from './session';
import type { AnalysedLine } from './track-line';

/** Where a task's labels stand unless `--column` names another column. */
const COLUMNS: Readonly<Record<EvaluatedTask, readonly string[]>> = {
  genre: ['genre'],
  mood: ['mood'],
  'genre-wide': ['genres'],
  'valence-arousal': ['valence', 'arousal'],
  content: ['content'],
};

interface Asked {
  readonly task?: EvaluatedTask;
  readonly column?: string;
}

/** @throws UsageError where a column is named and it is not clear what for */
export function checkAsked({ task, column }: Asked): void {
  if (column !== undefined && (task === undefined || task === 'valence-arousal'))
    throw new UsageError('--column names the labels of one task: say --task genre, mood, genre-wide or content too.');
}

/** The tasks to judge, each with its columns, which the table has. */
export function chooseColumns(
  table: Omit<LabelTable, 'files'>,
  { task, column }: Asked,
): Map<EvaluatedTask, readonly string[]> {
  if (task !== undefined) {
    const columns = column === undefined ? COLUMNS[task] : [column];
    requireColumns(table, columns);
    return new Map([[task, columns]]);
  }
  const has = (name: string): boolean => table.columns.includes(name);
  const chosen = EVALUATED_TASKS.filter((each) => COLUMNS[each].every(has));
  if (chosen.length > 0) return new Map(chosen.map((each) => [each, COLUMNS[each]]));
  throw new UsageError(
    `${table.source} has no column that holds labels: ${Object.values(COLUMNS).flat().join(', ')}. ` +
      `Its columns are: ${table.columns.join(', ')}. Name one with --task and --column.`,
  );
}

/** Fails with `not-available` where the model has no such output, with `invalid-input` if no row has a label to compare. */
export async function evaluateTask(
  session: Session,
  first: AnalysedLine,
  task: EvaluatedTask,
  tracks: readonly LabelledTrack[],
): Promise<Result<TaskReport>> {
  switch (task) {
    case 'genre':
    case 'mood':
    case 'content': {
      if (!first[task]) return saysNothing(first, task);
      const labels = await labelsOf(session, first, task);
      return reported(first, evaluateVerdicts(task, labels, tracks), labels);
    }
    case 'genre-wide':
      if (!first.wide) return saysNothing(first, task);
      return reported(
        first,
        evaluateWide(tracks),
        first.wide.map(({ label }) => label),
      );
    case 'valence-arousal': {
      if (!first.affect) return saysNothing(first, task);
      const report = evaluateAffect(tracks);
      return report ? ok(report) : failed('invalid-input', 'No file has numbers in both columns, valence and arousal.');
    }
  }
}

const saysNothing = ({ model }: AnalysedLine, task: EvaluatedTask) =>
  failed('not-available', `The model ${model} says nothing of ${task}. Choose another with --model.`);

const reported = ({ model }: AnalysedLine, report: TaskReport | null, labels: readonly string[]): Result<TaskReport> =>
  report
    ? ok(report)
    : failed(
        'invalid-input',
        `No file has a label that the model ${model} knows. It knows: ${labels.join(', ')}. Is --column the right one?`,
      );

/** The labels of a verdict's task, in the order of the model's output. */
async function labelsOf({ client }: Session, line: AnalysedLine, task: VerdictTask): Promise<readonly string[]> {
  const { models } = await client.call('models.list', {});
  const model = models.find(({ id, version }) => `${id}@${version}` === line.model);
  const output = model?.outputs.find((one) => one.task === task);
  return output?.labels ?? line[task]?.histogram.map(({ label }) => label).sort() ?? [];
}
