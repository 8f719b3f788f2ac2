import { basename, dirname } from 'node:path';
import { isNamed, isNotMusic, nearestLabel, type Affect, type Verdict } from '#shared/domain/analysis';
import { displayLabel, quadrantOf } from '#shared/domain/vocabulary';
import type { Output } from './output';
import { bar, count, duration, paint, percent, printable } from './terminal';
import type { AnalysedLine, TrackLine } from './track-line';

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
    line.quick ? `${count(line.windows, 'window')}, quick` : count(line.windows, 'window'),
    ...(line.cached ? ['known already'] : []),
  ];
  output.say(
    `${paint('bold', printable(basename(line.path)))}  ${paint('dim', `${facts.join(', ')} · ${printable(dirname(line.path))}`)}`,
    ...(line.genre ? describeVerdict('genre', line.genre, 3) : []),
    ...describeWide(line),
    ...(line.mood ? describeVerdict('mood', line.mood, 2) : []),
    ...(line.affect && !isNotMusic(line.content) ? [describeAffect(line.affect)] : []),
    ...(isNotMusic(line.content) ? [describeContent(line.content!)] : []),
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
function sureness(verdict: Verdict): string {
  const { confidence, abstainReason } = verdict;
  const share = `${Math.round(confidence * 100)} %`;
  if (abstainReason === 'not-music') return paint('yellow', 'not music');
  if (abstainReason === 'other-genre') return paint('yellow', `rather ${displayLabel(nearestLabel(verdict))}`);
  return abstainReason === 'unsure' ? paint('yellow', `not sure enough (${share})`) : `${share} sure`;
}

/** The labels of the wide vocabulary that are named, with their scores; nothing of what is no music. */
function describeWide({ wide, content }: AnalysedLine): string[] {
  const named = isNotMusic(content) ? [] : (wide?.filter(isNamed) ?? []);
  if (named.length === 0) return [];
  return [`  also   ${named.map(({ label, score }) => `${displayLabel(label)} ${percent(score).trim()}`).join(', ')}`];
}

function describeAffect({ valence, arousal, valenceSpread, arousalSpread }: Affect): string {
  const place = (value: number, spread: number): string =>
    `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)} ± ${spread.toFixed(2)}`;
  const { name } = quadrantOf(valence, arousal);
  return `         valence ${place(valence, valenceSpread)}, arousal ${place(arousal, arousalSpread)}: ${name.toLowerCase()}`;
}

const describeContent = ({ top, confidence }: Verdict): string =>
  paint('yellow', `  note   ${displayLabel(top)}, not music (${percent(confidence).trim()} sure)`);
