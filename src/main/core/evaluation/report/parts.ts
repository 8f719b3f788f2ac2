import { csvLine } from '../../report/csv';
import type { ReportForm } from '../../report/forms';
import type { EvaluationAccount } from './account';
import { evaluationPage } from './page';

const COLUMNS = ['model', 'task', 'path', 'label', 'heard', 'confidence', 'abstained', 'right'] as const;

/** A report of an evaluation, in parts to be written one after another: a page, JSON, or a table with a line for each verdict. */
export function* evaluationParts(account: EvaluationAccount, form: ReportForm): Generator<string> {
  switch (form) {
    case 'html':
      yield evaluationPage(account);
      return;
    case 'json':
      yield `${JSON.stringify(account, null, 1)}\n`;
      return;
    case 'csv':
      yield* lines(account);
  }
}

function* lines({ judged, sound }: EvaluationAccount): Generator<string> {
  const { columns = [], files = [] } = sound ?? {};
  const valuesOf = new Map(files.map(({ path, values }) => [path, values]));
  yield csvLine([...COLUMNS, ...columns]);
  for (const { model, report, tracks } of judged)
    for (const { path, label, heard, confidence, abstained, isRight } of tracks) {
      const values = valuesOf.get(path) ?? columns.map(() => null);
      yield csvLine([model, report.task, path, label, heard, confidence, abstained, isRight, ...values]);
    }
}
