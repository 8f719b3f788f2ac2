import { Button } from '@mantine/core';
import { History as HistoryIcon, PenLine, TriangleAlert, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { WriteRun } from '#shared/contract/schemas';
import { useUndoable } from '../../api/queries';
import { strings } from '../../strings';
import { AskDialog, type Question } from './AskDialog';
import styles from './History.module.css';
import { describeRun, titleOf } from './run-words';
import { useWrite } from './use-write';
import { useWriteStore } from './write-store';

/** Every run there was, newest first; choosing one shows what it did to which file, and the way back. */
export function History({ runs, writing }: { runs: readonly WriteRun[]; writing: boolean }) {
  return (
    <aside className={styles.history} aria-label="History of writes">
      <header className={styles.head}>
        <h2>History</h2>
        {runs.length > 0 && <DayZero writing={writing} />}
      </header>
      {runs.length === 0 ? (
        <p className={styles.none}>{strings.empty.history}</p>
      ) : (
        <ul>
          {runs.map((run) => (
            <Run key={run.id} run={run} />
          ))}
        </ul>
      )}
    </aside>
  );
}

function Run({ run }: { run: WriteRun }) {
  const { runId, showRun } = useWriteStore();
  const Icon = run.kind === 'undo' ? Undo2 : PenLine;
  return (
    <li>
      <button
        type="button"
        className={styles.run}
        aria-pressed={runId === run.id}
        onClick={() => {
          showRun(runId === run.id ? null : run.id);
        }}
      >
        <Icon size={14} className={styles.icon} aria-hidden="true" />
        <span>{titleOf(run)}</span>
        <span className={styles.what}>
          {run.state === 'interrupted' && <TriangleAlert size={12} aria-hidden="true" />} {describeRun(run)}
        </span>
      </button>
    </li>
  );
}

/** Takes back all that was ever written. */
function DayZero({ writing }: { writing: boolean }) {
  const files = useUndoable().data?.files ?? 0;
  const write = useWrite();
  const [question, setQuestion] = useState<Question | null>(null);
  const { dayZero, dayZeroTitle, dayZeroText, dayZeroConfirm } = strings.write;
  const ask = (): void => {
    const run = () => void write.undo({ all: true });
    setQuestion({ title: dayZeroTitle, text: dayZeroText(files), confirm: dayZeroConfirm(files), run });
  };
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<HistoryIcon size={12} aria-hidden="true" />}
        disabled={files === 0 || writing}
        onClick={ask}
      >
        {dayZero}
      </Button>
      <AskDialog
        question={question}
        onClose={() => {
          setQuestion(null);
        }}
      />
    </>
  );
}
