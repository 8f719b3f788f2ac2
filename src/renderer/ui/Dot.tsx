import { inkCss, inkOf, type Task } from './palette';
import styles from './Dot.module.css';

/** A label's colour beside its name; hollow where the model isn't sure. */
export function Dot({ task, label, hollow = false }: { task: Task; label: string; hollow?: boolean }) {
  const color = inkCss(inkOf(task, label));
  return (
    <span
      className={styles.dot}
      style={hollow ? { boxShadow: `inset 0 0 0 1.5px ${color}` } : { background: color }}
      aria-hidden="true"
    />
  );
}
