import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { formatShare } from '../../ui/format';
import { useInsightStore } from './insight-store';
import { useMapStore, type Layout } from './map-store';
import { MapFrame } from './MapFrame';
import { Panel } from './Panel';

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
  const map = useMapStore();
  const { picked, pick } = useInsightStore();
  const { load, kind, pca, near, explained } = map;
  const isUmap = kind === 'near' && near !== null;
  return (
    <MapFrame
      layout={layout}
      map={map}
      title={say.title}
      says={
        isUmap
          ? say.saysUmap(layout.ids.length, pca?.ids.length ?? 0)
          : say.saysPca(layout.ids.length, formatShare(explained.reduce((sum, share) => sum + share, 0)))
      }
      note={say.note}
      near={{ name: 'UMAP', works: say.umapWorks }}
      picked={picked}
      pick={pick}
      pickedLabel={say.heard}
      tools={
        <Button variant="default" onClick={() => void load(connection)}>
          {say.again}
        </Button>
      }
    />
  );
}
