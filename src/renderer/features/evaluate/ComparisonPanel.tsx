import { strings } from '../../strings';
import { formatCount, formatShare } from '../../ui/format';
import { ChartTools } from '../insight/ChartTools';
import { Panel } from '../insight/Panel';
import type { Picture } from '../insight/picture';
import type { ResultPanelProps } from './ConfusionPanel';
import { comparisonPicture, comparisonSheet, outcomeOf, OUTCOMES, outcomesOf } from './comparison-model';
import styles from './ComparisonPanel.module.css';
import { useEvaluateStore } from './evaluate-store';

const say = strings.evaluate.comparison;

/** Two models on the same tracks: who is right more often, whether that may be chance, and which tracks only one is right about. */
export function ComparisonPanel({ evaluation, tracks }: ResultPanelProps) {
  const { picked, pick } = useEvaluateStore();
  const { paired, models } = evaluation;
  const [first, second] = models;
  if (!paired || !first || !second) return null;
  const names = [first.name, second.name] as const;
  const outcomes = outcomesOf(paired, names);
  return (
    <Panel
      title={say.title}
      says={say.says(paired, names)}
      note={say.note}
      tools={
        <ChartTools sheet={comparisonSheet(paired, names)} picture={(): Picture => comparisonPicture(paired, names)} />
      }
    >
      <dl className={styles.facts}>
        {names.map((name, i) => (
          <div key={name}>
            <dt>{say.right(name)}</dt>
            <dd>{strings.evaluate.exactly(paired.accuracy[i] ?? 0)}</dd>
          </div>
        ))}
        <div>
          <dt>{say.interval}</dt>
          <dd>{say.difference(paired.difference, paired.interval)}</dd>
        </div>
        <div>
          <dt>{say.test}</dt>
          <dd>{say.p(paired.p)}</dd>
        </div>
      </dl>
      <table className={styles.table} aria-label={say.list}>
        <tbody>
          {OUTCOMES.map((outcome) => {
            const { name, count } = outcomes[outcome];
            const key = `outcome ${outcome}`;
            return (
              <tr key={outcome} data-picked={picked?.key === key || undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className={styles.pick}
                    onClick={() => {
                      const ids = tracks.filter((track) => outcomeOf(track) === outcome).map(({ id }) => id);
                      pick({ key, label: name, ids });
                    }}
                  >
                    {name}
                  </button>
                </th>
                <td className={styles.track}>
                  <div
                    className={styles.bar}
                    data-outcome={outcome}
                    style={{ width: `${(100 * count) / paired.n}%` }}
                  />
                </td>
                <td>{formatCount(count)}</td>
                <td>{formatShare(count / paired.n)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
