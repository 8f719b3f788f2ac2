import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';
import styles from './FileList.module.css';

interface FileListProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  /** Without it items are told apart by their place. */
  readonly keyOf?: (item: T) => string;
  /** Expected height of an item in pixels, until it is measured. */
  readonly estimate: number;
  readonly render: (item: T) => ReactNode;
}

/** A long list of files of unequal height, only those in sight being in the page. */
export function FileList<T>({ label, items, keyOf, estimate, render }: FileListProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    overscan: 8,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined || !keyOf ? index : keyOf(item);
    },
  });
  return (
    <div ref={scroller} className={styles.scroller} tabIndex={0} role="region" aria-label={label}>
      <ul className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((virtual) => {
          const item = items[virtual.index];
          if (item === undefined) return null;
          return (
            <li
              key={virtual.key}
              data-index={virtual.index}
              ref={virtualizer.measureElement}
              aria-setsize={items.length}
              aria-posinset={virtual.index + 1}
              className={styles.item}
              style={{ transform: `translateY(${virtual.start}px)` }}
            >
              {render(item)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
