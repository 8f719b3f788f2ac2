import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { Dot } from '../../ui/Dot';
import { formatCount } from '../../ui/format';
import { inkCss, inkOf } from '../../ui/palette';
import { ChartTools } from '../insight/ChartTools';
import { Panel } from '../insight/Panel';
import type { Picture } from '../insight/picture';
import type { ResultPanelProps } from './ConfusionPanel';
import { classPicture, classSheet, taskOf, tracksIn } from './evaluate-model';
import { useEvaluateStore } from './evaluate-store';
import styles from './ClassPanel.module.css';

const say = strings.evaluate.classes;

/** Precision, recall and F1 of each label; a label shows its tracks. */
export function ClassPanel({ evaluation, model, tracks }: ResultPanelProps) {
  const { picked, pick } = useEvaluateStore();
  const index = evaluation.models.indexOf(model);
  const task = taskOf(evaluation);
  const rows = model.perClass.filter(({ support }) => support > 0);
  return (
    <Panel
      title={say.title}
      says={say.says}
      note={say.note}
      tools={<ChartTools sheet={classSheet(model)} picture={(): Picture => classPicture(model)} />}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{say.label}</th>
            <th scope="col">{say.precision}</th>
            <th scope="col">{say.recall}</th>
            <th scope="col">{say.f1}</th>
            <td />
            <th scope="col">{say.tracks}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, precision, recall, f1, support }) => {
            const key = `label ${label}`;
            return (
              <tr key={label} data-picked={picked?.key === key || undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className={styles.pick}
                    onClick={() => {
                      const ids = tracksIn(tracks, index, { row: label, column: null }).map(({ id }) => id);
                      pick({ key, label: displayLabel(label), ids });
                    }}
                  >
                    {task && <Dot task={task} label={label} />} {displayLabel(label)}
                  </button>
                </th>
                <td>{strings.evaluate.exactly(precision)}</td>
                <td>{strings.evaluate.exactly(recall)}</td>
                <td>{f1.toFixed(3)}</td>
                <td className={styles.track}>
                  <div
                    className={styles.bar}
                    style={{ width: `${f1 * 100}%`, background: inkCss(inkOf(evaluation.task, label)) }}
                  />
                </td>
                <td>{formatCount(support)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
