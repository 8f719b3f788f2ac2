import type { WriteRun } from '#shared/contract/schemas';
import { strings } from '../../strings';
import { formatCount, formatMoment, formatPlural } from '../../ui/format';
import styles from './History.module.css';
import { useWriteStore } from './write-store';

/** Every write there was, newest first; choosing one shows its results and the way back. */
export function History({ runs }: { runs: readonly WriteRun[] }) {
  const { runId, showRun } = useWriteStore();
  return (
    <aside className={styles.history} aria-label="History of writes">
      <h2>History</h2>
      {runs.length === 0 ? (
        <p className={styles.none}>{strings.empty.history}</p>
      ) : (
        <ul>
          {runs.map((run) => (
            <li key={run.id}>
              <button
                type="button"
                className={styles.run}
                aria-pressed={runId === run.id}
                onClick={() => {
                  showRun(runId === run.id ? null : run.id);
                }}
              >
                <span className={styles.when}>{formatMoment(run.startedAt)}</span>
                <span className={styles.what}>{describe(run)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}

const STATES: Record<WriteRun['state'], string> = {
  running: 'being written',
  done: '',
  interrupted: 'interrupted',
  undone: 'undone',
  'partly-undone': 'partly undone',
};

function describe(run: WriteRun): string {
  const parts = [formatPlural(run.written, 'file')];
  if (run.refused > 0) parts.push(`${formatCount(run.refused)} refused`);
  if (STATES[run.state]) parts.push(STATES[run.state]);
  return parts.join(' · ');
}
