import { displayLabel } from '#shared/domain/vocabulary';
import { occurringLabels } from '../../core/evaluation/confusion';
import type { AffectReport, Stranger, TaskReport, VerdictReport, WideReport } from '../../core/evaluation/tasks';
import { bar, count, paint, percent, printable, table } from './terminal';

/** The figures of one task of `evaluate` for people. */
export function describeEvaluation(report: TaskReport, model: string): string[] {
  return [paint('bold', `${printable(model)} on ${count(report.n, 'track')}, by ${report.task}`), ...describe(report)];
}

function describe(report: TaskReport): string[] {
  switch (report.task) {
    case 'genre-wide':
      return describeWide(report);
    case 'valence-arousal':
      return describeAffect(report);
    case 'genre':
    case 'mood':
    case 'content':
      return describeVerdicts(report);
  }
}

function describeVerdicts(report: VerdictReport): string[] {
  const { n, accuracy, named, namedRight, macroF1, top2, ece } = report;
  return [
    ...table([
      ['right', percent(accuracy), bar(accuracy, 24)],
      ['right or second', percent(top2), bar(top2, 24)],
      ['named', percent(named / n), bar(named / n, 24)],
      ...(named > 0 ? [['right of the named', percent(namedRight / named), bar(namedRight / named, 24)]] : []),
      ['macro F1', macroF1.toFixed(3)],
      ['calibration error', ece.toFixed(3)],
    ]),
    '',
    ...describeClasses(report),
    '',
    ...describeConfusion(report),
    '',
    ...describeCoverage(report),
    ...describeUnknown(report),
    ...report.skipped.map(describeStranger),
  ];
}

function describeWide(report: WideReport): string[] {
  const labels = Object.entries(report.perLabel)
    .filter(([, { support }]) => support > 0)
    .sort(([, a], [, b]) => (b.averagePrecision ?? 0) - (a.averagePrecision ?? 0))
    .map(([label, figures]) => [
      displayLabel(label),
      figure(figures.averagePrecision, 2),
      figure(figures.auroc, 2),
      figures.f1.toFixed(2),
      figures.support,
      bar(figures.averagePrecision ?? 0, 16),
    ]);
  return [
    ...table([
      ['mean average precision', figure(report.meanAveragePrecision)],
      ['mean AUROC', figure(report.macroAuroc)],
      ['macro F1 at the thresholds', figure(report.macroF1)],
      ['micro F1 at the thresholds', figure(report.microF1)],
    ]),
    '',
    ...table([['', 'AP', 'AUROC', 'F1', 'tracks'], ...labels]),
    ...report.skipped.map(describeStranger),
  ];
}

function describeAffect({ valence, arousal }: AffectReport): string[] {
  const rows = Object.entries({ valence, arousal }).map(([name, { pearson, r2, rmse }]) => [
    name,
    figure(pearson),
    figure(r2),
    rmse.toFixed(3),
  ]);
  return table([['', 'Pearson r', 'R2', 'RMSE'], ...rows]);
}

/** What can't be told is a dash. */
const figure = (value: number | null, digits = 3): string => value?.toFixed(digits) ?? '–';

const describeStranger = ({ label, count: files }: Stranger): string =>
  paint('yellow', `Left out: ${count(files, 'file')} labelled "${printable(label)}", which the model does not know.`);

function describeClasses({ perClass }: VerdictReport): string[] {
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
function describeConfusion({ confusion: { labels, matrix } }: VerdictReport): string[] {
  const shown = occurringLabels(labels, matrix);
  const header = ['is \\ heard as', ...shown.map(({ label }) => displayLabel(label).slice(0, 7))];
  const rows = shown.map(({ label, index }) => [
    displayLabel(label),
    ...shown.map((column) => matrix[index]?.[column.index] ?? 0),
  ]);
  return table([header, ...rows]);
}

/** What it would gain to leave the less sure verdicts to the listener. */
function describeCoverage({ atCoverage }: VerdictReport): string[] {
  const rows = atCoverage.map(({ coverage, accuracy, threshold }) => [
    percent(coverage),
    percent(accuracy),
    threshold.toFixed(2),
  ]);
  return table([['of the surest', 'are right', 'from confidence'], ...rows]);
}

function describeUnknown({ unknown: { n, named, auroc } }: VerdictReport): string[] {
  if (n === 0) return [];
  return [
    '',
    `  ${count(n, 'unknown track')}: a known one is surer in ${percent(auroc ?? 0).trim()} of pairs (AUROC). Named all the same: ${named}.`,
  ];
}
