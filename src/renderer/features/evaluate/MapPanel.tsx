import { Button, SegmentedControl } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { formatShare } from '../../ui/format';
import { inkOf } from '../../ui/palette';
import { ChartTools } from '../insight/ChartTools';
import { genresOf, mapSheet } from '../insight/map-model';
import type { Layout } from '../insight/map-store';
import { MapCanvas } from '../insight/MapCanvas';
import { Legend, legendKey } from '../insight/MapPanel';
import styles from '../insight/MapPanel.module.css';
import { Panel } from '../insight/Panel';
import { SheetTable } from '../insight/SheetTable';
import type { ResultPanelProps } from './ConfusionPanel';
import { useEvaluateStore } from './evaluate-store';
import { useEvaluationMap, useMapOf } from './map-store';
import { MapTip } from './MapTip';

const say = strings.evaluate.map;
const shared = strings.insight.map;
/** Fewer tracks make no map. */
const FEWEST = 3;

/** The judged tracks as a map: coloured by what they are, with a ring where they are heard as something else. */
export function MapPanel(props: ResultPanelProps) {
  const connection = useConnection();
  const { state, failure, load, kind, pca, near } = useMapOf(props.evaluation.id);

  if (state === 'failed')
    return (
      <Panel
        title={say.title}
        says={failure}
        tools={
          <Button variant="default" onClick={() => void load(connection)}>
            {shared.again}
          </Button>
        }
      />
    );
  if (!pca) return <Panel title={say.title} says={say.reading} />;
  if (pca.ids.length < FEWEST) return <Panel title={say.title} says={pca.ids.length === 0 ? say.none : say.tooFew} />;
  return <LoadedMap layout={kind === 'near' && near ? near : pca} {...props} />;
}

function LoadedMap({ evaluation, model, tracks, layout }: ResultPanelProps & { layout: Layout }) {
  const { kind, near, nearProgress, explained, failure, show, cancelNear } = useEvaluationMap();
  const { picked, pick } = useEvaluateStore();
  const [selecting, setSelecting] = useState(false);
  const [asTable, setAsTable] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const labels = useMemo(() => genresOf(layout), [layout]);
  const pickedIds = useMemo(() => (picked ? new Set(picked.ids) : null), [picked]);
  const index = evaluation.models.indexOf(model);
  const wrong = useMemo(() => {
    const mistaken = new Set(tracks.filter(({ verdicts }) => verdicts[index]?.isRight === false).map(({ id }) => id));
    return new Set(layout.ids.flatMap((id, i) => (mistaken.has(id) ? [i] : [])));
  }, [tracks, layout, index]);
  const { task } = evaluation;
  const ink = useCallback((label: string) => inkOf(task, label), [task]);
  const byId = useMemo(() => new Map(tracks.map((track) => [track.id, track])), [tracks]);

  const pickPoints = (points: readonly number[], label: string, key: string): void => {
    pick(points.length === 0 ? null : { key, label, ids: points.map((i) => layout.ids[i]!) });
  };
  const isNear = kind === 'near' && near !== null;
  const share = formatShare(explained.reduce((sum, part) => sum + part, 0));
  return (
    <Panel
      title={say.title}
      says={isNear ? say.saysTsne(layout.ids.length, wrong.size) : say.saysPca(layout.ids.length, share, wrong.size)}
      note={failure ?? say.note}
      tools={
        <>
          <SegmentedControl
            aria-label={shared.kind}
            data={[
              { value: 'pca', label: 'PCA' },
              { value: 'near', label: 't-SNE' },
            ]}
            value={kind}
            onChange={(value) => show(value === 'near' ? 'near' : 'pca')}
          />
          <SegmentedControl
            aria-label={shared.drag}
            data={[
              { value: 'move', label: shared.move },
              { value: 'select', label: shared.select },
            ]}
            value={selecting ? 'select' : 'move'}
            onChange={(value) => setSelecting(value === 'select')}
          />
          <ChartTools
            sheet={{ ...mapSheet(layout), name: say.title }}
            picture={() => canvas.current ?? { width: 0, height: 0, shapes: [] }}
            table={{ shown: asTable, toggle: () => setAsTable(!asTable) }}
          />
        </>
      }
    >
      {nearProgress !== null && (
        <p className={styles.progress} role="status">
          {say.works(formatShare(nearProgress))}
          <Button variant="subtle" onClick={cancelNear}>
            {shared.cancel}
          </Button>
        </p>
      )}
      {asTable ? (
        <SheetTable sheet={mapSheet(layout)} />
      ) : (
        <MapCanvas
          layout={layout}
          canvasRef={canvas}
          selecting={selecting}
          picked={pickedIds}
          marked={wrong}
          inkOf={ink}
          tip={(place) => (
            <MapTip {...place} track={byId.get(place.trackId ?? -1)} evaluation={evaluation} model={index} />
          )}
          onPick={(points) => {
            pickPoints(points, shared.selection, `map ${points.length} ${points[0] ?? ''} ${points.at(-1) ?? ''}`);
          }}
        />
      )}
      <Legend
        genres={labels}
        pickedKey={picked?.key ?? null}
        inkOf={ink}
        onPick={({ points, name }) => pickPoints(points, say.is(name), legendKey(name))}
      />
    </Panel>
  );
}
