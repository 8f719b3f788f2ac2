import { ArrowDown, ArrowUp } from 'lucide-react';
import { strings } from '../../strings';
import { COLUMNS } from './columns';
import { useLibraryStore } from './library-store';
import styles from './LibraryTable.module.css';

/** The column names; pressing one sorts by it, pressing it again turns the order round. */
export function TableHead() {
  const sort = useLibraryStore((state) => state.sort);
  const sortBy = useLibraryStore((state) => state.sortBy);
  return (
    <div role="row" aria-rowindex={1} className={styles.head}>
      {COLUMNS.map((column) => {
        const active = sort.column === column.sort;
        const Arrow = sort.descending ? ArrowDown : ArrowUp;
        return (
          <span
            key={column.key}
            role="columnheader"
            aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            className={column.key === 'album' ? styles.album : undefined}
            data-align={column.align}
          >
            <button
              type="button"
              className={styles.sort}
              onClick={() => {
                sortBy(column.sort);
              }}
            >
              {strings.columns[column.key]}
              {active && <Arrow size={12} aria-hidden="true" />}
            </button>
          </span>
        );
      })}
    </div>
  );
}
