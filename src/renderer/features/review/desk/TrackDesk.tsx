import type { TrackDetail } from '#shared/contract/schemas';
import { strings } from '../../../strings';
import { useHearingAtHand } from '../../player/use-hearing';
import { useShortcuts } from '../../shortcuts/use-shortcuts';
import { acceptedValues } from '../decision-rules';
import { Announcer } from './Announcer';
import { topTwo } from './choices';
import { DeskActions } from './DeskActions';
import { deskKeys } from './desk-keys';
import styles from './ReviewView.module.css';
import { Side } from './Side';
import { TrackCard } from './TrackCard';
import { useDeskActions } from './use-desk-actions';
import { useSilenceAfter } from './use-silence-after';
import { heardWords } from './verdict-words';
import { Waiting } from './Waiting';

interface TrackDeskProps {
  readonly trackId: number;
  /** Null while it is on its way. */
  readonly row: TrackDetail | null;
  readonly error: Error | null;
}

/** One track with what stands around it. */
export function TrackDesk({ trackId, row, error }: TrackDeskProps) {
  const actions = useDeskActions(row);
  const hearing = useHearingAtHand(trackId);
  useSilenceAfter([trackId]);
  useShortcuts(deskKeys(actions, hearing));
  const accepted = row && acceptedValues(row);
  const values = accepted ? [...accepted.genres, ...accepted.moods] : [];
  return (
    <>
      <div className={styles.middle}>
        {row ? <TrackCard row={row} actions={actions} /> : <Waiting error={error} />}
        {row && <Side row={row} share={actions.share} />}
      </div>
      <DeskActions
        accept={values.length > 0 ? strings.desk.accept(values.join(' · ')) : null}
        nothing={strings.desk.notSure}
        two={row && topTwo(row)}
        actions={actions}
        onHear={hearing.evidence}
        canHear={row?.analysis != null}
        steps={strings.desk}
      />
      <Announcer>
        {row && `${row.title ?? row.fileName}, ${row.artist ?? strings.desk.noArtist}. ${heardWords(row)}.`}
      </Announcer>
    </>
  );
}
