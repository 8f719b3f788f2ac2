import { Volume2 } from 'lucide-react';
import { strings } from '../../strings';
import { formatShare } from '../../ui/format';
import { inkCss, inkOf, type Task } from '../../ui/palette';
import { barLength } from '../detail/histogram';
import styles from './ComparisonTable.module.css';

interface ComparedBarProps {
  readonly task: Task;
  readonly label: string;
  readonly share: number;
  /** The largest share of all columns. */
  readonly largest: number;
  readonly abstained?: boolean;
  /** Its windows can be heard. */
  readonly hear?: { readonly words: string; readonly isHeard: boolean; readonly onHear: () => void } | null;
}

/** A bar with its share; where windows speak for it, a button that plays them. */
export function ComparedBar({ task, label, share, largest, abstained = false, hear = null }: ComparedBarProps) {
  const bar = (
    <>
      <span className={styles.track}>
        <span
          className={styles.bar}
          data-abstained={abstained || undefined}
          style={{
            width: `${barLength(share, largest) * 100}%`,
            background: inkCss(inkOf(task, label)),
          }}
        />
      </span>
      <span className={styles.share}>{formatShare(share)}</span>
    </>
  );
  if (!hear) return <span className={styles.cell}>{bar}</span>;
  return (
    <button
      type="button"
      className={styles.cell}
      aria-label={`${hear.words}, ${formatShare(share)}`}
      aria-pressed={hear.isHeard}
      title={strings.player.hearHelp}
      onClick={hear.onHear}
    >
      {bar}
      <Volume2 size={12} className={styles.sign} aria-hidden="true" />
    </button>
  );
}
