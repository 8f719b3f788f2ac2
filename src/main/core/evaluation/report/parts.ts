import { csvLine } from '../../report/csv';
import type { ReportForm } from '../../report/forms';
import type { EvaluationAccount } from './account';
import { evaluationPage } from './page';

const COLUMNS = ['model', 'task', 'path', 'label', 'heard', 'confidence', 'right'] as const;

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
      yield csvLine(COLUMNS);
      for (const { model, report, tracks } of account.judged)
        for (const { path, label, heard, confidence, isRight } of tracks)
          yield csvLine([model, report.task, path, label, heard, confidence, isRight]);
  }
}
