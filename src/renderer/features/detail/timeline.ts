import type { TrackDetail } from '#shared/contract/schemas';

type Analysis = NonNullable<TrackDetail['analysis']>;
type Probabilities = NonNullable<Analysis['perWindow']['genre']>;

/** What one window sounds like: its likeliest label and how likely, 0..1, and the runner-up. */
export interface WindowVerdict {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly probability: number;
  readonly second: { readonly label: string; readonly probability: number } | null;
}

/**
 * The verdict of each window, by start.
 *
 * @param probabilities row-major [windows, labels], 0..255
 */
export function windowVerdicts(
  probabilities: Probabilities,
  startsSec: readonly number[],
  windowSec: number,
): WindowVerdict[] {
  const width = probabilities.labels.length;
  return startsSec
    .map((start, row) => {
      const best = rank(probabilities.data, row * width, width);
      const label = (column: number): string => probabilities.labels[column] ?? '';
      return {
        start,
        end: start + windowSec,
        label: label(best.first),
        probability: (probabilities.data[row * width + best.first] ?? 0) / 255,
        second:
          best.second < 0
            ? null
            : {
                label: label(best.second),
                probability: (probabilities.data[row * width + best.second] ?? 0) / 255,
              },
      };
    })
    .sort((a, b) => a.start - b.start);
}

/** The verdicts of a track's windows by task; null of what the model does not tell. */
export interface TrackVerdicts {
  readonly genre: readonly WindowVerdict[] | null;
  readonly mood: readonly WindowVerdict[] | null;
}

export function trackVerdicts({
  perWindow,
  startsSec,
  windowSec,
}: Pick<Analysis, 'perWindow' | 'startsSec' | 'windowSec'>): TrackVerdicts {
  const of = (probabilities: Probabilities): WindowVerdict[] => windowVerdicts(probabilities, startsSec, windowSec);
  return { genre: perWindow.genre && of(perWindow.genre), mood: perWindow.mood && of(perWindow.mood) };
}

/** Columns of the largest and second largest of `width` values from `offset`; -1 where there is none. */
function rank(data: readonly number[], offset: number, width: number): { first: number; second: number } {
  let first = 0;
  let second = -1;
  for (let column = 1; column < width; column++) {
    const value = data[offset + column] ?? 0;
    if (value > (data[offset + first] ?? 0)) {
      second = first;
      first = column;
    } else if (second < 0 || value > (data[offset + second] ?? 0)) second = column;
  }
  return { first, second };
}

/** Neighbouring windows of one label as one stretch, for words and for large surfaces. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly label: string;
  readonly windows: number;
}

/** Joins neighbours of the same label; windows further apart than half a window (a spread plan) stay apart. */
export function stretches(verdicts: readonly WindowVerdict[]): Stretch[] {
  const joined: { start: number; end: number; label: string; windows: number }[] = [];
  for (const verdict of verdicts) {
    const last = joined.at(-1);
    const gap = (verdict.end - verdict.start) / 2;
    if (last && last.label === verdict.label && verdict.start - last.end <= gap) {
      last.end = Math.max(last.end, verdict.end);
      last.windows++;
    } else joined.push({ start: verdict.start, end: verdict.end, label: verdict.label, windows: 1 });
  }
  return joined;
}

/** How often the label is another one than that of the window before, whatever lies between them unheard. */
export const labelChanges = (verdicts: readonly WindowVerdict[]): number =>
  verdicts.filter(({ label }, i) => i > 0 && label !== verdicts[i - 1]?.label).length;

/** Index of the window at a time, else of the nearest one; -1 if there are none. */
export function windowAt(verdicts: readonly WindowVerdict[], seconds: number): number {
  let nearest = -1;
  let distance = Infinity;
  verdicts.forEach((verdict, i) => {
    const away = seconds < verdict.start ? verdict.start - seconds : Math.max(0, seconds - verdict.end);
    if (away < distance) {
      nearest = i;
      distance = away;
    }
  });
  return nearest;
}

/** An outline for SVG, the same above and below the middle. @param peaks 0..255 for equal parts of `width` */
export function waveform(peaks: readonly number[], width: number, height: number): string {
  const point = (value: number, i: number, side: 1 | -1): string =>
    `${(((i + 0.5) * width) / peaks.length).toFixed(2)} ${((height / 2) * (1 - (side * value) / 255)).toFixed(1)}`;
  const above = peaks.map((value, i) => point(value, i, 1));
  const below = peaks.map((value, i) => point(value, i, -1)).reverse();
  return peaks.length === 0 ? '' : `M${[...above, ...below].join('L')}Z`;
}
