import { ArrowRight } from 'lucide-react';
import type { FieldDiff } from '#shared/domain/tags';
import { strings } from '../../strings';
import { Dot } from '../../ui/Dot';
import type { Task } from '../../ui/palette';
import styles from './DiffLines.module.css';
import { valueChanges, type ValueChange } from './plan-model';

/** What changes in one file: a line per field, old values on the left, new ones on the right. */
export function DiffLines({ diffs }: { diffs: readonly FieldDiff[] }) {
  return (
    <table className={styles.diffs}>
      <thead className={styles.hidden}>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Old</th>
          <th scope="col">
            <span>to</span>
          </th>
          <th scope="col">New</th>
          <th scope="col">Names in the file</th>
        </tr>
      </thead>
      <tbody>
        {diffs.map((diff) => {
          const { before, after } = valueChanges(diff);
          const task = diff.field === 'genre' || diff.field === 'mood' ? diff.field : null;
          return (
            <tr key={diff.field}>
              <th scope="row">{strings.write.field[diff.field] ?? diff.field}</th>
              <td className={styles.before}>
                <Values values={before} task={task} />
              </td>
              <td className={styles.arrow}>
                <ArrowRight size={13} role="img" aria-label="becomes" />
              </td>
              <td className={styles.after}>
                <Values values={after} task={task} />
              </td>
              <td className={styles.names}>{diff.names.join(' · ')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Values({ values, task }: { values: readonly ValueChange[]; task: Task | null }) {
  if (values.length === 0) return <span className={styles.none}>none</span>;
  return (
    <span className={styles.values}>
      {values.map(({ value, fate }) => {
        const Tag = fate === 'removed' ? 'del' : fate === 'added' ? 'ins' : 'span';
        return (
          <Tag key={value}>
            {task && fate !== 'removed' && <Dot task={task} label={value} />}
            {value}
          </Tag>
        );
      })}
    </span>
  );
}
