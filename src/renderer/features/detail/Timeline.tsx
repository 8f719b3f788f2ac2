import { useState, type KeyboardEvent, type MouseEvent } from 'react';
import { displayLabel } from '#shared/domain/vocabulary';
import { formatClock, formatPlural, formatShare } from '../../ui/format';
import { inkCss, inkOf, type Task } from '../../ui/palette';
import { strings } from '../../strings';
import type { Span } from '../player/passages';
import styles from './Timeline.module.css';
import { labelChanges, stretches, windowAt, type WindowVerdict } from './timeline';

interface TimelineProps {
  readonly task: Task;
  readonly verdicts: readonly WindowVerdict[];
  readonly durationSec: number;
  /** The window pointed at, shared by the strips of one track. */
  readonly at: number | null;
  readonly onAt: (index: number | null) => void;
  /** A key led to the window at an index. */
  readonly onStep: (index: number) => void;
  /** Closer by so many steps, or further away if negative, about a moment in seconds. */
  readonly onZoom: (steps: number, moment?: number) => void;
  /** Plays the window at an index. */
  readonly onHear: (index: number) => void;
  /** What is heard of the track, null if it isn't this one. */
  readonly heard: Heard | null;
}

/** Where a track is heard, in seconds, and which window and which windows after another, if not the track as a whole. */
export interface Heard {
  readonly position: number;
  readonly window: Span | null;
  /** Starts of the windows of one label; null where all are heard. */
  readonly starts: ReadonlySet<number> | null;
}

const NAME = { genre: 'Genre per window', mood: 'Mood per window' } as const;
const HEIGHT = 100;

/** As in browsers: plus, minus, and nought for all of it; a plus needs no Shift. */
const ZOOM_KEYS: Readonly<Record<string, number>> = { '+': 1, '=': 1, '-': -1, '0': -Infinity };

/** A track from left to right: each window in its label's colour, as high as it is likely. */
export function Timeline({ task, verdicts, durationSec, at, onAt, onStep, onZoom, onHear, heard }: TimelineProps) {
  const [focused, setFocused] = useState(0);
  const index = at ?? focused;
  const verdict = verdicts[index];

  const under = (event: MouseEvent<HTMLDivElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return windowAt(verdicts, ((event.clientX - box.left) / box.width) * durationSec);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      onHear(index);
      return;
    }
    const steps = ZOOM_KEYS[event.key];
    if (steps !== undefined) {
      event.preventDefault();
      onZoom(steps, verdict && (verdict.start + verdict.end) / 2);
      return;
    }
    const next = stepped(event.key, index, verdicts.length);
    if (next === null) return;
    event.preventDefault();
    setFocused(next);
    onAt(next);
    onStep(next);
  };

  const opacityOf = (window: Span, i: number): number => {
    if (heard?.starts && !heard.starts.has(window.start)) return 0.25;
    return at === null || at === i ? 1 : 0.75;
  };

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={NAME[task]}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, verdicts.length - 1)}
      aria-valuenow={index}
      aria-valuetext={verdict ? describe(verdict) : undefined}
      aria-description={strings.player.along}
      className={styles.timeline}
      data-task={task}
      onPointerMove={(event) => {
        onAt(under(event));
      }}
      onClick={(event) => {
        const index = under(event);
        setFocused(index);
        onHear(index);
      }}
      onPointerLeave={() => {
        onAt(null);
      }}
      onBlur={() => {
        onAt(null);
      }}
      onKeyDown={onKey}
    >
      <svg viewBox={`0 0 ${durationSec} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {stretches(verdicts).map((stretch, i, all) => (
          <rect
            key={stretch.start}
            x={stretch.start}
            width={shownEnd(all, i) - stretch.start}
            y={0}
            height={HEIGHT}
            style={{ fill: inkCss(inkOf(task, stretch.label)) }}
            opacity={0.22}
          />
        ))}
        {verdicts.map((each, i) => (
          <rect
            key={each.start}
            x={each.start}
            width={shownEnd(verdicts, i) - each.start}
            y={HEIGHT * (1 - each.probability)}
            height={HEIGHT * each.probability}
            style={{ fill: inkCss(inkOf(task, each.label)) }}
            opacity={opacityOf(each, i)}
          />
        ))}
      </svg>
      {at !== null && verdict && <span className={styles.at} style={placeOf(verdict, durationSec)} />}
      {heard?.window && <span className={styles.heard} style={placeOf(heard.window, durationSec)} />}
      {heard && <span className={styles.playhead} style={{ left: `${(heard.position / durationSec) * 100}%` }} />}
    </div>
  );
}

const placeOf = ({ start, end }: Span, durationSec: number) => ({
  left: `${(start / durationSec) * 100}%`,
  width: `${((end - start) / durationSec) * 100}%`,
});

/** A window is drawn up to the start of the next: the last one of a track overlaps the one before. */
function shownEnd(spans: readonly { readonly start: number; readonly end: number }[], index: number): number {
  return Math.min(spans[index]?.end ?? 0, spans[index + 1]?.start ?? Infinity);
}

/** Where a key leads on the strip; null if it isn't one of its keys. */
function stepped(key: string, index: number, count: number): number | null {
  const to = {
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    Home: 0,
    End: count - 1,
    PageUp: index + 10,
    PageDown: index - 10,
  }[key];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}

/** "1:03–1:06 Rock 62 %, then Metal 21 %" */
export function describe(verdict: WindowVerdict): string {
  const time = `${formatClock(verdict.start)}–${formatClock(verdict.end)}`;
  const second = verdict.second
    ? `, then ${displayLabel(verdict.second.label)} ${formatShare(verdict.second.probability)}`
    : '';
  return `${time} ${displayLabel(verdict.label)} ${formatShare(verdict.probability)}${second}`;
}

/** What the strip says at rest: where the longest stretches are. */
export function summarise(verdicts: readonly WindowVerdict[]): string {
  const changes = labelChanges(verdicts);
  const windows = formatPlural(verdicts.length, 'window');
  if (changes <= 0) return `${windows}, the same throughout`;
  return `${windows}, ${formatPlural(changes, 'change')} along the track`;
}
