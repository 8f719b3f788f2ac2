import { Check, CircleHelp, Minus, TriangleAlert } from 'lucide-react';
import type { TrackRow } from '#shared/contract/schemas';
import { nearestLabel } from '#shared/domain/analysis';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { Dot } from '../../ui/Dot';
import type { Task } from '../../ui/palette';
import { abstainWords } from '../review/abstain-words';
import { agreementOf, type Agreement } from '../review/decision-rules';
import styles from './Comparison.module.css';

const SIGNS = {
  agrees: { Icon: Check, words: 'The file agrees with what was heard' },
  disagrees: { Icon: TriangleAlert, words: 'The file says something else than what was heard' },
  none: { Icon: Minus, words: 'The file has none of its own' },
  unsure: { Icon: CircleHelp, words: 'The model named none' },
} as const satisfies Record<Agreement, unknown>;

/** The file's own tags, what was heard, and what was decided, side by side. */
export function Comparison({ row }: { row: TrackRow }) {
  const { decision } = row;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" className={styles.corner}>
            <span className={styles.hidden}>Field</span>
          </th>
          <th scope="col">In the file</th>
          <th scope="col">Heard</th>
          {decision && (
            <th scope="col">
              {decision.notMusic ? strings.desk.notMusic : decision.action === 'skip' ? 'Skipped' : 'Decided'}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        <Line task="genre" row={row} own={row.ownGenres} decided={decision?.genres} />
        <Line task="mood" row={row} own={row.ownMoods} decided={decision?.moods} />
      </tbody>
    </table>
  );
}

interface LineProps {
  readonly task: Task;
  readonly row: TrackRow;
  readonly own: readonly string[];
  readonly decided: readonly string[] | undefined;
}

function Line({ task, row, own, decided }: LineProps) {
  const verdict = row[task];
  const agreement = agreementOf(own, verdict);
  const { Icon, words } = SIGNS[agreement];
  return (
    <tr>
      <th scope="row">{task === 'genre' ? 'Genre' : 'Mood'}</th>
      <td>
        {own.length > 0 ? own.join(', ') : <span className={styles.none}>{strings.none}</span>}
        {own.length > 0 && (
          <span className={styles.sign} data-agreement={agreement} title={words}>
            <Icon size={13} role="img" aria-label={words} />
          </span>
        )}
      </td>
      <td>
        <span className={styles.heard}>
          {verdict ? (
            <>
              {verdict.abstainReason !== 'not-music' && (
                <Dot task={task} label={nearestLabel(verdict)} hollow={verdict.abstained} />
              )}
              {abstainWords(verdict, row.content) ?? displayLabel(verdict.top)}
            </>
          ) : (
            <span className={styles.none}>–</span>
          )}
        </span>
      </td>
      {decided && (
        <td className={styles.decided}>
          {decided.length > 0 ? decided.map(displayLabel).join(', ') : <span className={styles.none}>unchanged</span>}
        </td>
      )}
    </tr>
  );
}
