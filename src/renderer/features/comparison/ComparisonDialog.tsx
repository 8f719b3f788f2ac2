import { Button, Loader, Modal } from '@mantine/core';
import { Ear } from 'lucide-react';
import { useModels } from '../../api/queries';
import { strings } from '../../strings';
import { PassageControls } from '../player/PassageControls';
import { usePassageOf } from '../player/player-store';
import styles from './ComparisonDialog.module.css';
import { useComparisonStore, type ComparisonRequest } from './comparison-store';
import { ComparisonTable } from './ComparisonTable';
import { ModelChoice } from './ModelChoice';
import { useColumnEvidence } from './use-column-evidence';
import { useComparison, type Comparison } from './use-comparison';

const words = strings.comparison;

/** As many as fit side by side are chosen at first, the one in use among them. */
const AT_FIRST = 3;

/** What several models hear in one track, side by side. */
export function ComparisonDialog() {
  const { request, close } = useComparisonStore();
  return (
    <Modal
      opened={request !== null}
      onClose={close}
      size="min(1080px, 96vw)"
      title={words.title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {request && <Compared key={request.row.id} request={request} />}
    </Modal>
  );
}

function Compared({ request }: { request: ComparisonRequest }) {
  const { row, plan } = request;
  const models = useModels().data?.models ?? [];
  const { chosen, choose } = useComparisonStore();
  const ids = chosenOf(models, chosen);
  const comparison = useComparison(request, ids);
  const evidence = useColumnEvidence(row, comparison.columns);
  const passage = usePassageOf(row.id);
  return (
    <div className={styles.body}>
      <p className={styles.track}>
        <strong>{row.title ?? row.fileName}</strong>
        {row.artist !== null && ` · ${row.artist}`}
        <span className={styles.note}>{words.plan(plan)}</span>
      </p>
      <ModelChoice models={models} chosen={ids} onChoose={choose} />
      <Listening comparison={comparison} count={ids.length} only={models.length < 2} />
      {comparison.error !== null && (
        <p role="alert" className={styles.error}>
          {comparison.error}
        </p>
      )}
      {comparison.columns.length > 0 && (
        <ComparisonTable columns={comparison.columns} evidence={evidence} hearing={comparison.job?.detail ?? null} />
      )}
      <div className={styles.foot}>
        <span className={styles.note}>{words.note}</span>
        {passage && <PassageControls />}
      </div>
    </div>
  );
}

/** In the list's order; before a choice was made, the model in use and those after it. */
function chosenOf(
  models: readonly { readonly id: string; readonly chosen: boolean }[],
  chosen: readonly string[] | null,
): string[] {
  if (chosen) return models.map(({ id }) => id).filter((id) => chosen.includes(id));
  const first = new Set([...models].sort((a, b) => Number(b.chosen) - Number(a.chosen)).slice(0, AT_FIRST));
  return models.filter((model) => first.has(model)).map(({ id }) => id);
}

interface ListeningProps {
  readonly comparison: Comparison;
  /** Models chosen. */
  readonly count: number;
  /** There are no two models. */
  readonly only: boolean;
}

/** The button that has the track heard by who has not heard it, and how far that is. */
function Listening({ comparison: { columns, job, hear, cancel }, count, only }: ListeningProps) {
  const missing = columns.filter(({ heard }) => heard === null);
  const failed = missing.length > 0 && missing.every(({ failure }) => failure !== null);
  return (
    <div className={styles.listening}>
      {job ? (
        <>
          <span role="status" className={styles.status}>
            <Loader size={14} />
            {job.state === 'cancelling' ? words.stop : words.hearing(job.detail)}
          </span>
          <Button size="compact-sm" variant="default" disabled={job.state === 'cancelling'} onClick={cancel}>
            {words.cancel}
          </Button>
        </>
      ) : (
        <>
          {missing.length > 0 && (
            <Button
              size="compact-sm"
              variant={failed ? 'default' : 'filled'}
              leftSection={<Ear size={14} aria-hidden="true" />}
              onClick={hear}
            >
              {failed ? words.hearAgain(missing.length) : words.hear(missing.length)}
            </Button>
          )}
          {count < 2 && <span className={styles.note}>{only ? words.oneModel : words.few}</span>}
        </>
      )}
    </div>
  );
}
