import type { Evaluation } from '#shared/contract/evaluation';
import { strings } from '../../strings';
import { Panel } from '../insight/Panel';
import styles from './FailuresPanel.module.css';

const say = strings.evaluate.failures;

/** Files that could not be heard, each with why. */
export function FailuresPanel({ evaluation: { failures, failed } }: { evaluation: Evaluation }) {
  return (
    <Panel title={say.title} says={say.says(failed, failures.length)}>
      <ul className={styles.list}>
        {failures.map(({ path, message }, i) => (
          <li key={i}>
            <span className={styles.path}>{path}</span>
            <span className={styles.why}>{message}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
