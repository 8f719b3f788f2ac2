import { ActionIcon, Tooltip } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ListMusic, Table2 } from 'lucide-react';
import { useMemo, useRef, useState, type DragEvent, type KeyboardEvent, type MouseEvent } from 'react';
import type { SmartPlaylist } from '#shared/domain/playlists/playlist';
import type { TrackRow } from '#shared/contract/schemas';
import { strings } from '../../strings';
import { EmptyState } from '../../ui/EmptyState';
import { knownColumns, layoutOf, COLUMNS } from '../library/columns';
import { dragOut } from '../library/drag-out';
import { useLibraryStore } from '../library/library-store';
import table from '../library/LibraryTable.module.css';
import { rowElementId, TrackLine, WaitingLine } from '../library/TrackLine';
import { usePlayer } from '../player/player-context';
import { heardTrack, useHearingAtHand } from '../player/use-hearing';
import { useShortcuts } from '../shortcuts/use-shortcuts';
import { nextPlace } from './next-place';
import styles from './FoundTracks.module.css';
import { useFinding, useFoundIds, useRowsOf } from './playlist-queries';

const words = strings.playlists;
const HEAD_HEIGHT = 32;
const ROW_HEIGHT = { compact: 28, comfortable: 36 } as const;
const NONE: readonly number[] = [];

interface FoundTracksProps {
  readonly playlist: SmartPlaylist;
  /** Whether what is shown is of a playlist that has changed since. */
  readonly settling: boolean;
  /** How many parts are unfinished and count for nothing. */
  readonly leftOut: number;
  readonly sentence: string;
}

/** What the playlist finds as it stands: figures over it, and its tracks in their order. */
export function FoundTracks({ playlist, settling, leftOut, sentence }: FoundTracksProps) {
  const found = useFoundIds(playlist);
  const ids = found.data ?? NONE;
  const busy = settling || found.isFetching;
  const showTracks = useLibraryStore((state) => state.showTracks);
  return (
    <section aria-label={words.found} className={styles.found}>
      <div className={styles.bar}>
        <Figures playlist={playlist} busy={busy} leftOut={leftOut} />
        <p className={styles.sentence} title={sentence}>
          {sentence}
        </p>
        <Tooltip label={words.showInLibrary}>
          <ActionIcon
            aria-label={words.showInLibrary}
            disabled={ids.length === 0}
            onClick={() => {
              showTracks({ label: playlist.name, ids });
            }}
          >
            <Table2 size={16} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </div>
      {found.error && <EmptyState icon={ListMusic} title={words.previewFailed} text={found.error.message} />}
      {!found.error && found.isSuccess && ids.length === 0 && (
        <EmptyState icon={ListMusic} title={words.nothingFound.title} text={words.nothingFound.text} />
      )}
      {!found.error && ids.length > 0 && <TrackList ids={ids} busy={busy} />}
    </section>
  );
}

function Figures({ playlist, busy, leftOut }: { playlist: SmartPlaylist; busy: boolean; leftOut: number }) {
  const { data, error } = useFinding(playlist);
  if (error || !data)
    return (
      <p className={styles.figures} role="status">
        {error ? '' : words.looking}
      </p>
    );
  const { tracks, durationSec, sizeBytes, matching } = data;
  return (
    <p className={styles.figures} role="status" aria-busy={busy} data-busy={busy || undefined}>
      {words.figures(tracks, durationSec, sizeBytes)}
      {matching > tracks && <span> {words.beforeLimit(matching)}</span>}
      {leftOut > 0 && <span className={styles.leftOut}> {words.leftOut(leftOut)}</span>}
    </p>
  );
}

/** The tracks as the library's table shows them, with its columns. */
function TrackList({ ids, busy }: { ids: readonly number[]; busy: boolean }) {
  const grid = useRef<HTMLDivElement>(null);
  const { density, columns } = useLibraryStore();
  const shown = useMemo(() => knownColumns(columns).shown, [columns]);
  const { template, least } = useMemo(() => layoutOf(knownColumns(columns)), [columns]);
  const height = ROW_HEIGHT[density];
  const [cursor, setCursor] = useState<number | null>(null);
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => grid.current,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const items = virtualizer.getVirtualItems();
  const rows = useRowsOf(ids, items[0]?.index ?? 0, items.at(-1)?.index ?? 40);
  const player = usePlayer();
  const at = cursor === null ? -1 : ids.indexOf(cursor);
  const hearing = useHearingAtHand(at < 0 ? null : cursor);
  useShortcuts({ play: hearing.play, evidence: hearing.evidence });

  const play = (row: TrackRow | undefined): void => {
    if (row) player.play(heardTrack(row));
  };
  const onPick = (index: number, event: MouseEvent): void => {
    setCursor(ids[index] ?? null);
    grid.current?.focus({ preventScroll: true });
    if (event.detail === 2) play(rows.get(index));
  };
  const onDrag = (trackId: number, event: DragEvent): void => {
    dragOut(event, [trackId]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') play(rows.get(at));
    else {
      const next = nextPlace(event.key, at, ids.length);
      if (next === null) return;
      setCursor(ids[next] ?? null);
      virtualizer.scrollToIndex(next, { align: 'auto' });
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const inSight = items.some(({ index }) => index === at) && rows.has(at);
  return (
    <div className={styles.frame}>
      <div
        ref={grid}
        role="grid"
        aria-label={words.found}
        aria-description={words.playHelp}
        aria-rowcount={ids.length + 1}
        aria-colcount={shown.length}
        aria-busy={busy}
        aria-activedescendant={inSight && cursor !== null ? rowElementId(cursor) : undefined}
        tabIndex={0}
        className={`${table.grid ?? ''} ${table.scroller ?? ''} ${styles.grid ?? ''}`}
        onKeyDown={onKeyDown}
      >
        <div
          role="row"
          aria-rowindex={1}
          className={table.head}
          style={{ gridTemplateColumns: template, minWidth: least }}
        >
          {shown.map((key) => (
            <span key={key} role="columnheader" data-align={COLUMNS[key].align}>
              <span className={table.headName}>{strings.columns[key]}</span>
            </span>
          ))}
        </div>
        <div
          role="rowgroup"
          className={table.rows}
          style={{ height: virtualizer.getTotalSize() - HEAD_HEIGHT, minWidth: least }}
        >
          {items.map(({ index, key, start }) => {
            const row = rows.get(index);
            const top = start - HEAD_HEIGHT;
            if (!row) return <WaitingLine key={key} line={index} top={top} />;
            return (
              <TrackLine
                key={key}
                row={row}
                index={index}
                line={index}
                top={top}
                selected={row.id === cursor}
                cursor={row.id === cursor}
                columns={shown}
                template={template}
                least={least}
                onPick={onPick}
                onDrag={onDrag}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
