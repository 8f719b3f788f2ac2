import type { ReactNode } from 'react';
import { strings } from '../../strings';
import styles from './Panel.module.css';

interface PanelProps {
  readonly title: string;
  /** What the chart comes to, in a sentence. */
  readonly says: ReactNode;
  /** How it is counted. */
  readonly note?: string;
  readonly tools?: ReactNode;
  readonly children?: ReactNode;
}

/** A chart with its sentence over it and its tools at the side. */
export function Panel({ title, says, note, tools, children }: PanelProps) {
  return (
    <section className={styles.panel} aria-label={title}>
      <header className={styles.head}>
        <div className={styles.words}>
          <h2 className={styles.title}>{title}</h2>
          <p className={styles.says}>{says}</p>
        </div>
        {tools && <div className={styles.tools}>{tools}</div>}
      </header>
      {children}
      {note && <p className={styles.note}>{note}</p>}
    </section>
  );
}

/** While an answer is on its way, and where there is none. */
export function PanelWait({ title, error }: { title: string; error: Error | null }) {
  return <Panel title={title} says={error ? error.message : strings.insight.counting} />;
}
