import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, type MouseEvent } from 'react';
import { TABLE_ID } from './focus-table';
import { useLibraryStore } from './library-store';
import styles from './LibraryTable.module.css';
import { locate } from './selection';
import { TableHead } from './TableHead';
import { rowElementId, TrackLine, WaitingLine } from './TrackLine';
import { useInSight } from './use-in-sight';
import type { Library } from './use-library';

/** The head lies on top of the scrolled rows, so that its columns are theirs. */
const HEAD_HEIGHT = 32;
const ROW_HEIGHT = { compact: 28, comfortable: 36 } as const;

/** The tracks: only the rows in sight are in the page, whatever their number. */
export function LibraryTable({ library }: { library: Library }) {
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const density = useLibraryStore((state) => state.density);
  const selection = useLibraryStore((state) => state.selection);
  const { loaded, total, setVisible, pick } = library;
  const height = ROW_HEIGHT[density];

  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, height]);

  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 60;
  useEffect(() => {
    setVisible(first, last);
  }, [first, last, setVisible]);

  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: 0, endIndex: -1 };
  useInSight(idsBetween(loaded, startIndex, endIndex), selection.cursorId);
  useScrollToTop(scroller, library.query);
  const cursorAt = useCursorInSight(virtualizer, selection.cursorId, selection.cursorIndex, loaded);

  const onPick = useCallback(
    (index: number, event: MouseEvent) => {
      if (event.shiftKey) event.preventDefault();
      const how = event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'one';
      void pick(index, how);
      grid.current?.focus({ preventScroll: true });
    },
    [pick],
  );

  const cursorShown = cursorAt >= first && cursorAt <= last && selection.cursorId !== null && loaded.has(cursorAt);
  return (
    <div
      ref={grid}
      id={TABLE_ID}
      role="grid"
      aria-label="Tracks"
      aria-rowcount={total + 1}
      aria-colcount={7}
      aria-multiselectable="true"
      aria-busy={library.outdated || library.pending}
      aria-activedescendant={cursorShown && selection.cursorId !== null ? rowElementId(selection.cursorId) : undefined}
      tabIndex={0}
      className={styles.grid}
    >
      <div ref={scroller} className={styles.scroller} role="presentation">
        <TableHead />
        <div role="rowgroup" className={styles.rows} style={{ height: virtualizer.getTotalSize() - HEAD_HEIGHT }}>
          {items.map((item) => {
            const row = loaded.get(item.index);
            if (!row) return <WaitingLine key={item.key} index={item.index} top={item.start - HEAD_HEIGHT} />;
            return (
              <TrackLine
                key={item.key}
                row={row}
                index={item.index}
                top={item.start - HEAD_HEIGHT}
                selected={selection.ids.has(row.id)}
                cursor={selection.cursorId === row.id}
                onPick={onPick}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function idsBetween(loaded: Library['loaded'], from: number, to: number): number[] {
  const ids: number[] = [];
  for (let index = from; index <= to; index++) {
    const row = loaded.get(index);
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
  loaded: Library['loaded'],
): number {
  const index = cursorId === null ? -1 : locate(cursorId, cursorIndex, loaded);
  const target = index >= 0 ? index : cursorIndex;
  useEffect(() => {
    if (cursorId !== null && target >= 0) virtualizer.scrollToIndex(target, { align: 'auto' });
    // Only a move of the cursor scrolls; rows that come and go around it do not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cursorId, cursorIndex]);
  return index;
}
