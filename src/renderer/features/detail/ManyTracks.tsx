import { useQueryClient } from '@tanstack/react-query';
import type { TrackRow } from '#shared/contract/schemas';
import { formatCount, formatPlural } from '../../ui/format';
import { cachedRows } from '../library/use-rows';
import { isAcceptable } from '../review/decision-rules';
import { Histogram } from './Histogram';
import { averageVerdict } from './many';
import styles from './OneTrack.module.css';

/** Several tracks at once: how many, what was heard in them, and what accepting would do. */
export function ManyTracks({ ids }: { ids: ReadonlySet<number> }) {
  const queryClient = useQueryClient();
  const rows = [...cachedRows(queryClient, ids).values()];
  const genre = averageVerdict(rows, 'genre');
  const mood = averageVerdict(rows, 'mood');
  return (
    <div className={styles.track}>
      <header>
        <h2 className={styles.title}>{formatPlural(ids.size, 'track')} selected</h2>
        <p className={styles.byline}>{sentence(rows, ids.size)}</p>
      </header>
      {genre && <Histogram task="genre" verdict={genre} most={8} note="mean of the tracks" />}
      {mood && <Histogram task="mood" verdict={mood} most={4} note="mean of the tracks" />}
    </div>
  );
}

function sentence(rows: readonly TrackRow[], count: number): string {
  if (rows.length < count) return `The bars show the ${formatCount(rows.length)} of them that are loaded.`;
  const acceptable = rows.filter(isAcceptable).length;
  if (acceptable === count) return 'Accept takes what was heard in each.';
  if (acceptable === 0) return 'The model isn’t sure of any of them; choose a genre for all with Change.';
  return `Accept takes what was heard in ${formatCount(acceptable)}; the model isn’t sure of the others.`;
}
