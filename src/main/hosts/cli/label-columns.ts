import { LABEL_COLUMNS } from '../../core/evaluation/columns';
import { EVALUATED_TASKS, type EvaluatedTask } from '../../core/evaluation/tasks';
import { requireColumns, type LabelTable } from '../../backend/evaluation/label-table';
import { UsageError } from '../shared/exit';

interface Asked {
  readonly task?: EvaluatedTask;
  readonly column?: string;
}

/** @throws UsageError where a column is named and it is not clear what for */
export function checkAsked({ task, column }: Asked): void {
  if (column !== undefined && (task === undefined || task === 'valence-arousal'))
    throw new UsageError('--column names the labels of one task: say --task genre, mood, genre-wide or content too.');
}

/** The tasks to judge, each with its columns, which the table has. @throws LabelError, UsageError */
export function chooseColumns(
  table: Omit<LabelTable, 'files'>,
  { task, column }: Asked,
): Map<EvaluatedTask, readonly string[]> {
  if (task !== undefined) {
    const columns = column === undefined ? LABEL_COLUMNS[task] : [column];
    requireColumns(table, columns);
    return new Map([[task, columns]]);
  }
  const has = (name: string): boolean => table.columns.includes(name);
  const chosen = EVALUATED_TASKS.filter((each) => LABEL_COLUMNS[each].every(has));
  if (chosen.length > 0) return new Map(chosen.map((each) => [each, LABEL_COLUMNS[each]]));
  throw new UsageError(
    `${table.source} has no column that holds labels: ${Object.values(LABEL_COLUMNS).flat().join(', ')}. ` +
      `Its columns are: ${table.columns.join(', ')}. Name one with --task and --column.`,
  );
}
