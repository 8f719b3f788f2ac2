import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { strings } from '../../strings';
import { formatCount, formatShare } from '../../ui/format';
import { genreInk, inkCss, NEUTRAL_INK, type Ink } from '../../ui/palette';
import { ChartTools } from './ChartTools';
import { genresOf, mapSheet, type MapGenre } from './map-model';
import styles from './MapPanel.module.css';
import type { Layout, MapState } from './map-store';
import { MapCanvas } from './MapCanvas';
import { Panel } from './Panel';
import { SheetTable } from './SheetTable';
import type { TrackTipProps } from './TrackTip';

const say = strings.insight.map;

/** Tracks that were picked on the map; `key` tells picks apart. */
interface PickedPoints {
  readonly key: string;
  readonly label: string;
  readonly ids: readonly number[];
}

interface MapFrameProps {
  readonly layout: Layout;
  readonly map: MapState;
  readonly title: string;
  readonly says: string;
  readonly note: string;
  /** What the layout by neighbours is called, and what is said while it is under way. */
  readonly near: { readonly name: string; readonly works: (share: string) => string };
  readonly picked: PickedPoints | null;
  readonly pick: (picked: PickedPoints | null) => void;
  /** What a pick of all tracks of a label is called. */
  readonly pickedLabel: (name: string) => string;
  readonly tools?: ReactNode;
  readonly inkOf?: (label: string) => Ink;
  readonly marked?: ReadonlySet<number>;
  readonly tip?: (props: TrackTipProps) => ReactNode;
}

/** A map that is laid out, with its tools and its legend; as a table where asked. */
export function MapFrame({
  layout,
  map,
  near,
  picked,
  pick,
  pickedLabel,
  inkOf,
  marked,
  tip,
  ...words
}: MapFrameProps) {
  const { kind, nearProgress, failure, show, cancelNear } = map;
  const [selecting, setSelecting] = useState(false);
  const [asTable, setAsTable] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { title } = words;
  const labels = useMemo(() => genresOf(layout), [layout]);
  const sheet = useMemo(() => ({ ...mapSheet(layout), name: title }), [layout, title]);
  const pickedIds = useMemo(() => (picked ? new Set(picked.ids) : null), [picked]);

  const pickPoints = (points: readonly number[], label: string, key: string): void => {
    pick(points.length === 0 ? null : { key, label, ids: points.map((i) => layout.ids[i]!) });
  };
  return (
    <Panel
      title={title}
      says={words.says}
      note={failure ?? words.note}
      tools={
        <>
          <SegmentedControl
            aria-label={say.kind}
            data={[
              { value: 'pca', label: 'PCA' },
              { value: 'near', label: near.name },
            ]}
            value={kind}
            onChange={(value) => {
              show(value === 'near' ? 'near' : 'pca');
            }}
          />
          <SegmentedControl
            aria-label={say.drag}
            data={[
              { value: 'move', label: say.move },
              { value: 'select', label: say.select },
            ]}
            value={selecting ? 'select' : 'move'}
            onChange={(value) => {
              setSelecting(value === 'select');
            }}
          />
          {words.tools}
          <ChartTools
            sheet={sheet}
            picture={() => canvas.current ?? { width: 0, height: 0, shapes: [] }}
            table={{
              shown: asTable,
              toggle: () => {
                setAsTable(!asTable);
              },
            }}
          />
        </>
      }
    >
      {nearProgress !== null && (
        <p className={styles.progress} role="status">
          {near.works(formatShare(nearProgress))}
          <Button variant="subtle" onClick={cancelNear}>
            {say.cancel}
          </Button>
        </p>
      )}
      {asTable ? (
        <SheetTable sheet={sheet} />
      ) : (
        <MapCanvas
          layout={layout}
          canvasRef={canvas}
          selecting={selecting}
          picked={pickedIds}
          marked={marked}
          inkOf={inkOf}
          tip={tip}
          onPick={(points) => {
            pickPoints(points, say.selection, `map ${points.length} ${points[0] ?? ''} ${points.at(-1) ?? ''}`);
          }}
        />
      )}
      <Legend
        genres={labels}
        pickedKey={picked?.key ?? null}
        inkOf={inkOf}
        onPick={({ points, name }) => {
          pickPoints(points, pickedLabel(name), legendKey(name));
        }}
      />
    </Panel>
  );
}

const legendKey = (name: string): string => `map genre ${name}`;

interface LegendProps {
  readonly genres: readonly MapGenre[];
  readonly pickedKey: string | null;
  readonly onPick: (genre: MapGenre) => void;
  readonly inkOf?: (label: string) => Ink;
}

/** Colours and names; each shows the tracks of its genre. */
function Legend({ genres, pickedKey, onPick, inkOf = genreInk }: LegendProps) {
  return (
    <ul className={styles.legend} aria-label={say.legend}>
      {genres.map((each) => (
        <li key={each.name}>
          <button
            type="button"
            className={styles.genre}
            aria-pressed={pickedKey === legendKey(each.name)}
            onClick={() => {
              onPick(each);
            }}
          >
            <span
              className={styles.swatch}
              style={{ background: inkCss(each.genre === null ? NEUTRAL_INK : inkOf(each.genre)) }}
              aria-hidden="true"
            />
            {each.name} <span className={styles.number}>{formatCount(each.points.length)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
