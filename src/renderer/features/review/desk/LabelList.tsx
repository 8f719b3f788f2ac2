import { Kbd } from '@mantine/core';
import { foldLabel } from '#shared/domain/vocabulary';
import { strings } from '../../../strings';
import { formatPlural, formatShare } from '../../../ui/format';
import { genreInk, inkCss } from '../../../ui/palette';
import { useKeyStore } from '../../shortcuts/key-store';
import type { Choice } from './choices';
import styles from './LabelList.module.css';

interface LabelListProps {
  readonly choices: readonly Choice[];
  /** Folds of the genres that were decided. */
  readonly chosen: ReadonlySet<string>;
  /** What `votes` counts. */
  readonly counted?: 'window' | 'track';
  readonly onPick: (label: string) => void;
}

/** The genres in the order of their numbers, each with how much sounds like it. */
export function LabelList({ choices, chosen, counted = 'window', onPick }: LabelListProps) {
  const numbered = useKeyStore((state) => state.singleKeys);
  return (
    <ol className={styles.list} aria-label={strings.desk.labels}>
      {choices.map(({ label, share, votes }, index) => (
        <li key={label}>
          <button
            type="button"
            className={styles.choice}
            aria-pressed={chosen.has(foldLabel(label))}
            onClick={() => {
              onPick(label);
            }}
          >
            <span className={styles.key}>{numbered && <Kbd size="sm">{index + 1}</Kbd>}</span>
            <span className={styles.name}>{label}</span>
            <span className={styles.track} aria-hidden="true">
              <span
                className={styles.bar}
                style={{ width: `${100 * (share ?? 0)}%`, background: inkCss(genreInk(label)) }}
              />
            </span>
            <span className={styles.share}>{share === null ? '' : formatShare(share)}</span>
            <span className={styles.votes}>
              {votes === null ? (share === null ? '' : strings.desk.named) : formatPlural(votes, counted)}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
