import type { TrackDetail } from '#shared/contract/schemas';
import { strings } from '../../../strings';
import styles from './ReviewView.module.css';
import { verdictWords } from './verdict-words';

/** Tells a screen reader which track is at hand now. */
export function Announcer({ row }: { row: TrackDetail | null }) {
  return (
    <span role="status" className={styles.announcer} aria-label={strings.desk.atHand}>
      {row &&
        `${row.title ?? row.fileName}, ${row.artist ?? strings.desk.noArtist}. ${verdictWords(row.genre, row.content) ?? strings.notHeard}.`}
    </span>
  );
}
