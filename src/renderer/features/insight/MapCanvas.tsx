import { useComputedColorScheme } from '@mantine/core';
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { strings } from '../../strings';
import { genreInk, NEUTRAL_INK, type Ink } from '../../ui/palette';
import { useWheel } from '../../ui/use-wheel';
import { drawMap, pack, pointSize } from './draw-map';
import styles from './MapPanel.module.css';
import type { Layout } from './map-store';
import { inside, moved, nearest, viewOfAll, zoomed, type MapView, type Point } from './map-view';
import { resolveColour } from './picture';
import { TrackTip, type TrackTipProps } from './TrackTip';

const say = strings.insight.map;

/** How near the pointer must be to a point to mean it. */
const REACH = 8;
const STEP = 48;
const ZOOM = 1.3;

interface MapCanvasProps {
  readonly layout: Layout;
  readonly canvasRef: RefObject<HTMLCanvasElement | null>;
  /** Does dragging draw a line around points, rather than move the map? */
  readonly selecting: boolean;
  readonly picked: ReadonlySet<number> | null;
  /** Places of the points in the layout. */
  readonly onPick: (found: readonly number[]) => void;
  readonly inkOf?: (label: string) => Ink;
  /** Points with a ring around them, by their places in the layout. */
  readonly marked?: ReadonlySet<number> | null;
  /** What is said of a track that the pointer is over; without it, what the library knows. */
  readonly tip?: (props: TrackTipProps) => ReactNode;
}

const libraryTip = (props: TrackTipProps): ReactNode => <TrackTip {...props} />;

/**
 * The map: drag to move it or to draw a line around tracks, wheel or + and − to zoom. By keys the map is moved under a frame in its middle,
 * and Enter takes the tracks in the frame.
 */
export function MapCanvas({
  layout,
  canvasRef,
  selecting,
  picked,
  onPick,
  inkOf = genreInk,
  marked = null,
  tip = libraryTip,
}: MapCanvasProps) {
  const { places, genres } = layout;
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const scheme = useComputedColorScheme('light');
  const [view, setView] = useState<MapView | null>(null);
  const [line, setLine] = useState<readonly Point[] | null>(null);
  const [hover, setHover] = useState<{ index: number; x: number; y: number } | null>(null);
  const drag = useRef<Point | null>(null);

  const shown = useMemo(
    () => view ?? viewOfAll(places, size.width, size.height),
    [view, places, size.width, size.height],
  );
  const colours = useMemo(() => coloursOf(genres, inkOf, scheme), [genres, inkOf, scheme]);
  const pickedPoints = useMemo(() => pointsOf(layout, picked), [layout, picked]);

  useEffect(() => {
    setView(null);
    setHover(null);
  }, [layout]);

  useEffect(() => {
    const canvas = canvasRef.current;
    if (!canvas) return undefined;
    const next = requestAnimationFrame(() => {
      canvas.width = Math.round(size.width * devicePixelRatio);
      canvas.height = Math.round(size.height * devicePixelRatio);
      const [surface, ink] = ['var(--surface)', 'var(--text)'].map((css) => pack(resolveColour(css)));
      const points = { places, colours, marked, size: pointSize(colours.length) };
      drawMap(canvas, points, shown, { surface: surface!, ink: ink! }, pickedPoints);
    });
    return () => {
      cancelAnimationFrame(next);
    };
  }, [canvasRef, places, colours, marked, shown, size, scheme, pickedPoints]);

  const zoomAt = (factor: number, [x, y]: Point): void => {
    setView(zoomed(shown, factor, x, y));
  };
  useWheel(frame, (event) => {
    event.preventDefault();
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    zoomAt(Math.exp(-event.deltaY / 400), [event.clientX - box.left, event.clientY - box.top]);
  });

  const at = (event: PointerEvent): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || event.target instanceof HTMLButtonElement) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = at(event);
    setHover(null);
    if (selecting) setLine([at(event)]);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const [x, y] = at(event);
    const from = drag.current;
    if (!from) {
      const index = nearest(places, shown, x, y, REACH);
      setHover(index === null ? null : { index, x, y });
    } else if (selecting) setLine((before) => [...(before ?? []), [x, y]]);
    else {
      drag.current = [x, y];
      setView(moved(shown, x - from[0], y - from[1]));
    }
  };
  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    drag.current = null;
    if (!line) return;
    setLine(null);
    const [x, y] = at(event);
    const near = nearest(places, shown, x, y, REACH);
    // A click means the point under it.
    const found = line.length < 4 ? (near === null ? [] : [near]) : inside(places, shown, line);
    onPick(found);
  };

  const middle: Point = [size.width / 2, size.height / 2];
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => setView(moved(shown, STEP, 0)),
      ArrowRight: () => setView(moved(shown, -STEP, 0)),
      ArrowUp: () => setView(moved(shown, 0, STEP)),
      ArrowDown: () => setView(moved(shown, 0, -STEP)),
      '+': () => zoomAt(ZOOM, middle),
      '=': () => zoomAt(ZOOM, middle),
      '-': () => zoomAt(1 / ZOOM, middle),
      '0': () => setView(null),
      Enter: () => onPick(inside(places, shown, cornersOf(frameIn(size)))),
      Escape: () => onPick([]),
    };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };

  return (
    <div
      ref={frame}
      className={styles.map}
      data-selecting={selecting || undefined}
      tabIndex={0}
      role="group"
      aria-label={say.label(layout.ids.length)}
      aria-description={say.keys}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerLeave={() => {
        setHover(null);
      }}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvasRef} className={styles.canvas} aria-hidden="true" />
      {line && (
        <svg className={styles.lasso} aria-hidden="true">
          <polygon points={line.map((point) => point.join()).join(' ')} />
        </svg>
      )}
      <div className={styles.frame} style={frameIn(size)} aria-hidden="true" />
      {hover && tip({ trackId: layout.ids[hover.index] ?? null, x: hover.x, y: hover.y, width: size.width })}
      <div className={styles.zoom}>
        <button type="button" aria-label={say.zoomIn} onClick={() => zoomAt(ZOOM, middle)}>
          +
        </button>
        <button type="button" aria-label={say.zoomOut} onClick={() => zoomAt(1 / ZOOM, middle)}>
          −
        </button>
        <button type="button" onClick={() => setView(null)}>
          {say.all}
        </button>
      </div>
    </div>
  );
}

/** What keys select from: the middle ninth of the map. */
const frameIn = ({ width, height }: { width: number; height: number }) => ({
  left: width / 3,
  top: height / 3,
  width: width / 3,
  height: height / 3,
});

const cornersOf = ({ left, top, width, height }: ReturnType<typeof frameIn>): readonly Point[] => [
  [left, top],
  [left + width, top],
  [left + width, top + height],
  [left, top + height],
];

function coloursOf(genres: Layout['genres'], inkOf: (label: string) => Ink, scheme: 'light' | 'dark'): Uint32Array {
  const known = new Map<string | null, number>();
  return Uint32Array.from(genres, (genre) => {
    const colour = known.get(genre) ?? pack((genre === null ? NEUTRAL_INK : inkOf(genre))[scheme]);
    known.set(genre, colour);
    return colour;
  });
}

/** The points of the tracks picked; null where nothing is. */
function pointsOf({ ids }: Layout, picked: ReadonlySet<number> | null): ReadonlySet<number> | null {
  if (!picked) return null;
  const points = new Set<number>();
  ids.forEach((id, i) => {
    if (picked.has(id)) points.add(i);
  });
  return points;
}

function useSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const observer = new ResizeObserver(() => {
      setSize({ width: target.clientWidth, height: target.clientHeight });
    });
    observer.observe(target);
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return size;
}
