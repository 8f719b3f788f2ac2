import { displayLabel } from '#shared/domain/vocabulary';
import type { EvaluationReport } from './commands/evaluate';
import { bar, count, paint, percent, printable, table } from './terminal';

/** The figures of `evaluate` for people. */
export function describeEvaluation(report: EvaluationReport): string[] {
  const { n, accuracy, macroF1, top2, ece } = report;
  return [
    paint('bold', `${printable(report.model)} on ${count(n, 'track')}, by ${report.task}`),
    ...table([
      ['right', percent(accuracy), bar(accuracy, 24)],
      ['right or second', percent(top2), bar(top2, 24)],
      ['macro F1', macroF1.toFixed(3)],
      ['calibration error', ece.toFixed(3)],
    ]),
    '',
    ...describeClasses(report),
    '',
    ...describeConfusion(report),
    ...describeRisk(report),
    ...report.skipped.map(({ label, count: files }) =>
      paint(
        'yellow',
        `Left out: ${count(files, 'file')} labelled "${printable(label)}", which the model does not know.`,
      ),
    ),
  ];
}

function describeClasses({ perClass }: EvaluationReport): string[] {
  const rows = Object.entries(perClass)
    .filter(([, { support }]) => support > 0)
    .map(([label, { precision, recall, f1, support }]) => [
      displayLabel(label),
      percent(precision),
      percent(recall),
      f1.toFixed(2),
      support,
      bar(f1, 16),
    ]);
  return table([['', 'precision', 'recall', 'F1', 'tracks'], ...rows]);
}

/** Only labels that occur, so that the table fits a terminal. */
function describeConfusion({ confusion: { labels, matrix } }: EvaluationReport): string[] {
  const shown = labels
    .map((label, index) => ({ label, index }))
    .filter(({ index }) => matrix.some((row, at) => (row[index] ?? 0) > 0 || (at === index && row.some((n) => n > 0))));
  const header = ['is \\ heard as', ...shown.map(({ label }) => displayLabel(label).slice(0, 7))];
  const rows = shown.map(({ label, index }) => [
    displayLabel(label),
    ...shown.map((column) => matrix[index]?.[column.index] ?? 0),
  ]);
  return table([header, ...rows]);
}

/** What it would cost to leave the less sure half to the listener. */
function describeRisk({ riskCoverage }: EvaluationReport): string[] {
  const half = riskCoverage.find(({ coverage }) => coverage >= 0.5);
  if (!half) return [];
  return ['', `Of the surer ${Math.round(half.coverage * 100)} %, ${Math.round(100 - half.risk * 100)} % are right.`];
}
