import { Button } from '@mantine/core';
import { ArrowLeft, Redo2, RefreshCw, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { WriteRun } from '#shared/contract/schemas';
import { useWriteResults } from '../../api/queries';
import { strings } from '../../strings';
import { FileList } from '../../ui/FileList';
import { AskDialog, type Question } from './AskDialog';
import { RunFileLine } from './RunFileLine';
import { inOrderOfNeed, kindOf, outcomeOf, titleOf } from './run-words';
import { useWrite } from './use-write';
import { useWriteStore } from './write-store';
import styles from './WriteView.module.css';

interface RunPaneProps {
  readonly runId: number;
  /** Null until the history has it. */
  readonly run: WriteRun | null;
  readonly writing: boolean;
}

/** One run, file by file, and the way back. */
export function RunPane({ runId, run, writing }: RunPaneProps) {
  const { showRun, planAgain } = useWriteStore();
  const results = useWriteResults(runId);
  const write = useWrite();
  const [question, setQuestion] = useState<Question | null>(null);
  const isUndo = run?.kind === 'undo';
  const refused = isUndo ? [] : (results.data ?? []).filter((file) => file.status === 'refused');
  const undoable = run !== null && run.written > run.undone && run.state !== 'running' && !writing;
  return (
    <>
      <header className={styles.header}>
        <div>
          <h2>{run ? `${titleOf(run)} · ${kindOf(run)}` : 'Writing'}</h2>
          <p role="status">{outcomeOf(run)}</p>
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
          {refused.length > 0 && (
            <Button
              variant="default"
              leftSection={<RefreshCw size={14} aria-hidden="true" />}
              disabled={writing}
              onClick={() => {
                planAgain(refused.map((file) => file.path));
              }}
            >
              {strings.write.tryAgain(refused.length)}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={isUndo ? <Redo2 size={14} aria-hidden="true" /> : <Undo2 size={14} aria-hidden="true" />}
            disabled={!undoable}
            onClick={() => {
              if (run) setQuestion(questionOf(run, () => void write.undo({ runId })));
            }}
          >
            {isUndo ? strings.write.redoRun : strings.write.undoRun}
          </Button>
        </div>
      </header>
      <FileList
        estimate={88}
        label="Results"
        items={inOrderOfNeed(results.data ?? [])}
        keyOf={(file) => file.path}
        render={(file) => (
          <RunFileLine
            file={file}
            isUndo={isUndo}
            onUndo={undoable ? () => void write.undo({ runId, paths: [file.path] }) : null}
          />
        )}
      />
      <AskDialog
        question={question}
        onClose={() => {
          setQuestion(null);
        }}
      />
    </>
  );
}

function questionOf({ kind, written, undone }: WriteRun, run: () => void): Question {
  const { undoTitle, undoText, undoConfirm, redoTitle, redoText, redoConfirm } = strings.write;
  return kind === 'undo'
    ? { title: redoTitle, text: redoText(written - undone), confirm: redoConfirm, run }
    : { title: undoTitle, text: undoText(written - undone), confirm: undoConfirm, run };
}
