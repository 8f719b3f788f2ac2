import type { ReactNode } from 'react';
import { strings } from '../../../strings';
import styles from './ReviewView.module.css';

/** Tells a screen reader what is at hand now. */
export function Announcer({ children }: { children: ReactNode }) {
  return (
    <span role="status" className={styles.announcer} aria-label={strings.desk.atHand}>
      {children}
    </span>
  );
}
