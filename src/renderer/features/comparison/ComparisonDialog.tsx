import { Button, Loader, Modal } from '@mantine/core';
import { Ear } from 'lucide-react';
import type { ModelEntry } from '#shared/contract/schemas';
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
  const models = inUseFirst(useModels().data?.models ?? []);
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

/** In the list's order; before a choice was made, the first ones. */
function chosenOf(models: readonly ModelEntry[], chosen: readonly string[] | null): string[] {
  if (chosen) return models.map(({ id }) => id).filter((id) => chosen.includes(id));
  return models.slice(0, AT_FIRST).map(({ id }) => id);
}

const inUseFirst = (models: readonly ModelEntry[]): readonly ModelEntry[] =>
  [...models].sort((a, b) => Number(b.chosen) - Number(a.chosen));

interface ListeningProps {
  readonly comparison: Comparison;
  /** Models chosen. */
  readonly count: number;
  /** There are no two models. */
  readonly only: boolean;
}

/** The button that has the track heard by who has not heard it, and how far that is; nothing where there is nothing to do. */
function Listening({ comparison: { columns, job, hear, cancel }, count, only }: ListeningProps) {
  const missing = columns.filter(({ heard }) => heard === null);
  const failed = missing.every(({ failure }) => failure !== null);
  if (job)
    return (
      <div className={styles.listening}>
        <span role="status" className={styles.status}>
          <Loader size={14} />
          {job.state === 'cancelling' ? words.stopping : words.hearing(job.detail)}
        </span>
        <Button size="compact-sm" variant="default" disabled={job.state === 'cancelling'} onClick={cancel}>
          {words.cancel}
        </Button>
      </div>
    );
  if (missing.length === 0 && count >= 2) return null;
  return (
    <div className={styles.listening}>
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
    </div>
  );
}
