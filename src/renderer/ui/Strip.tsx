import type { HistogramBar } from '#shared/domain/analysis';
import { inkCss, inkOf, NEUTRAL_INK, type Task } from './palette';
import styles from './Strip.module.css';

/** Shares below this are too thin to be seen and go together. */
const THINNEST = 0.04;

/** A histogram as one thin stacked strip, for a table's row. Decoration: the label stands beside it. */
export function Strip({ task, bars, muted = false }: { task: Task; bars: readonly HistogramBar[]; muted?: boolean }) {
  const shown = bars.filter((bar) => bar.share >= THINNEST);
  const rest = Math.max(0, 1 - shown.reduce((sum, bar) => sum + bar.share, 0));
  return (
    <span className={styles.strip} data-muted={muted || undefined} aria-hidden="true">
      {shown.map((bar) => (
        <span key={bar.label} style={{ flexGrow: bar.share, background: inkCss(inkOf(task, bar.label)) }} />
      ))}
      {rest > 0.005 && <span style={{ flexGrow: rest, background: inkCss(NEUTRAL_INK), opacity: 0.35 }} />}
    </span>
  );
}
