import { extname, resolve } from 'node:path';
import { REPORT_FORMS, type ReportForm } from '../../../core/report/forms';
import { writeParts } from '../../shared/atomic-file';
import { UsageError } from '../../shared/exit';
import { csvLine } from '../../../core/report/csv';
import { cellsOf, COLUMN_NAMES } from '../results/track-record';
import type { Report } from './collect';
import { reportPage } from './page';

/** The form that a file's name asks for. @throws UsageError */
export function formOf(file: string): ReportForm {
  const form = REPORT_FORMS.find((one) => extname(file).toLowerCase() === `.${one}`);
  if (form !== undefined) return form;
  throw new UsageError(`A report's name ends with .html, .json or .csv; ${file} does not.`);
}

/** Writes a report. @returns its absolute path */
export async function writeReport(report: Report, form: ReportForm, file: string): Promise<string> {
  const path = resolve(file);
  await writeParts(path, partsOf(report, form));
  return path;
}

function* partsOf(report: Report, form: ReportForm): Generator<string> {
  switch (form) {
    case 'html':
      yield reportPage(report);
      return;
    case 'json':
      yield `${JSON.stringify(report, null, 1)}\n`;
      return;
    case 'csv':
      yield csvLine(COLUMN_NAMES);
      for (const record of report.records) yield csvLine(cellsOf(record));
  }
}
