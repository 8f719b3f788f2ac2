import type { ReactNode } from 'react';
import styles from './settings.module.css';

/** A setting that is one of a few: its name above, what the chosen one means below. */
export function Choice({ label, help, children }: { label: string; help: string; children: ReactNode }) {
  return (
    <div className={styles.setting}>
      <p className={styles.label}>{label}</p>
      {children}
      <p className={styles.help}>{help}</p>
    </div>
  );
}
