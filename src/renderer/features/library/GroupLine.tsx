import { memo, type MouseEvent } from 'react';
import type { GroupBy, GroupHead } from '#shared/contract/grouping';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { formatPlural } from '../../ui/format';
import { Strip } from '../../ui/Strip';
import styles from './LibraryTable.module.css';

interface GroupLineProps {
  readonly group: number;
  /** Undefined while it is on its way. */
  readonly head: GroupHead | undefined;
  readonly groupBy: GroupBy;
  readonly tracks: number;
  readonly line: number;
  readonly top: number;
  readonly columns: number;
  readonly onPick: (group: number, event: MouseEvent) => void;
}

/** What stands over a group: its name, how many tracks it has, and what was heard in them. Pressing it selects them. */
export const GroupLine = memo(function GroupLine(props: GroupLineProps) {
  const { group, head, groupBy, tracks, line, top, columns, onPick } = props;
  const title = head?.title ?? (head ? strings.groups.none[groupBy] : '');
  return (
    <div role="row" aria-rowindex={line + 2} className={styles.group} style={{ transform: `translateY(${top}px)` }}>
      <div role="gridcell" aria-colspan={columns} className={styles.groupCell}>
        <button
          type="button"
          className={styles.groupName}
          title={strings.groups.select}
          onClick={(event) => {
            onPick(group, event);
          }}
        >
          <span className={styles.groupTitle}>{groupBy === 'heard' && head?.title ? displayLabel(title) : title}</span>
          {head?.subtitle && <span className={styles.groupSubtitle}>{head.subtitle}</span>}
          <span className={styles.groupCount}>{formatPlural(tracks, 'track')}</span>
        </button>
        <span className={styles.groupStrip}>
          {head && head.bars.length > 0 && <Strip task="genre" bars={head.bars.map((bar) => ({ ...bar, votes: 0 }))} />}
        </span>
      </div>
    </div>
  );
});
