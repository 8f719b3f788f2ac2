import type { FullAnalysis } from '#shared/contract/schemas';
import { strings } from '../../strings';
import { QuickMark } from '../../ui/QuickMark';
import styles from './QuickNote.module.css';

/** Above a quick verdict: what it is, and where the full one stands. `full` null: not known yet. */
export function QuickNote({ full }: { full: FullAnalysis | null }) {
  return (
    <p className={styles.note} title={strings.quickly.help}>
      <QuickMark />
      <span>
        {strings.quickly.sign}
        {full && `; ${strings.quickly.full[full]}`}
      </span>
    </p>
  );
}
