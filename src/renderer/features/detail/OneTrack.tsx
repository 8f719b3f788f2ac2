import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import { formatClock } from '../../ui/format';
import { Comparison } from './Comparison';
import { FailureNote } from './FailureNote';
import { Histogram } from './Histogram';
import styles from './OneTrack.module.css';
import { Provenance } from './Provenance';
import { TrackTimeline } from './TrackTimeline';

/** One track: what it is, what was heard in it, and where that comes from. `detail` may still be on its way. */
export function OneTrack({ row, detail: fetched }: { row: TrackRow; detail: TrackDetail | null }) {
  const detail = fetched?.id === row.id ? fetched : null;
  return (
    <div className={styles.track}>
      <header>
        <h2 className={styles.title}>{row.title ?? row.fileName}</h2>
        <p className={styles.byline}>{byline(row, detail)}</p>
      </header>
      {row.failure && <FailureNote row={row} failure={row.failure} />}
      {(row.genre ?? row.decision ?? row.ownGenres.length > 0) && <Comparison row={row} />}
      {row.genre && <Histogram task="genre" verdict={row.genre} most={7} />}
      {row.genre && (
        <div className={styles.timeline}>
          {detail?.analysis ? (
            <TrackTimeline key={row.id} analysis={detail.analysis} durationSec={detail.durationSec} />
          ) : (
            <div className={styles.waiting} />
          )}
        </div>
      )}
      {row.mood && <Histogram task="mood" verdict={row.mood} most={4} />}
      {!row.genre && !row.failure && (
        <p className={styles.note}>Not listened to yet. Press Scan, and Genregram listens to it in its turn.</p>
      )}
      {detail && <Provenance detail={detail} />}
    </div>
  );
}

function byline(row: TrackRow, detail: TrackDetail | null): string {
  const album = row.album && detail?.year ? `${row.album} (${detail.year})` : row.album;
  const parts = [row.artist, album, row.durationSec === null ? null : formatClock(row.durationSec)];
  return parts.filter((part) => part !== null).join(' · ') || 'No artist, no album';
}
