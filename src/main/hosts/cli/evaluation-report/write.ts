import { resolve } from 'node:path';
import { writeParts } from '../../shared/atomic-file';
import { csvLine } from '../results/csv';
import type { ReportForm } from '../report/write';
import type { EvaluationAccount } from './account';
import { evaluationPage } from './page';

const COLUMNS = ['model', 'task', 'path', 'label', 'heard', 'confidence', 'right'] as const;

/** Writes a report of an evaluation: as a page, as JSON, or as a table with a line for each verdict. @returns its absolute path */
export async function writeEvaluation(account: EvaluationAccount, form: ReportForm, file: string): Promise<string> {
  const path = resolve(file);
  await writeParts(path, partsOf(account, form));
  return path;
}

function* partsOf(account: EvaluationAccount, form: ReportForm): Generator<string> {
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
