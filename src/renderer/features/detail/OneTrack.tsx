import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import { isNotMusic } from '#shared/domain/analysis';
import { strings } from '../../strings';
import { formatClock } from '../../ui/format';
import { abstainWords } from '../review/abstain-words';
import { CompareButton } from '../comparison/CompareButton';
import { isHeard, isWithoutGenre } from '../review/decision-rules';
import { LookAgain } from '../review/LookAgain';
import { AcceptNote } from './AcceptNote';
import { AlbumNote } from './AlbumNote';
import { Comparison } from './Comparison';
import { ContentBadge } from './ContentBadge';
import { FailureNote } from './FailureNote';
import { Histogram } from './Histogram';
import { MoodPlane } from './MoodPlane';
import { NoGenreNote } from './NoGenreNote';
import styles from './OneTrack.module.css';
import { Provenance } from './Provenance';
import { QuickNote } from './QuickNote';
import { TrackTimeline } from './TrackTimeline';
import { useEvidence } from './use-evidence';
import { WideGenres } from './WideGenres';

interface OneTrackProps {
  readonly row: TrackRow;
  readonly detail: TrackDetail | null;
  /** Stays with what was accepted, against the full analysis. */
  readonly onKeep: (genres: string[], moods: string[]) => void;
}

/** One track: what it is, what was heard in it, and where that comes from. `detail` may still be on its way. */
export function OneTrack({ row, detail: fetched, onKeep }: OneTrackProps) {
  const detail = fetched?.id === row.id ? fetched : null;
  const music = !isNotMusic(row.content);
  const hearing = useEvidence(row, detail?.analysis ?? null);
  return (
    <div className={styles.track}>
      <header>
        <h2 className={styles.title}>{row.title ?? row.fileName}</h2>
        <p className={styles.byline}>{byline(row, detail)}</p>
        <ContentBadge content={row.content} />
        {row.quick && <QuickNote full={detail?.fullAnalysis ?? null} />}
      </header>
      {row.stale && detail?.analysis && <p className={styles.stale}>{strings.stale(detail.analysis.model)}</p>}
      <LookAgain row={row} onKeep={onKeep} />
      {row.failure && <FailureNote row={row} failure={row.failure} />}
      {(isHeard(row) || row.decision !== null || row.ownGenres.length > 0) && <Comparison row={row} />}
      <AcceptNote accepts={row.accepts} />
      <AlbumNote row={row} />
      {row.content && row.content.top !== 'music' && (
        <Histogram task="content" verdict={row.content} most={3} note={abstainWords(row.content, null)} />
      )}
      {row.genre && (
        <Histogram
          task="genre"
          verdict={row.genre}
          most={7}
          note={abstainWords(row.genre, row.content)}
          {...hearing('genre')}
        />
      )}
      {isWithoutGenre(row) && <NoGenreNote />}
      {row.genre?.derived && <p className={styles.note}>{strings.derived}</p>}
      <CompareButton row={row} detail={detail} />
      {music && detail?.wide && <WideGenres key={`wide-${row.id}`} wide={detail.wide} />}
      {music && !detail && row.content && <div className={styles.wideWaiting} />}
      {isHeard(row) && (
        <div className={styles.timeline} data-alone={isWithoutGenre(row) || undefined}>
          {detail?.analysis ? (
            <TrackTimeline key={row.id} track={detail} analysis={detail.analysis} />
          ) : (
            <div className={styles.waiting} />
          )}
        </div>
      )}
      {row.mood && (
        <Histogram
          task="mood"
          verdict={row.mood}
          most={4}
          note={abstainWords(row.mood, row.content)}
          {...hearing('mood')}
        />
      )}
      {music && row.affect && <MoodPlane affect={row.affect} />}
      {!isHeard(row) && !row.failure && (
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
