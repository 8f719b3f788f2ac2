import { useJobs, useSummary, useWriteHistory, useWritePlan } from '../../api/queries';
import { isActive } from '../jobs/job-words';
import { CleaningPane } from '../genres/cleaning/CleaningPane';
import { useCleaningStore } from '../genres/cleaning/cleaning-store';
import { History } from './History';
import { PlanPane } from './PlanPane';
import { RunPane } from './RunPane';
import { useWriteStore } from './write-store';
import styles from './WriteView.module.css';

/** The write desk: what will change in which file, the writing of it, and every write before with its way back. */
export function WriteView() {
  const { mode, runId } = useWriteStore();
  const jobs = useJobs();
  const writing = jobs.data?.some((job) => isActive(job) && (job.kind === 'write' || job.kind === 'undo')) ?? false;
  const summary = useSummary(null);
  const history = useWriteHistory();
  const showsPlan = runId === null;
  const cleans = useCleaningStore((state) => state.shown);
  const plan = useWritePlan(mode, showsPlan && !writing && !cleans);
  const run = history.data?.find((each) => each.id === runId) ?? null;
  return (
    <div className={styles.view}>
      <main className={styles.main}>
        {!showsPlan && <RunPane key={runId} runId={runId} run={run} writing={writing} />}
        {showsPlan && cleans && <CleaningPane writing={writing} />}
        {showsPlan && !cleans && (
          <PlanPane plan={plan} decided={summary.data?.quick.decided ?? null} writing={writing} />
        )}
      </main>
      <History runs={history.data ?? []} writing={writing} />
    </div>
  );
}
