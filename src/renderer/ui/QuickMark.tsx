import { Zap } from 'lucide-react';
import { strings } from '../strings';
import styles from './QuickMark.module.css';

/** Says that a verdict comes from a few windows only; the full analysis will take its place. */
export function QuickMark({ help = strings.quickly.help }: { help?: string }) {
  return (
    <span className={styles.mark} title={help}>
      <Zap size={12} strokeWidth={2} role="img" aria-label={strings.quickly.sign} />
    </span>
  );
}
