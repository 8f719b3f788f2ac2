import { useMemo, useState } from 'react';
import type { EvaluatedTrack, Evaluation, JudgedModel } from '#shared/contract/evaluation';
import { strings } from '../../strings';
import { ChartTools } from '../insight/ChartTools';
import { matrixPicture, matrixSheet } from '../insight/matrix-model';
import { MatrixGrid } from '../insight/MatrixGrid';
import { CountOrShare } from '../insight/OwnPanel';
import { Panel } from '../insight/Panel';
import { cellKey } from '../insight/use-insight';
import { confusionOf, tracksIn, worstConfusion } from './evaluate-model';
import { useEvaluateStore } from './evaluate-store';

const say = strings.evaluate.confusion;

export interface ResultPanelProps {
  readonly evaluation: Evaluation;
  readonly model: JudgedModel;
  readonly tracks: readonly EvaluatedTrack[];
}

/** Labels against verdicts; a cell shows its tracks. */
export function ConfusionPanel({ evaluation, model, tracks }: ResultPanelProps) {
  const { picked, pick } = useEvaluateStore();
  const [asShare, setAsShare] = useState(false);
  const matrix = useMemo(() => confusionOf(evaluation, model), [evaluation, model]);
  const index = evaluation.models.indexOf(model);
  return (
    <Panel
      title={say.title}
      says={say.says(model, worstConfusion(model))}
      note={say.note}
      tools={
        <>
          <CountOrShare asShare={asShare} onChange={setAsShare} />
          <ChartTools sheet={matrixSheet(matrix)} picture={() => matrixPicture(matrix, asShare)} />
        </>
      }
    >
      <MatrixGrid
        matrix={matrix}
        asShare={asShare}
        pickedKey={picked?.key ?? null}
        onPick={(cell, label) => {
          pick({ key: cellKey(cell), label, ids: tracksIn(tracks, index, cell).map(({ id }) => id) });
        }}
      />
    </Panel>
  );
}
