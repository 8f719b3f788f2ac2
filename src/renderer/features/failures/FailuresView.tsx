import { CircleCheckBig } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { JobFailure } from '#shared/contract/schemas';
import { useFailures } from '../../api/queries';
import { strings } from '../../strings';
import { EmptyState } from '../../ui/EmptyState';
import { FileList } from '../../ui/FileList';
import { baseName, folderOf, formatCount, formatPlural } from '../../ui/format';
import styles from './FailuresView.module.css';

/** Every file that failed, with its code and what to do about it. */
export function FailuresView() {
  const failures = useFailures();
  const [code, setCode] = useState<string | null>(null);
  const codes = useMemo(() => countCodes(failures.data ?? []), [failures.data]);
  const chosen = code !== null && codes.some(([each]) => each === code) ? code : null;
  const shown = (failures.data ?? []).filter((failure) => chosen === null || failure.code === chosen);
  if (failures.data?.length === 0)
    return (
      <main className={styles.view}>
        <EmptyState icon={CircleCheckBig} {...strings.empty.failures} />
      </main>
    );
  return (
    <main className={styles.view}>
      <header className={styles.header}>
        <h2>Failures</h2>
        <p>
          {failures.data
            ? `${formatPlural(failures.data.length, 'file')} could not be read, analysed or written. They are left as they are.`
            : ''}
        </p>
      </header>
      <div className={styles.codes} role="group" aria-label="Show failures by code">
        <CodeButton code={null} count={failures.data?.length ?? 0} chosen={chosen} onChoose={setCode} />
        {codes.map(([each, count]) => (
          <CodeButton key={each} code={each} count={count} chosen={chosen} onChoose={setCode} />
        ))}
      </div>
      <div className={styles.files}>
        <FileList
          label="Files that failed"
          items={shown}
          estimate={60}
          render={(failure) => <FailureItem failure={failure} />}
        />
      </div>
    </main>
  );
}

interface CodeButtonProps {
  readonly code: string | null;
  readonly count: number;
  readonly chosen: string | null;
  readonly onChoose: (code: string | null) => void;
}

function CodeButton({ code, count, chosen, onChoose }: CodeButtonProps) {
  return (
    <button
      type="button"
      className={styles.code}
      aria-pressed={chosen === code}
      onClick={() => {
        onChoose(code);
      }}
    >
      {code ?? 'All'} <span>{formatCount(count)}</span>
    </button>
  );
}

function FailureItem({ failure }: { failure: JobFailure }) {
  return (
    <div className={styles.failure}>
      <code className={styles.badge}>{failure.code}</code>
      <div>
        <p className={styles.path} title={failure.path}>
          <strong>{baseName(failure.path)}</strong>
          <span>{folderOf(failure.path)}</span>
        </p>
        <p className={styles.message}>{failure.message}</p>
      </div>
    </div>
  );
}

function countCodes(failures: readonly JobFailure[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { code } of failures) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}
