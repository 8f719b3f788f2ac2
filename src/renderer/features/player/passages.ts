import type { Task } from '../../ui/palette';
import type { WindowVerdict } from '../detail/timeline';

/** A part of a track, in seconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Windows of a track to be heard one after another, or one of them again and again. */
export interface Passage {
  readonly task: Task;
  /** The label that the windows voted for; null for windows of any, one after another along the track. */
  readonly label: string | null;
  /** In the order of playing. */
  readonly windows: readonly Span[];
  /** Which of them is heard. */
  readonly at: number;
  /** Is it heard again and again? */
  readonly loop: boolean;
}

/** The windows whose likeliest label it is, the surest first; null if there is none. */
export function evidenceOf(task: Task, label: string, verdicts: readonly WindowVerdict[]): Passage | null {
  const windows = verdicts
    .filter((verdict) => verdict.label === label)
    .sort((a, b) => b.probability - a.probability || a.start - b.start)
    .map(({ start, end }) => ({ start, end }));
  return windows.length > 0 ? { task, label, windows, at: 0, loop: false } : null;
}

/** The window at an index along the track, again and again; its neighbours are the next ones. */
export function windowAlong(task: Task, verdicts: readonly WindowVerdict[], index: number): Passage | null {
  const windows = verdicts.map(({ start, end }) => ({ start, end }));
  return windows[index] ? { task, label: null, windows, at: index, loop: true } : null;
}

export const heardSpan = (passage: Passage): Span => passage.windows[passage.at] ?? { start: 0, end: 0 };

/** The same passage at the window before or after; null where there is none. */
export function stepped(passage: Passage, by: 1 | -1): Passage | null {
  const at = passage.at + by;
  return passage.windows[at] ? { ...passage, at } : null;
}
