import { Presets, SingleBar } from 'cli-progress';
import { createProgressLines, type WorkStatus } from './progress-lines';
import { count, duration } from './terminal';

export const PROGRESS_KINDS = ['bar', 'json', 'none'] as const;
export type ProgressKind = (typeof PROGRESS_KINDS)[number];

/** How far the work is, on stderr. */
export interface Progress {
  show(status: WorkStatus): void;
  /** Wipes the bar so that a line can be written; the next `show` draws it again. */
  wipe(): void;
  end(): void;
}

const TITLES: Readonly<Record<WorkStatus['kind'], string>> = {
  scan: 'Scanning',
  analyze: 'Listening',
  refine: 'Listening in full',
  write: 'Writing',
  undo: 'Undoing',
  compare: 'Comparing models',
  evaluate: 'Evaluating',
  describe: 'Describing',
};

/** @param how `bar`, `json` (lines as `ProgressLine`), or `none`; a bar only where stderr is a terminal */
export function createProgress(how: ProgressKind): Progress {
  if (how === 'json') return { show: createProgressLines(), wipe: () => undefined, end: () => undefined };
  if (how === 'none' || !process.stderr.isTTY)
    return { show: () => undefined, wipe: () => undefined, end: () => undefined };
  let bar: SingleBar | null = null;
  const start = (title: string): SingleBar => {
    const format = `${title} {bar} {summary}`;
    const options = { format, stream: process.stderr, barsize: 24, hideCursor: true, clearOnComplete: true };
    const started = new SingleBar({ ...options, fps: 10, gracefulExit: false }, Presets.shades_classic);
    started.start(1, 0, { summary: '' });
    return started;
  };
  const end = (): void => {
    bar?.stop();
    bar = null;
  };
  return {
    show(status) {
      if (status.finishedAt !== null) {
        end();
        return;
      }
      bar ??= start(TITLES[status.kind]);
      bar.setTotal(Math.max(1, status.total ?? status.done + 1));
      bar.update(status.total === null ? 0 : status.done, { summary: summaryOf(status) });
    },
    wipe() {
      if (bar) process.stderr.write('\r\u001b[K');
    },
    end,
  };
}

/** `12 of 345 · 4.2 tracks/s · 1:19 left · 2 failed`. */
export function summaryOf(status: WorkStatus): string {
  const parts = [status.total === null ? `${status.done} so far` : `${status.done} of ${status.total}`];
  if (status.tracksPerSecond !== null) parts.push(`${status.tracksPerSecond.toFixed(1)} tracks/s`);
  if (status.secondsLeft !== null) parts.push(`${duration(status.secondsLeft)} left`);
  if (status.pass === 'quick') parts.push('a quick look, then in full');
  if (status.held !== null) parts.push(`${status.held}; it goes on by itself`);
  if (status.failed > 0) parts.push(count(status.failed, 'failed', 'failed'));
  return status.state === 'cancelling' ? 'stopping …' : parts.join(' · ');
}
