import { memo, type DragEvent, type MouseEvent } from 'react';
import type { TrackRow } from '#shared/contract/schemas';
import { nearestLabel, tellsConfidence } from '#shared/domain/analysis';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { Dot } from '../../ui/Dot';
import { folderOf, formatClock, formatMoment, formatShare } from '../../ui/format';
import { abstainWords } from '../review/abstain-words';
import { isWithoutGenre } from '../review/decision-rules';
import { QuickMark } from '../../ui/QuickMark';
import { StateMark } from '../../ui/StateMark';
import { Strip } from '../../ui/Strip';
import type { ColumnKey } from './columns';
import { canDragOut } from './drag-out';
import styles from './LibraryTable.module.css';

export const rowElementId = (trackId: number): string => `track-${trackId}`;

interface TrackLineProps {
  readonly row: TrackRow;
  readonly index: number;
  /** Its line in the table, heads of groups counted. */
  readonly line: number;
  readonly top: number;
  readonly selected: boolean;
  readonly cursor: boolean;
  readonly columns: readonly ColumnKey[];
  /** The table's grid; see `layoutOf`. */
  readonly template: string;
  readonly least: number;
  readonly onPick: (index: number, event: MouseEvent) => void;
  readonly onDrag: (trackId: number, event: DragEvent) => void;
}

const isPlain = (event: MouseEvent): boolean => !event.shiftKey && !event.ctrlKey && !event.metaKey;

/** One track as a row of the table. */
export const TrackLine = memo(function TrackLine(props: TrackLineProps) {
  const { row, index, line, top, selected, cursor, columns, template, least, onPick, onDrag } = props;
  return (
    <div
      role="row"
      id={rowElementId(row.id)}
      aria-rowindex={line + 2}
      aria-selected={selected}
      className={styles.row}
      data-cursor={cursor || undefined}
      style={{ transform: `translateY(${top}px)`, gridTemplateColumns: template, minWidth: least }}
      onMouseDown={(event) => {
        // Of several that are selected, all may be about to be dragged.
        if (event.button === 0 && !(selected && isPlain(event))) onPick(index, event);
      }}
      onClick={(event) => {
        if (selected && isPlain(event)) onPick(index, event);
      }}
      draggable={canDragOut()}
      onDragStart={(event) => {
        onDrag(row.id, event);
      }}
    >
      {columns.map((column) => (
        <Cell key={column} column={column} row={row} />
      ))}
    </div>
  );
});

function Cell({ column, row }: { column: ColumnKey; row: TrackRow }) {
  switch (column) {
    case 'title':
      return (
        <span role="gridcell" className={styles.title} title={row.path}>
          {row.title ?? row.fileName}
        </span>
      );
    case 'artist':
    case 'album':
      return <span role="gridcell">{row[column]}</span>;
    case 'ownGenre':
      return (
        <span role="gridcell" className={styles.own} data-differs={row.disagrees || undefined}>
          {row.ownGenres.join(', ') || <span className={styles.none}>–</span>}
        </span>
      );
    case 'genre':
      return <Heard row={row} />;
    case 'confidence':
      return (
        <span role="gridcell" className={styles.number}>
          {row.quick && <QuickMark />}
          {row.genre && !row.failure && tellsConfidence(row.genre) ? formatShare(row.genre.confidence) : ''}
        </span>
      );
    case 'state':
      return (
        <span role="gridcell" className={styles.state}>
          <StateMark state={shownState(row)} />
        </span>
      );
    case 'mood':
      return <span role="gridcell">{row.mood && !row.mood.abstained ? displayLabel(row.mood.top) : ''}</span>;
    case 'year':
      return (
        <span role="gridcell" className={styles.number}>
          {row.year}
        </span>
      );
    case 'duration':
      return (
        <span role="gridcell" className={styles.number}>
          {row.durationSec === null ? '' : formatClock(row.durationSec)}
        </span>
      );
    case 'content':
      return <span role="gridcell">{row.content && !row.content.abstained ? displayLabel(row.content.top) : ''}</span>;
    case 'decision':
      return <span role="gridcell">{decisionWords(row)}</span>;
    case 'fileName':
      return (
        <span role="gridcell" title={row.path}>
          {row.fileName}
        </span>
      );
    case 'folder':
      return (
        <span role="gridcell" className={styles.folder} title={folderOf(row.path)}>
          <bdi>{folderOf(row.path)}</bdi>
        </span>
      );
    case 'analysedAt':
      return (
        <span role="gridcell" className={styles.number}>
          {row.analysedAt === null ? '' : formatMoment(row.analysedAt)}
        </span>
      );
  }
}

/** What is to stand in the file, as the user decided. */
function decisionWords({ decision }: TrackRow): string {
  if (!decision) return '';
  if (decision.action === 'skip') return strings.states.skipped;
  return [...decision.genres, ...decision.moods].join(', ');
}

/** What is to be looked at again or anew comes before how far the track has come. */
function shownState(row: TrackRow): Parameters<typeof StateMark>[0]['state'] {
  if (row.lookAgain) return 'look-again';
  return row.stale && row.state === 'new' ? 'stale' : row.state;
}

function Heard({ row }: { row: TrackRow }) {
  const { genre } = row;
  if (!genre) {
    const without = isWithoutGenre(row);
    return (
      <span role="gridcell" className={styles.none} title={without ? strings.noGenre.cell : undefined}>
        {row.failure ? row.failure.code.replaceAll('-', ' ') : without ? '–' : ''}
      </span>
    );
  }
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
      title={row.stale ? strings.stateHelp.stale : (words ?? undefined)}
    >
      <Dot task="genre" label={nearestLabel(genre)} hollow={genre.abstained || row.stale} />
      <span className={styles.heardName}>
        {genre.rather === undefined ? (words ?? displayLabel(genre.top)) : `${displayLabel(genre.rather)}?`}
      </span>
      <Strip task="genre" bars={genre.histogram} muted={genre.abstained || row.stale} />
    </span>
  );
}

/** Stands in for a row that is still on its way. */
export function WaitingLine({ line, top }: { line: number; top: number }) {
  return (
    <div
      role="row"
      aria-rowindex={line + 2}
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
