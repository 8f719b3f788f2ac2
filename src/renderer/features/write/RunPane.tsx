import { Button } from '@mantine/core';
import { ArrowLeft, Ban, Check, CircleCheckBig, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { WriteRun } from '#shared/contract/schemas';
import { useWriteResults } from '../../api/queries';
import { strings } from '../../strings';
import { FileList } from '../../ui/FileList';
import { baseName, formatBytes, formatMoment } from '../../ui/format';
import { DiffLines } from './DiffLines';
import type { WriteResult } from './plan-model';
import { FileName } from './PlanFile';
import fileStyles from './PlanFile.module.css';
import { UndoDialog } from './UndoDialog';
import { useWriteStore } from './write-store';
import styles from './WriteView.module.css';

interface RunPaneProps {
  readonly runId: number;
  /** Null until the history has it. */
  readonly run: WriteRun | null;
  readonly writing: boolean;
}

/** One write, file by file, and the way back. */
export function RunPane({ runId, run, writing }: RunPaneProps) {
  const showRun = useWriteStore((state) => state.showRun);
  const results = useWriteResults(runId);
  const [asking, setAsking] = useState(false);
  const undoable = run !== null && run.written > run.undone && run.state !== 'running';
  return (
    <>
      <header className={styles.header}>
        <div>
          <h2>{run ? `Written ${formatMoment(run.startedAt)}` : 'Writing'}</h2>
          <p role="status">{headlineOf(run, writing)}</p>
        </div>
        <div className={styles.controls}>
          <Button
            variant="default"
            leftSection={<ArrowLeft size={14} aria-hidden="true" />}
            onClick={() => {
              showRun(null);
            }}
          >
            Back to the plan
          </Button>
          <Button
            variant="default"
            leftSection={<Undo2 size={14} aria-hidden="true" />}
            disabled={!undoable || writing}
            onClick={() => {
              setAsking(true);
            }}
          >
            Undo this write
          </Button>
        </div>
      </header>
      <LeftAloneList runId={runId} />
      <FileList
        estimate={88}
        label="Results"
        items={results.data ?? []}
        keyOf={(result) => result.path}
        render={(result) => <ResultFile result={result} undone={run?.state === 'undone'} />}
      />
      <UndoDialog
        run={asking ? run : null}
        onClose={() => {
          setAsking(false);
        }}
      />
    </>
  );
}

/** What the undo could not put back, and why. */
function LeftAloneList({ runId }: { runId: number }) {
  const leftAlone = useWriteStore((state) => state.leftAlone);
  if (leftAlone?.runId !== runId) return null;
  return (
    <section className={styles.error} aria-label="Left alone by the undo">
      <ul>
        {leftAlone.files.map((file) => (
          <li key={file.path}>
            <strong>{baseName(file.path)}</strong> <code>{file.code}</code> {file.message}
          </li>
        ))}
      </ul>
    </section>
  );
}

function headlineOf(run: WriteRun | null, writing: boolean): string {
  if (!run || (writing && run.state === 'running'))
    return 'Each file is checked, written beside the original, compared, and only then put in its place.';
  switch (run.state) {
    case 'running':
    case 'done':
      return strings.write.written(run.written, run.refused);
    case 'interrupted':
      return `Interrupted. ${strings.write.written(run.written, run.refused)}`;
    case 'undone':
      return `Undone. ${strings.write.undone(run.undone, 0)}`;
    case 'partly-undone':
      return `Partly undone. ${strings.write.undone(run.undone, run.written - run.undone)}`;
  }
}

function ResultFile({ result, undone }: { result: WriteResult; undone: boolean }) {
  switch (result.status) {
    case 'written':
      return (
        <div className={fileStyles.file}>
          {undone ? (
            <Undo2 size={14} className={fileStyles.sign} role="img" aria-label="Put back as before" />
          ) : (
            <CircleCheckBig size={14} className={fileStyles.sign} data-level="good" role="img" aria-label="Written" />
          )}
          <div>
            <FileName path={result.path} />
            <DiffLines diffs={result.diffs} />
            <p className={fileStyles.quiet}>
              Audio unchanged (SHA-256{' '}
              <code title={result.receipt.audioHash}>{result.receipt.audioHash.slice(0, 12)}…</code>),{' '}
              {formatBytes(result.receipt.sizeBefore)} → {formatBytes(result.receipt.sizeAfter)}
            </p>
          </div>
        </div>
      );
    case 'unchanged':
      return (
        <div className={fileStyles.file}>
          <Check size={14} className={fileStyles.sign} aria-hidden="true" />
          <div>
            <FileName path={result.path} />
            <p className={fileStyles.quiet}>Already as decided; nothing was written.</p>
          </div>
        </div>
      );
    case 'refused':
      return (
        <div className={fileStyles.file}>
          <Ban size={14} className={fileStyles.sign} data-level="bad" role="img" aria-label="Refused" />
          <div>
            <FileName path={result.path} />
            <p className={fileStyles.reason}>
              <code>{result.code}</code> {result.message}
            </p>
          </div>
        </div>
      );
  }
}
