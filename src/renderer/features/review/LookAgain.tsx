import { Button } from '@mantine/core';
import type { TrackRow } from '#shared/contract/schemas';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { acceptedValues } from './decision-rules';
import styles from './LookAgain.module.css';

interface LookAgainProps {
  readonly row: TrackRow;
  /** Makes what was accepted the user's own choice, which no verdict speaks against. */
  readonly onKeep: (genres: string[], moods: string[]) => void;
}

/** The full analysis says otherwise than the quick verdict that was accepted: what each says, and the way to stay with it. */
export function LookAgain({ row, onKeep }: LookAgainProps) {
  const { decision } = row;
  if (!row.lookAgain || !decision) return null;
  const heard = acceptedValues(row);
  const accepted = words(decision);
  return (
    <section className={styles.note} aria-label={strings.states['look-again']}>
      <p>{strings.quickly.lookAgain(accepted, words(heard) || strings.quickly.nothing, row.state === 'written')}</p>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          onKeep([...decision.genres], [...decision.moods]);
        }}
      >
        {strings.quickly.keep(accepted)}
      </Button>
    </section>
  );
}

const words = ({ genres, moods }: { readonly genres: readonly string[]; readonly moods: readonly string[] }): string =>
  [...genres, ...moods].map(displayLabel).join(' · ');
