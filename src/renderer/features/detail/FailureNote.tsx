import { Button } from '@mantine/core';
import { RotateCw, TriangleAlert } from 'lucide-react';
import type { TrackRow } from '#shared/contract/schemas';
import type { Failure } from '#shared/domain/failure';
import { useConnection } from '../../api/connection-context';
import { showError } from '../../ui/use-toasts';
import styles from './FailureNote.module.css';

/** Why a track could not be analysed, what to do, and a way to try again. */
export function FailureNote({ row, failure }: { row: TrackRow; failure: Failure }) {
  const connection = useConnection();
  return (
    <section className={styles.note} aria-label="Failure">
      <p className={styles.code}>
        <TriangleAlert size={14} aria-hidden="true" />
        <code>{failure.code}</code>
      </p>
      <p className={styles.message}>{failure.message}</p>
      <Button
        variant="default"
        leftSection={<RotateCw size={14} aria-hidden="true" />}
        onClick={() => {
          connection.call('jobs.analyze', { trackIds: [row.id], force: true }).catch(showError);
        }}
      >
        Try again
      </Button>
    </section>
  );
}
