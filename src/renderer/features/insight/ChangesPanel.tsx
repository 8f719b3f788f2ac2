import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { MatrixCell } from '#shared/contract/insight';
import type { ModelDiff } from '#shared/contract/schemas';
import { strings } from '../../strings';
import { changedTracks, changesMatrix, formerVerdicts } from './changes-model';
import { ChartTools } from './ChartTools';
import { useInsightStore } from './insight-store';
import { matrixPicture, matrixSheet } from './matrix-model';
import { MatrixGrid } from './MatrixGrid';
import { CountOrShare } from './OwnPanel';
import { Panel, PanelWait } from './Panel';
import { cellKey, useChanges } from './use-insight';

const say = strings.insight.changes;

/** What the chosen model hears otherwise than the one before it. */
export function ChangesPanel() {
  const { data, error } = useChanges();
  if (!data) return <PanelWait title={say.title} error={error} />;
  if (data.changed === 0)
    return <Panel title={say.title} says={data.compared === 0 ? say.nothing : say.none(data.compared, data.model)} />;
  return <Changes diff={data} />;
}

function Changes({ diff }: { diff: ModelDiff }) {
  const { picked, pick } = useInsightStore();
  const [asShare, setAsShare] = useState(false);
  const matrix = useMemo(() => changesMatrix(diff), [diff]);
  const notes = useMemo(() => formerVerdicts(diff), [diff]);
  const moods = diff.tracks.filter(({ mood }) => mood).map(({ trackId }) => trackId);

  const show = (cell: MatrixCell, label: string): void => {
    pick({ key: cellKey(cell), label, ids: changedTracks(diff, cell), notes });
  };
  return (
    <Panel
      title={say.title}
      says={say.says(diff)}
      note={diff.tracks.length < diff.changed ? say.first(diff.tracks.length) : say.note}
      tools={
        <>
          <Button
            variant="default"
            onClick={() => {
              pick({ key: 'all', label: say.allLabel, ids: diff.tracks.map(({ trackId }) => trackId), notes });
            }}
          >
            {say.all(diff.tracks.length)}
          </Button>
          {moods.length > 0 && (
            <Button
              variant="default"
              onClick={() => {
                pick({ key: 'moods', label: say.moodLabel, ids: moods, notes });
              }}
            >
              {say.moods(moods.length)}
            </Button>
          )}
          <CountOrShare asShare={asShare} onChange={setAsShare} />
          <ChartTools sheet={matrixSheet(matrix)} picture={() => matrixPicture(matrix, asShare)} />
        </>
      }
    >
      {matrix.rows.length > 0 && (
        <MatrixGrid matrix={matrix} asShare={asShare} pickedKey={picked?.key ?? null} onPick={show} />
      )}
    </Panel>
  );
}
