import { basename, dirname } from 'node:path';
import type { Verdict } from '#shared/domain/analysis';
import { displayLabel } from '#shared/domain/vocabulary';
import type { Output } from './output';
import { bar, count, duration, paint, percent, printable } from './terminal';
import type { TrackLine } from './track-line';

/** Bars under this share are noise to a reader. */
const SMALLEST_SHARE = 0.05;
const LABEL_WIDTH = 12;
const BAR_WIDTH = 24;
const WINDOWS_WIDTH = 11;

/** A track's line of `analyze` for people: its name, then the histograms' largest bars. */
export function sayTrack(output: Output, line: TrackLine): void {
  if (line.status === 'failed') {
    output.failure(line.path, line);
    return;
  }
  const facts = [
    ...(line.durationSec === null ? [] : [duration(line.durationSec)]),
    count(line.windows, 'window'),
    ...(line.cached ? ['known already'] : []),
  ];
  output.say(
    `${paint('bold', printable(basename(line.path)))}  ${paint('dim', `${facts.join(', ')} · ${printable(dirname(line.path))}`)}`,
    ...describeVerdict('genre', line.genre, 3),
    ...(line.mood ? describeVerdict('mood', line.mood, 2) : []),
    ...line.warnings.map((warning) => paint('yellow', `  note   ${printable(warning)}`)),
  );
}

function describeVerdict(task: string, verdict: Verdict, most: number): string[] {
  const shown = verdict.histogram.filter(({ share }, index) => index === 0 || share >= SMALLEST_SHARE).slice(0, most);
  return shown.map(({ label, share, votes }, index) => {
    const name = displayLabel(label).padEnd(LABEL_WIDTH);
    const bars = `${percent(share)}  ${paint('cyan', bar(share, BAR_WIDTH))}`;
    const windows = count(votes, 'window').padEnd(WINDOWS_WIDTH);
    if (index > 0) return `  ${' '.repeat(5)}  ${name} ${bars} ${paint('dim', windows.trimEnd())}`;
    const title = verdict.abstained ? name : paint('bold', name);
    return `  ${task.padEnd(5)}  ${title} ${bars} ${paint('dim', windows)}  ${sureness(verdict)}`;
  });
}

/** The calibrated confidence, which is not the bar's share: it tells how often such verdicts are right. */
function sureness({ confidence, abstained }: Verdict): string {
  const share = `${Math.round(confidence * 100)} %`;
  return abstained ? paint('yellow', `not sure enough (${share})`) : `${share} sure`;
}
