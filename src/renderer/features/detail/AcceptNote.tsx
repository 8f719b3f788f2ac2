import type { TrackRow } from '#shared/contract/schemas';
import { strings } from '../../strings';
import styles from './AcceptNote.module.css';

const words = strings.genres.accepts;

/** Which genres accepting writes and why, where that is not simply the verdict. */
export function AcceptNote({ accepts: { genres } }: Pick<TrackRow, 'accepts'>) {
  const [first, ...others] = genres;
  if (!first || (others.length === 0 && first.why.kind === 'heard' && first.insteadOf === null)) return null;
  return (
    <section className={styles.note} aria-label={words.heading}>
      <h3 className={styles.heading}>{words.heading}</h3>
      <ul className={styles.list}>
        {genres.map((genre) => (
          <li key={genre.name}>
            <strong>{genre.name}</strong> <span className={styles.why}>{words.why(genre)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
