import { Button } from '@mantine/core';
import { Pause, Play, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { JobStatus } from '#shared/contract/schemas';
import { useConnectionState } from '../../api/connection-context';
import { useJobs } from '../../api/queries';
import { strings } from '../../strings';
import { baseName, formatCount } from '../../ui/format';
import { useLibraryStore } from '../library/library-store';
import { headline, isActive, isPausable, outcome, pace, shareDone } from './job-words';
import styles from './StatusBar.module.css';
import { useScan } from './use-scan';

/** The line at the foot of the window: what is being done, how fast, and how to stop it. */
export function StatusBar() {
  const jobs = useJobs();
  const connection = useConnectionState();
  const job = jobs.data?.find(isActive) ?? jobs.data?.[0] ?? null;
  return (
    <footer className={styles.bar} aria-label="Progress">
      {job ? (
        isActive(job) ? (
          <Running job={job} />
        ) : (
          <Ended job={job} />
        )
      ) : (
        <span className={styles.quiet}>{strings.connection[connection]}</span>
      )}
      <Announcer job={job} />
    </footer>
  );
}

function Running({ job }: { job: JobStatus }) {
  const scan = useScan();
  const share = shareDone(job);
  return (
    <>
      <span className={styles.headline}>{headline(job)}</span>
      <div
        className={styles.progress}
        role="progressbar"
        aria-label={strings.progress[job.kind]}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
        data-unknown={share === null || undefined}
      >
        <div style={{ width: share === null ? undefined : `${share * 100}%` }} />
      </div>
      {pace(job).map((part) => (
        <span key={part}>{part}</span>
      ))}
      <FailedCount job={job} />
      {job.detail && <span className={styles.detail}>{job.detail}</span>}
      <span className={styles.current} title={job.current ?? undefined}>
        {job.current && baseName(job.current)}
      </span>
      {isPausable(job) && <Halt job={job} />}
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<Square size={10} fill="currentColor" aria-hidden="true" />}
        disabled={job.state === 'cancelling'}
        onClick={() => void scan.cancel(job.id)}
      >
        Cancel
      </Button>
    </>
  );
}

function Halt({ job }: { job: JobStatus }) {
  const scan = useScan();
  const paused = job.state === 'paused';
  const Icon = paused ? Play : Pause;
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<Icon size={10} fill="currentColor" aria-hidden="true" />}
      disabled={job.state === 'cancelling'}
      onClick={() => void (paused ? scan.resume(job.id) : scan.pause(job.id))}
    >
      {paused ? 'Resume' : 'Pause'}
    </Button>
  );
}

function Ended({ job }: { job: JobStatus }) {
  return (
    <>
      <span className={styles.quiet} data-failed={job.state === 'failed' || undefined}>
        {strings.progress.ended(strings.progress[job.kind])}. {outcome(job)}
      </span>
      <FailedCount job={job} />
      {job.kind !== 'write' && job.kind !== 'undo' && job.detail && <span className={styles.detail}>{job.detail}</span>}
    </>
  );
}

function FailedCount({ job }: { job: JobStatus }) {
  const setView = useLibraryStore((state) => state.setView);
  if (job.failed === 0) return null;
  return (
    <button
      type="button"
      className={styles.failed}
      onClick={() => {
        setView('failures');
      }}
    >
      {formatCount(job.failed)} failed
    </button>
  );
}

/** Speaks up at each quarter and at the end, not at each track. */
function Announcer({ job }: { job: JobStatus | null }) {
  const [said, setSaid] = useState('');
  const last = useRef('');
  const share = job ? shareDone(job) : null;
  const quarter = share === null ? 0 : Math.floor(share * 4) / 4;
  useEffect(() => {
    if (!job) return;
    const name = strings.progress[job.kind];
    const sentence = isActive(job)
      ? strings.progress.announce(name, quarter)
      : `${strings.progress.ended(name)}. ${outcome(job)}, ${formatCount(job.failed)} failed`;
    const key = `${job.id} ${job.state} ${quarter}`;
    if (key === last.current) return;
    const first = last.current === '';
    last.current = key;
    if (isActive(job) || !first) setSaid(sentence);
  }, [job, quarter]);
  return (
    <span role="status" aria-live="polite" className={styles.announcer}>
      {said}
    </span>
  );
}
