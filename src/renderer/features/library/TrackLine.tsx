import { memo, type MouseEvent } from 'react';
import type { TrackRow } from '#shared/contract/schemas';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { Dot } from '../../ui/Dot';
import { formatShare } from '../../ui/format';
import { abstainWords } from '../review/abstain-words';
import { QuickMark } from '../../ui/QuickMark';
import { StateMark } from '../../ui/StateMark';
import { Strip } from '../../ui/Strip';
import styles from './LibraryTable.module.css';

export const rowElementId = (trackId: number): string => `track-${trackId}`;

interface TrackLineProps {
  readonly row: TrackRow;
  readonly index: number;
  readonly top: number;
  readonly selected: boolean;
  readonly cursor: boolean;
  readonly onPick: (index: number, event: MouseEvent) => void;
}

/** One track as a row of the table. */
export const TrackLine = memo(function TrackLine({ row, index, top, selected, cursor, onPick }: TrackLineProps) {
  return (
    <div
      role="row"
      id={rowElementId(row.id)}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={styles.row}
      data-cursor={cursor || undefined}
      data-odd={index % 2 === 1 || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onMouseDown={(event) => {
        if (event.button === 0) onPick(index, event);
      }}
    >
      <span role="gridcell" className={styles.title} title={row.path}>
        {row.title ?? row.fileName}
      </span>
      <span role="gridcell">{row.artist}</span>
      <span role="gridcell" className={styles.album}>
        {row.album}
      </span>
      <span role="gridcell" className={styles.own} data-differs={row.disagrees || undefined}>
        {row.ownGenres.join(', ') || <span className={styles.none}>–</span>}
      </span>
      <Heard row={row} />
      <span role="gridcell" className={styles.number}>
        {row.quick && <QuickMark />}
        {row.genre && !row.failure && row.genre.abstainReason !== 'not-music' ? formatShare(row.genre.confidence) : ''}
      </span>
      <span role="gridcell" className={styles.state}>
        <StateMark state={shownState(row)} />
      </span>
    </div>
  );
});

/** What is to be looked at again or anew comes before how far the track has come. */
function shownState(row: TrackRow): Parameters<typeof StateMark>[0]['state'] {
  if (row.lookAgain) return 'look-again';
  return row.stale && row.state === 'new' ? 'stale' : row.state;
}

function Heard({ row }: { row: TrackRow }) {
  const { genre } = row;
  if (!genre)
    return (
      <span role="gridcell" className={styles.none}>
        {row.failure ? row.failure.code.replaceAll('-', ' ') : ''}
      </span>
    );
  const words = abstainWords(genre, row.content);
  if (genre.abstainReason === 'not-music')
    return (
      <span role="gridcell" className={styles.notMusic}>
        {words}
      </span>
    );
  return (
    <span
      role="gridcell"
      className={styles.heard}
      data-abstained={genre.abstained || row.stale || undefined}
      title={row.stale ? strings.stateHelp.stale : undefined}
    >
      <Dot task="genre" label={genre.top} hollow={genre.abstained || row.stale} />
      <span className={styles.heardName}>{words ?? displayLabel(genre.top)}</span>
      <Strip task="genre" bars={genre.histogram} muted={genre.abstained || row.stale} />
    </span>
  );
}

/** Stands in for a row that is still on its way. */
export function WaitingLine({ index, top }: { index: number; top: number }) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy="true"
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className={styles.waiting}>
        <span className={styles.visuallyHidden}>Loading…</span>
      </span>
    </div>
  );
}
