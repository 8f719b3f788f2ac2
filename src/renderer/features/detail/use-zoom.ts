import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useWheel } from '../../ui/use-wheel';
import { following, mostZoom, scrolledTo, shownAt, zoomed, type Shown } from './zoom';

export interface Zoom {
  /** How many panes the track is wide, 1 if all of it is seen. */
  readonly zoom: number;
  readonly most: number;
  /** What of the track is seen. */
  readonly shown: Shown;
  /** Steps in, or out if negative, about a moment (in seconds) that stays in its place; else about the middle. */
  readonly by: (steps: number, moment?: number) => void;
  /** Brings a span into sight. */
  readonly reveal: (span: Shown) => void;
  /** The pane that scrolls, with the strips in it. */
  readonly pane: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
}

/** Wheels differ: a notch is 100 pixels or 3 lines, a pinch many small steps. */
const WHEEL_PIXELS_A_STEP = 200;

/**
 * Zoom along a track: by buttons, keys, and Ctrl with the wheel, as a pinch comes.
 *
 * @param heardAt where the track is heard, in seconds: it is followed as long as it is in sight
 */
export function useZoom(durationSec: number, windowSec: number, heardAt: number | null): Zoom {
  const pane = useRef<HTMLDivElement>(null);
  const [zoom, setZoom] = useState(1);
  const [left, setLeft] = useState(0);
  const anchor = useRef<number | null>(null);
  const most = mostZoom(durationSec, windowSec);

  const by = (steps: number, moment?: number, place?: number): void => {
    const to = zoomed(zoom, steps, most);
    if (to === zoom) return;
    const shown = shownAt(left, zoom, durationSec);
    const kept = moment ?? (shown.from + shown.to) / 2;
    const where = place ?? (kept - shown.from) / (shown.to - shown.from);
    anchor.current = scrolledTo(kept / durationSec, Math.max(0, Math.min(1, where)), to);
    setZoom(to);
  };

  // The strips must be as wide as they become before the pane can scroll there.
  useLayoutEffect(() => {
    if (anchor.current !== null) scroll(pane.current, anchor.current);
    anchor.current = null;
  }, [zoom]);

  useWheel(pane, (event) => {
    const element = pane.current;
    if (!event.ctrlKey || !element) return;
    event.preventDefault();
    const place = (event.clientX - element.getBoundingClientRect().left) / element.clientWidth;
    by(-event.deltaY / WHEEL_PIXELS_A_STEP, shownAt(left + place, zoom, durationSec).from, place);
  });

  const before = useRef(heardAt);
  useEffect(() => {
    const was = before.current;
    before.current = heardAt;
    if (zoom === 1 || was === null || heardAt === null) return;
    const shown = shownAt(left, zoom, durationSec);
    if (was < shown.from || was > shown.to) return;
    scroll(pane.current, following({ from: heardAt, to: heardAt }, left, zoom, durationSec));
  }, [heardAt, zoom, left, durationSec]);

  return {
    zoom,
    most,
    shown: shownAt(left, zoom, durationSec),
    by,
    reveal: (span) => {
      if (zoom > 1) scroll(pane.current, following(span, left, zoom, durationSec));
    },
    pane,
    onScroll: () => {
      const element = pane.current;
      if (element) setLeft(element.scrollLeft / element.clientWidth);
    },
  };
}

/** The pane tells where it is by its scroll event. */
function scroll(pane: HTMLElement | null, panes: number): void {
  if (pane) pane.scrollLeft = panes * pane.clientWidth;
}
