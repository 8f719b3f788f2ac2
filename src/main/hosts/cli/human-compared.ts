import { basename, dirname } from 'node:path';
import type { ComparedColumn } from '#shared/contract/model-comparison';
import { nearestLabel, type Verdict } from '#shared/domain/analysis';
import { compareVerdicts, type ComparedVerdicts } from '#shared/domain/comparison';
import { agreementSentence } from '#shared/domain/comparison-words';
import { displayLabel } from '#shared/domain/vocabulary';
import { bar, paint, percent, printable } from './terminal';

const LABEL_WIDTH = 12;
const BAR_WIDTH = 14;
/** A bar, a blank and a share. */
const COLUMN_WIDTH = BAR_WIDTH + 6;
const GAP = '   ';
const MOST_ROWS = { genre: 10, mood: 4 } as const;

type Task = keyof typeof MOST_ROWS;

/** What several models hear in a file, for people: a column each, its bars to the same scale. */
export function describeCompared(path: string, columns: readonly ComparedColumn[]): string[] {
  const shown = columns.filter(({ heard }) => heard !== null);
  return [
    `${paint('bold', printable(basename(path)))}  ${paint('dim', printable(dirname(path)))}`,
    ...(shown.length === 0
      ? []
      : [
          line(
            '',
            shown.map(({ model }) => idOf(model)),
            (text) => paint('bold', text),
          ),
          line('version', shown.map(versionOf), (text) => paint('dim', text)),
          line('windows', shown.map(windowsOf), (text) => paint('dim', text)),
          line('took', shown.map(tookOf), (text) => paint('dim', text)),
          ...describeTask('genre', shown),
          ...describeTask('mood', shown),
          ...describeDerived(shown),
        ]),
    ...columns.flatMap(({ model, failure }) =>
      failure ? [`  ${paint('red', '✗')} ${printable(model)}: ${printable(failure.message)} (${failure.code})`] : [],
    ),
  ];
}

function describeTask(task: Task, columns: readonly ComparedColumn[]): string[] {
  const verdicts = columns.map(({ heard }) => heard?.[task] ?? null);
  if (verdicts.every((verdict) => verdict === null)) return [];
  const compared = compareVerdicts(verdicts, MOST_ROWS[task]);
  const sentence = agreementSentence(compared.agreement, {
    model: (i) => idOf(columns[i]!.model),
    label: displayLabel,
  });
  return [
    ...(sentence === null ? [] : [`  ${task.padEnd(LABEL_WIDTH)}${GAP}${printable(sentence)}`]),
    line(
      sentence === null ? task : '',
      verdicts.map((verdict) => sureness(task, verdict)),
    ),
    ...compared.rows.map(({ label, cells }) =>
      line(
        displayLabel(label),
        cells.map((cell) => barCell(cell?.share ?? null, compared)),
        colourBar,
      ),
    ),
    ...(compared.others ? [line('others', compared.others.shares.map(shareAlone))] : []),
  ];
}

/** Why a model's shares are small and spread. */
function describeDerived(columns: readonly ComparedColumn[]): string[] {
  const derived = columns.filter(({ heard }) => heard?.genre?.derived).map(({ model }) => idOf(model));
  if (derived.length === 0) return [];
  const whose = derived.length === 1 ? 'has tags and no genres of its own' : 'have tags and no genres of their own';
  const line = `  ${derived.join(' and ')} ${whose}: the genres are gathered from these, so that shares are small.`;
  return [paint('dim', printable(line))];
}

/** One version of a model is installed, so that its id tells it from the others. */
const idOf = (model: string): string => model.replace(/@[^@]*$/, '');
const versionOf = ({ model }: ComparedColumn): string => model.slice(idOf(model).length + 1);

/** "12 of 3.0 s": how many, and how long each is. */
const windowsOf = ({ heard }: ComparedColumn): string =>
  heard ? `${heard.windows} of ${heard.windowSec.toFixed(1)} s` : '';

/** Decoding and hearing together. */
const tookOf = ({ heard }: ComparedColumn): string => (heard ? `${(heard.totalMs / 1000).toFixed(1)} s` : '');

/** "Rock, 71 %", "not sure (41 %)", "not music", "rather Ambient"; "no mood" of a model that tells none. */
function sureness(task: Task, verdict: Verdict | null): string {
  if (!verdict) return `no ${task}`;
  if (verdict.abstainReason === 'not-music') return 'not music';
  if (verdict.abstainReason === 'other-genre') return `rather ${displayLabel(nearestLabel(verdict))}`;
  const share = percent(verdict.confidence).trim();
  return verdict.abstained ? `not sure (${share})` : `${displayLabel(verdict.top)}, ${share}`;
}

/** A dash for a label that the model does not have. */
const barCell = (share: number | null, { largest }: ComparedVerdicts): string =>
  share === null ? '–' : `${bar(share / Math.max(largest, 0.3), BAR_WIDTH)} ${percent(share)}`;

const shareAlone = (share: number | null): string =>
  share === null ? '–' : `${' '.repeat(BAR_WIDTH)} ${percent(share)}`;

const colourBar = (text: string): string => text.replace(/[█▏▎▍▌▋▊▉]+/, (bars) => paint('cyan', bars));

/** Cells in columns of one width; what is too long for its column is cut. */
function line(head: string, cells: readonly string[], style: (text: string) => string = (text) => text): string {
  const fit = (text: string, width: number): string => {
    const plain = printable(text);
    return plain.length > width ? `${plain.slice(0, width - 1)}…` : plain.padEnd(width);
  };
  const row = [fit(head, LABEL_WIDTH), ...cells.map((cell) => style(fit(cell, COLUMN_WIDTH)))];
  return `  ${row.join(GAP)}`.trimEnd();
}
