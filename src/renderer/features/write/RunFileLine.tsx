import { Button } from '@mantine/core';
import { Ban, Check, CircleCheckBig, Minus, TriangleAlert, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { strings } from '../../strings';
import { baseName, formatBytes } from '../../ui/format';
import { DiffLines } from './DiffLines';
import type { RunFile } from './plan-model';
import { FileName } from './PlanFile';
import styles from './PlanFile.module.css';
import { isNotReached } from './run-words';

type Written = Extract<RunFile, { status: 'written' }>;

interface RunFileLineProps {
  readonly file: RunFile;
  /** Is the run an undo? */
  readonly isUndo: boolean;
  /** Null while that is not possible. */
  readonly onUndo: (() => void) | null;
}

/** What a run did to one file, and the way back for it alone. */
export function RunFileLine({ file, isUndo, onUndo }: RunFileLineProps) {
  switch (file.status) {
    case 'written':
      return (
        <Line path={file.path} icon={<WrittenIcon file={file} />} action={file.undone ? null : onUndo} isUndo={isUndo}>
          <DiffLines diffs={file.diffs} />
          {file.undo && !file.undo.exact && <FieldsBack left={file.undo.left} />}
          {!isUndo && <Manner receipt={file.receipt} />}
          <p className={styles.quiet}>
            {file.undo?.exact && `${strings.write.exact} `}Audio unchanged (SHA-256{' '}
            <code title={file.receipt.audioHash}>{file.receipt.audioHash.slice(0, 12)}…</code>
            ), {formatBytes(file.receipt.sizeBefore)} → {formatBytes(file.receipt.sizeAfter)}
          </p>
        </Line>
      );
    case 'unchanged':
      return (
        <Line path={file.path} icon={<Check size={14} className={styles.sign} aria-hidden="true" />}>
          <p className={styles.quiet}>{isUndo ? strings.write.asBefore : strings.write.asDecided}</p>
        </Line>
      );
    case 'refused': {
      if (isNotReached(file))
        return (
          <Line path={file.path} icon={<Minus size={14} className={styles.sign} aria-hidden="true" />}>
            <p className={styles.quiet}>{file.message}</p>
          </Line>
        );
      const label = isUndo ? 'Left alone' : 'Refused';
      return (
        <Line
          path={file.path}
          icon={<Ban size={14} className={styles.sign} data-level="bad" role="img" aria-label={label} />}
        >
          <p className={styles.reason}>
            <code>{file.code}</code> {file.message}
          </p>
        </Line>
      );
    }
  }
}

/** How the bytes came into the file, where it is not the usual way. */
function Manner({ receipt: { method, target, brokenLink } }: { receipt: Written['receipt'] }) {
  const { inPlace, linkTo, linkBroken, parted } = strings.writing.done;
  if (method === 'in-place') return <p className={styles.quiet}>{inPlace}</p>;
  if (method === 'own-file') return <p className={styles.quiet}>{brokenLink ? linkBroken(brokenLink) : parted}</p>;
  return target !== undefined && <p className={styles.quiet}>{linkTo(target)}</p>;
}

interface LineProps {
  readonly path: string;
  readonly icon: ReactNode;
  readonly action?: (() => void) | null;
  readonly isUndo?: boolean;
  readonly children: ReactNode;
}

function Line({ path, icon, action = null, isUndo = false, children }: LineProps) {
  const words = isUndo ? strings.write.redoFile : strings.write.undoFile;
  return (
    <div className={styles.file}>
      {icon}
      <div>
        <div className={styles.top}>
          <FileName path={path} />
          {action && (
            <Button size="compact-xs" variant="default" aria-label={`${words}: ${baseName(path)}`} onClick={action}>
              {words}
            </Button>
          )}
        </div>
        {children}
      </div>
    </div>
  );
}

function WrittenIcon({ file }: { file: Written }) {
  if (file.undone) return <Undo2 size={14} className={styles.sign} role="img" aria-label="Taken back" />;
  const label = file.undo ? 'Put back' : 'Written';
  return <CircleCheckBig size={14} className={styles.sign} data-level="good" role="img" aria-label={label} />;
}

function FieldsBack({ left }: { left: NonNullable<Written['undo']>['left'] }) {
  return (
    <>
      <p className={styles.quiet}>{strings.write.byField}</p>
      {left.map(({ field, now }) => (
        <p key={field} className={styles.warning}>
          <TriangleAlert size={13} aria-hidden="true" />
          {strings.write.left(strings.write.field[field] ?? field, now.join('; '))}
        </p>
      ))}
    </>
  );
}
