/** A part of a track, in seconds. */
export interface Shown {
  readonly from: number;
  readonly to: number;
}

/** At the closest a pane is as wide as so many windows. */
const FEWEST_WINDOWS = 6;
/** Wider strips no browser draws well; ten hours are seen in parts of two minutes. */
const MOST = 256;

/** The largest zoom of a track, as how many panes it is wide; 1 where all of it fits a close look. */
export function mostZoom(durationSec: number, windowSec: number): number {
  return Math.max(1, Math.min(MOST, durationSec / (FEWEST_WINDOWS * windowSec)));
}

/** The zoom `steps` further in, or out if negative: each step doubles. */
export function zoomed(zoom: number, steps: number, most: number): number {
  const next = zoom * 2 ** steps;
  // What is left to the end is no step of its own if it is less than a tenth.
  return next <= 1.1 ? 1 : next >= most / 1.1 ? most : next;
}

/**
 * Where a pane's left edge has to be, in shares of the pane from the track's start, so that a moment stays where it is seen.
 *
 * @param moment 0..1 along the track
 * @param place 0..1 along the pane
 */
export function scrolledTo(moment: number, place: number, zoom: number): number {
  return Math.max(0, Math.min(zoom - 1, moment * zoom - place));
}

/** What a pane shows whose left edge is `left` panes from the track's start. */
export function shownAt(left: number, zoom: number, durationSec: number): Shown {
  const from = (left / zoom) * durationSec;
  return { from, to: from + durationSec / zoom };
}

/** Where along the track a pane's left edge should be so that a span is seen: unmoved if it is, else with the span a quarter in. */
export function following(span: Shown, left: number, zoom: number, durationSec: number): number {
  const shown = shownAt(left, zoom, durationSec);
  if (span.from >= shown.from && span.to <= shown.to) return left;
  return scrolledTo(span.from / durationSec, 0.25, zoom);
}
