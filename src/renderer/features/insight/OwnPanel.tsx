import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { GenreMatrix } from '#shared/contract/insight';
import { strings } from '../../strings';
import { ChartTools } from './ChartTools';
import { useInsightStore } from './insight-store';
import { matrixPicture, matrixSheet, type Matrix } from './matrix-model';
import { MatrixGrid } from './MatrixGrid';
import { Panel, PanelWait } from './Panel';
import { useMatrix, usePickCell } from './use-insight';

const say = strings.insight.own;

/** The files' own genre against what was heard. */
export function OwnPanel() {
  const { data, error } = useMatrix();
  const pickedKey = useInsightStore((state) => state.picked?.key ?? null);
  const pickCell = usePickCell();
  const [asShare, setAsShare] = useState(false);
  if (!data) return <PanelWait title={say.title} error={error} />;
  const matrix = toMatrix(data);
  const heard = matrix.counts.flat().some((count) => count > 0);
  return (
    <Panel
      title={say.title}
      says={heard ? say.says(data) : say.nothing}
      note={heard ? `${say.note} ${say.left(data)}` : undefined}
      tools={
        heard && (
          <>
            <CountOrShare asShare={asShare} onChange={setAsShare} />
            <ChartTools sheet={matrixSheet(matrix)} picture={() => matrixPicture(matrix, asShare)} />
          </>
        )
      }
    >
      {heard && (
        <MatrixGrid
          matrix={matrix}
          asShare={asShare}
          pickedKey={pickedKey}
          onPick={(cell, label) => void pickCell(cell, label)}
        />
      )}
    </Panel>
  );
}

/** How the cells of a matrix are written. */
export function CountOrShare({ asShare, onChange }: { asShare: boolean; onChange: (asShare: boolean) => void }) {
  const { counts, shares, label } = strings.insight.matrix;
  return (
    <SegmentedControl
      aria-label={label}
      data={[
        { value: 'count', label: counts },
        { value: 'share', label: shares },
      ]}
      value={asShare ? 'share' : 'count'}
      onChange={(value) => {
        onChange(value === 'share');
      }}
    />
  );
}

const toMatrix = ({ rows, columns, counts }: GenreMatrix): Matrix => ({
  name: say.title,
  rowHead: say.rowHead,
  columnHead: say.columnHead,
  rows: rows.map(({ key, name, kind }) => ({ key, name, genre: kind === 'known' })),
  columns: columns.map(({ key, name, kind }) => ({ key, name, genre: kind === 'genre' })),
  counts,
});
