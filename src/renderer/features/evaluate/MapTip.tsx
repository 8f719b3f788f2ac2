import type { EvaluatedTrack, Evaluation } from '#shared/contract/evaluation';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { Dot } from '../../ui/Dot';
import { formatShare } from '../../ui/format';
import styles from '../insight/MapPanel.module.css';
import { TIP_WIDTH, type TrackTipProps } from '../insight/TrackTip';
import { taskOf } from './evaluate-model';
import { titleOf } from './use-hear-track';

const say = strings.evaluate.map;

interface MapTipProps extends TrackTipProps {
  readonly track: EvaluatedTrack | undefined;
  readonly evaluation: Evaluation;
  readonly model: number;
}

/** Names the track under the pointer: what it is, and what it was heard as. */
export function MapTip({ track, evaluation, model, x, y, width }: MapTipProps) {
  if (!track) return null;
  const task = taskOf(evaluation);
  const verdict = track.verdicts[model];
  return (
    <div className={styles.tip} style={{ left: Math.min(x + 12, width - TIP_WIDTH), top: y + 12, maxWidth: TIP_WIDTH }}>
      <strong>{titleOf(track)}</strong>
      <span>
        {task && <Dot task={task} label={track.label} />} {say.is(displayLabel(track.label))}
      </span>
      {verdict && !verdict.isRight && (
        <span>
          {task && <Dot task={task} label={verdict.heard} hollow={verdict.abstained} />}{' '}
          {say.heard(displayLabel(verdict.heard))} {formatShare(verdict.confidence)}
        </span>
      )}
    </div>
  );
}
