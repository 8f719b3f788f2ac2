import { Loader } from '@mantine/core';
import type { LabelLook } from '#shared/contract/evaluation';
import { displayLabel } from '#shared/domain/vocabulary';
import { strings } from '../../strings';
import { formatCount } from '../../ui/format';
import type { Draft } from './evaluate-store';
import styles from './EvaluateView.module.css';

const say = strings.evaluate.setup;
/** Labels shown; the rest is counted. */
const MOST = 40;

interface LookNoteProps {
  readonly draft: Draft;
  readonly look: LabelLook | undefined;
  readonly error: Error | null;
  readonly looking: boolean;
}

/** What labels there are, before anything is heard: in words, and one by one. */
export function LookNote({ draft, look, error, looking }: LookNoteProps) {
  if (!look && !error && !looking) return null;
  return (
    <section className={styles.look} aria-label={say.look} aria-busy={looking}>
      <p className={styles.looked} role="status" data-bad={error !== null || look?.known === 0 || undefined}>
        {looking && <Loader size={12} />}
        {error ? error.message : look ? strings.evaluate.looked(look, draft.kind, draft.task) : say.looking}
      </p>
      {look?.failure && (
        <p className={styles.looked} data-bad>
          {strings.evaluate.lookFailed(look.failed, look.failure.message, draft.kind)}
        </p>
      )}
      {look && look.labels.length > 0 && (
        <ul className={styles.labels} data-stale={looking || undefined}>
          {look.labels.slice(0, MOST).map(({ label, files, known }) => (
            <li
              key={label}
              data-unknown={known === false || undefined}
              title={known === false ? say.unknownLabel : undefined}
            >
              {known === false ? label : displayLabel(label)} <span>{formatCount(files)}</span>
            </li>
          ))}
          {look.labels.length > MOST && <li>+ {formatCount(look.labels.length - MOST)}</li>}
        </ul>
      )}
    </section>
  );
}
