import { Button } from '@mantine/core';
import { Square } from 'lucide-react';
import type { JobStatus } from '#shared/contract/schemas';
import { strings } from '../../strings';
import { baseName } from '../../ui/format';
import { pace, shareDone } from '../jobs/job-words';
import { useScan } from '../jobs/use-scan';
import styles from './EvaluateView.module.css';

const say = strings.evaluate.running;

/** How far the evaluation is. */
export function Running({ job }: { job: JobStatus }) {
  const scan = useScan();
  const share = shareDone(job);
  return (
    <main className={styles.view} aria-label={strings.views.evaluate}>
      <section className={styles.running} aria-label={say.title}>
        <h2 className={styles.title}>{say.title}</h2>
        <div
          className={styles.progress}
          role="progressbar"
          aria-label={say.title}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={share === null ? undefined : Math.round(share * 100)}
          data-unknown={share === null || undefined}
        >
          <div style={{ width: share === null ? undefined : `${share * 100}%` }} />
        </div>
        <p className={styles.figures}>
          <span>{stage(job)}</span>
          {pace(job).map((part) => (
            <span key={part}>{part}</span>
          ))}
          {job.detail && <span>{job.detail}</span>}
        </p>
        <p className={styles.current}>{job.total !== null && job.current && baseName(job.current)}</p>
        <p className={styles.help}>{say.text}</p>
        <Button
          variant="default"
          leftSection={<Square size={12} fill="currentColor" aria-hidden="true" />}
          disabled={job.state === 'cancelling'}
          onClick={() => void scan.cancel(job.id)}
        >
          {say.cancel}
        </Button>
      </section>
    </main>
  );
}

/** Files are found, then the model is loaded, which has no measure; a file at hand tells one from the other. */
function stage({ total, done, current }: JobStatus): string {
  if (total !== null) return say.of(done, total);
  return current === null ? say.finding : say.starting;
}
