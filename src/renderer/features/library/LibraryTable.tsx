import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, type DragEvent, type MouseEvent } from 'react';
import { DRAGGED_AT_MOST } from '#shared/contract/preload-api';
import { knownColumns, layoutOf } from './columns';
import { dragOut } from './drag-out';
import { TABLE_ID } from './focus-table';
import { GroupLine } from './GroupLine';
import { useLibraryStore } from './library-store';
import styles from './LibraryTable.module.css';
import { locate } from './selection';
import { TableHead } from './TableHead';
import { TableMenu } from './TableMenu';
import { rowElementId, TrackLine, WaitingLine } from './TrackLine';
import { useGroupHeads } from './use-groups';
import { useInSight } from './use-in-sight';
import { useKeptPlace } from './use-kept-place';
import type { Library } from './use-library';

/** The head lies on top of the scrolled rows, so that its columns are theirs. */
const HEAD_HEIGHT = 32;
const ROW_HEIGHT = { compact: 28, comfortable: 36 } as const;

/** The tracks: only the rows in sight are in the page, whatever their number. */
export function LibraryTable({ library }: { library: Library }) {
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const { density, selection, columns } = useLibraryStore();
  const { loaded, setVisible, pick, pickGroup, layout, query } = library;
  const shown = useMemo(() => knownColumns(columns), [columns]);
  const { template, least } = useMemo(() => layoutOf(shown), [shown]);
  const height = ROW_HEIGHT[density];

  const virtualizer = useVirtualizer({
    count: layout.lines,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, height]);

  const items = virtualizer.getVirtualItems().map((item) => ({ item, what: layout.at(item.index) }));
  const tracks = items.flatMap(({ what }) => ('track' in what ? [what.track] : []));
  const first = tracks[0] ?? 0;
  const last = tracks.at(-1) ?? 60;
  useEffect(() => {
    setVisible(first, last);
  }, [first, last, setVisible]);
  const inSight = items.flatMap(({ what }) => ('head' in what ? [what.head] : []));
  const heads = useGroupHeads(query, inSight[0] ?? 0, inSight.at(-1) ?? -1);

  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: -1 };
  useInSight(idsOnLines(library, startIndex, endIndex), selection.cursorId);
  useScrollToTop(scroller, query);
  useKeptPlace(scroller, library);
  const cursorAt = useCursorInSight(virtualizer, selection.cursorId, selection.cursorIndex, library);

  const onPick = useCallback(
    (index: number, event: MouseEvent) => {
      if (event.shiftKey) event.preventDefault();
      const how = event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'one';
      void pick(index, how);
      grid.current?.focus({ preventScroll: true });
    },
    [pick],
  );
  const onDrag = useCallback((trackId: number, event: DragEvent) => {
    const { ids } = useLibraryStore.getState().selection;
    dragOut(event, ids.has(trackId) ? [...ids].slice(0, DRAGGED_AT_MOST) : [trackId]);
  }, []);
  const onPickGroup = useCallback(
    (group: number, event: MouseEvent) => {
      void pickGroup(group, event.ctrlKey || event.metaKey);
      grid.current?.focus({ preventScroll: true });
    },
    [pickGroup],
  );

  const cursorShown = cursorAt >= first && cursorAt <= last && selection.cursorId !== null && loaded.has(cursorAt);
  return (
    <div className={styles.frame}>
      <div
        ref={grid}
        id={TABLE_ID}
        role="grid"
        aria-label="Tracks"
        aria-rowcount={layout.lines + 1}
        aria-colcount={shown.shown.length}
        aria-multiselectable="true"
        aria-busy={library.outdated || library.pending}
        aria-activedescendant={
          cursorShown && selection.cursorId !== null ? rowElementId(selection.cursorId) : undefined
        }
        tabIndex={0}
        className={styles.grid}
      >
        <div ref={scroller} className={styles.scroller} role="presentation">
          <TableHead columns={shown.shown} template={template} least={least} />
          <div
            role="rowgroup"
            className={styles.rows}
            style={{ height: virtualizer.getTotalSize() - HEAD_HEIGHT, minWidth: least }}
          >
            {items.map(({ item, what }) => {
              const top = item.start - HEAD_HEIGHT;
              if ('head' in what) {
                const { from, to } = layout.tracksOf(what.head);
                return (
                  <GroupLine
                    key={item.key}
                    group={what.head}
                    head={heads.get(what.head)}
                    groupBy={query.groupBy ?? 'album'}
                    tracks={to - from}
                    line={item.index}
                    top={top}
                    columns={shown.shown.length}
                    onPick={onPickGroup}
                  />
                );
              }
              const row = loaded.get(what.track);
              if (!row) return <WaitingLine key={item.key} line={item.index} top={top} />;
              return (
                <TrackLine
                  key={item.key}
                  row={row}
                  index={what.track}
                  line={item.index}
                  top={top}
                  selected={selection.ids.has(row.id)}
                  cursor={selection.cursorId === row.id}
                  columns={shown.shown}
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
      <div className={styles.menu}>
        <TableMenu />
      </div>
    </div>
  );
}

function idsOnLines({ loaded, layout }: Library, from: number, to: number): number[] {
  const ids: number[] = [];
  for (let line = from; line <= to; line++) {
    const what = layout.at(line);
    const row = 'track' in what ? loaded.get(what.track) : undefined;
    if (row) ids.push(row.id);
  }
  return ids;
}

/** A new query starts at its top. */
function useScrollToTop(scroller: React.RefObject<HTMLDivElement | null>, query: unknown): void {
  const before = useRef(query);
  useEffect(() => {
    if (before.current !== query) scroller.current?.scrollTo({ top: 0 });
    before.current = query;
  }, [scroller, query]);
}

/** Scrolls just far enough when the cursor moves out of sight; gives the cursor's present index, -1 if unknown. */
function useCursorInSight(
  virtualizer: { scrollToIndex: (index: number, options: { align: 'auto' }) => void },
  cursorId: number | null,
  cursorIndex: number,
  { loaded, layout }: Library,
): number {
  const index = cursorId === null ? -1 : locate(cursorId, cursorIndex, loaded);
  const target = index >= 0 ? index : cursorIndex;
  useEffect(() => {
    if (cursorId !== null && target >= 0) virtualizer.scrollToIndex(layout.lineOf(target), { align: 'auto' });
    // Only a move of the cursor scrolls; rows that come and go around it do not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cursorId, cursorIndex]);
  return index;
}
