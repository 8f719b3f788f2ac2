import { strings } from '../../strings';
import { EvaluateResult } from './EvaluateResult';
import { useEvaluateStore } from './evaluate-store';
import styles from './EvaluateView.module.css';
import { Running } from './Running';
import { SetupForm } from './SetupForm';
import { useEvaluation } from './use-evaluation';

/** How right models are about labelled music: what to listen to, then what came of it. */
export function EvaluateView() {
  const { result, job, failed } = useEvaluation();
  const asking = useEvaluateStore((state) => state.asking);
  if (result === undefined) return <main className={styles.view} aria-label={strings.views.evaluate} />;
  if (job) return <Running job={job} />;
  if (result && !asking) return <EvaluateResult key={result.id} evaluation={result} />;
  // What failed before the present result was made is of no concern any more.
  const recent = failed && (!result || (failed.finishedAt ?? 0) > result.madeAt) ? failed.failure : null;
  return <SetupForm hasResult={result !== null} failure={recent?.message ?? null} />;
}
