import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { formatShare } from '../../ui/format';
import { inkOf } from '../../ui/palette';
import type { Layout } from '../insight/map-store';
import { MapFrame } from '../insight/MapFrame';
import { Panel } from '../insight/Panel';
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
  const map = useEvaluationMap();
  const { picked, pick } = useEvaluateStore();
  const index = evaluation.models.indexOf(model);
  const wrong = useMemo(() => {
    const mistaken = new Set(tracks.filter(({ verdicts }) => verdicts[index]?.isRight === false).map(({ id }) => id));
    return new Set(layout.ids.flatMap((id, i) => (mistaken.has(id) ? [i] : [])));
  }, [tracks, layout, index]);
  const { task } = evaluation;
  const ink = useCallback((label: string) => inkOf(task, label), [task]);
  const byId = useMemo(() => new Map(tracks.map((track) => [track.id, track])), [tracks]);
  const isNear = map.kind === 'near' && map.near !== null;
  const share = formatShare(map.explained.reduce((sum, part) => sum + part, 0));
  return (
    <MapFrame
      layout={layout}
      map={map}
      title={say.title}
      says={isNear ? say.saysTsne(layout.ids.length, wrong.size) : say.saysPca(layout.ids.length, share, wrong.size)}
      note={say.note}
      near={{ name: 't-SNE', works: say.works }}
      picked={picked}
      pick={pick}
      pickedLabel={say.is}
      inkOf={ink}
      marked={wrong}
      tip={(place) => <MapTip {...place} track={byId.get(place.trackId ?? -1)} evaluation={evaluation} model={index} />}
    />
  );
}
