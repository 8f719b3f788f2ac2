import { Button } from '@mantine/core';
import { CircleAlert, Info } from 'lucide-react';
import type { ExportPlan, ExportTargetInfo } from '#shared/contract/playlist-export';
import { strings } from '../../strings';
import { formatPlural } from '../../ui/format';
import { showError, useToasts } from '../../ui/use-toasts';
import styles from './ExportDialog.module.css';

const words = strings.playlists.exporting;

interface ExportPlannedProps {
  readonly plans: readonly ExportPlan[];
  readonly target: ExportTargetInfo;
  readonly targets: readonly ExportTargetInfo[];
}

/** What would be written, and what of a rule the target can't say: there a list of the tracks stands in for it. */
export function ExportPlanned({ plans, target, targets }: ExportPlannedProps) {
  const [only] = plans.length === 1 ? plans : [];
  const fallback = targets.find(({ id }) => id === target.fallback);
  const unsaid = plans.filter(({ cannot }) => cannot.length > 0);
  return (
    <section aria-label={words.planned} aria-live="polite" className={styles.planned}>
      {plans.length === 0 && <p className={styles.help}>{words.nothingPlanned}</p>}
      {plans.length > 0 && <p>{plannedWords(plans)}</p>}
      {unsaid.length > 0 && (
        <div className={styles.warning}>
          <CircleAlert size={16} aria-hidden="true" />
          <div>
            <p>{words.cannot(target.name, fallback?.name ?? '', plans.length === 1 ? null : unsaid.length)}</p>
            <ul>
              {[...new Set(unsaid.flatMap(({ cannot }) => cannot))].map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <Notes notes={[...new Set(plans.flatMap(({ notes }) => notes))]} />
      <LeftOut plans={plans} />
      {only && <pre className={styles.preview}>{only.preview}</pre>}
      {only?.expression != null && <Expression text={only.expression} target={target.name} />}
    </section>
  );
}

function plannedWords(plans: readonly ExportPlan[]): string {
  const [only] = plans;
  if (plans.length !== 1 || !only) return words.files(formatPlural(plans.length, 'file'));
  return words.file(only.fileName, only.writes, formatPlural(only.tracks - only.leftOutCount, 'track'));
}

/** The rule in the player's own query language, to be pasted there. */
function Expression({ text, target }: { text: string; target: string }) {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    useToasts.getState().show({ level: 'info', message: words.copied });
  };
  return (
    <div className={styles.expression}>
      <p>
        {words.expression(target)}{' '}
        <Button variant="default" size="compact-xs" onClick={() => void copy().catch(showError)}>
          {words.copy}
        </Button>
      </p>
      <pre className={styles.preview}>{text}</pre>
    </div>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <div className={styles.note}>
      <Info size={16} aria-hidden="true" />
      <ul>
        {notes.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </div>
  );
}

/** Tracks that the format can't hold; the first of them by name. */
function LeftOut({ plans }: { plans: readonly ExportPlan[] }) {
  const count = plans.reduce((sum, plan) => sum + plan.leftOutCount, 0);
  if (count === 0) return null;
  return (
    <div className={styles.warning}>
      <CircleAlert size={16} aria-hidden="true" />
      <div>
        <p>{words.leftOut(formatPlural(count, 'track'))}</p>
        <ul>
          {plans
            .flatMap(({ leftOut }) => leftOut)
            .slice(0, SHOWN)
            .map(({ path, why }) => (
              <li key={path}>
                {path}: {why}
              </li>
            ))}
        </ul>
      </div>
    </div>
  );
}

const SHOWN = 5;
