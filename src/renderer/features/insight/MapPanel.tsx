import { Button, SegmentedControl } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { formatCount, formatShare } from '../../ui/format';
import { genreInk, inkCss, NEUTRAL_INK, type Ink } from '../../ui/palette';
import { ChartTools } from './ChartTools';
import { useInsightStore } from './insight-store';
import { genresOf, mapSheet, type MapGenre } from './map-model';
import styles from './MapPanel.module.css';
import { useMapStore, type Layout } from './map-store';
import { MapCanvas } from './MapCanvas';
import { Panel } from './Panel';
import { SheetTable } from './SheetTable';

const say = strings.insight.map;

/** The library as a map on which tracks that sound alike to the model lie near each other. */
export function MapPanel() {
  const connection = useConnection();
  const { state, failure, read, load, kind, pca, near } = useMapStore();
  useEffect(() => {
    if (useMapStore.getState().state === 'none') void load(connection);
  }, [load, connection]);

  if (state === 'failed')
    return (
      <Panel
        title={say.title}
        says={failure}
        tools={
          <Button variant="default" onClick={() => void load(connection)}>
            {say.again}
          </Button>
        }
      />
    );
  if (!pca) return <Panel title={say.title} says={say.reading(read)} />;
  if (pca.ids.length === 0) return <Panel title={say.title} says={say.nothing} />;
  return <LoadedMap layout={kind === 'near' && near ? near : pca} />;
}

function LoadedMap({ layout }: { layout: Layout }) {
  const connection = useConnection();
  const { load, kind, pca, near, nearProgress, explained, failure, show, cancelNear } = useMapStore();
  const { picked, pick } = useInsightStore();
  const [selecting, setSelecting] = useState(false);
  const [asTable, setAsTable] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const genres = useMemo(() => genresOf(layout), [layout]);
  const sheet = useMemo(() => mapSheet(layout), [layout]);
  const pickedIds = useMemo(() => (picked ? new Set(picked.ids) : null), [picked]);

  const pickPoints = (points: readonly number[], label: string, key: string): void => {
    if (points.length === 0) pick(null);
    else pick({ key, label, ids: points.map((i) => layout.ids[i]!) });
  };
  const onSelect = (points: readonly number[]): void => {
    pickPoints(points, say.selection, `map ${points.length} ${points[0] ?? ''} ${points.at(-1) ?? ''}`);
  };
  const isUmap = kind === 'near' && near !== null;
  return (
    <Panel
      title={say.title}
      says={
        isUmap
          ? say.saysUmap(layout.ids.length, pca?.ids.length ?? 0)
          : say.saysPca(layout.ids.length, formatShare(explained.reduce((sum, share) => sum + share, 0)))
      }
      note={failure ?? say.note}
      tools={
        <>
          <SegmentedControl
            aria-label={say.kind}
            data={[
              { value: 'pca', label: 'PCA' },
              { value: 'near', label: 'UMAP' },
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
          <Button variant="default" onClick={() => void load(connection)}>
            {say.again}
          </Button>
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
          {say.umapWorks(formatShare(nearProgress))}
          <Button variant="subtle" onClick={cancelNear}>
            {say.cancel}
          </Button>
        </p>
      )}
      {asTable ? (
        <SheetTable sheet={sheet} />
      ) : (
        <MapCanvas layout={layout} canvasRef={canvas} selecting={selecting} picked={pickedIds} onPick={onSelect} />
      )}
      <Legend
        genres={genres}
        pickedKey={picked?.key ?? null}
        onPick={({ points, name }) => {
          pickPoints(points, say.heard(name), legendKey(name));
        }}
      />
    </Panel>
  );
}

export const legendKey = (name: string): string => `map genre ${name}`;

interface LegendProps {
  readonly genres: readonly MapGenre[];
  readonly pickedKey: string | null;
  readonly onPick: (genre: MapGenre) => void;
  readonly inkOf?: (label: string) => Ink;
}

/** Colours and names; each shows the tracks of its genre. */
export function Legend({ genres, pickedKey, onPick, inkOf = genreInk }: LegendProps) {
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
