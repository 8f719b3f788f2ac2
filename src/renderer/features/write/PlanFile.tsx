import { Checkbox } from '@mantine/core';
import { Ban, Check, TriangleAlert } from 'lucide-react';
import { strings } from '../../strings';
import { QuickMark } from '../../ui/QuickMark';
import { baseName, folderOf } from '../../ui/format';
import { DiffLines } from './DiffLines';
import styles from './PlanFile.module.css';
import type { PlannedFile } from './plan-model';
import { useWriteStore } from './write-store';

/** One file of a plan: what changes in it, or why nothing does. */
export function PlanFile({ file, quick }: { file: PlannedFile; quick: boolean }) {
  switch (file.status) {
    case 'ready':
      return <Ready file={file} quick={quick} />;
    case 'unchanged':
      return (
        <div className={styles.file}>
          <Check size={14} className={styles.sign} aria-hidden="true" />
          <div>
            <FileName path={file.path} format={file.format} />
            <p className={styles.quiet}>Already as decided; nothing to write.</p>
          </div>
        </div>
      );
    case 'refused':
      return (
        <div className={styles.file}>
          <Ban size={14} className={styles.sign} data-level="bad" aria-hidden="true" />
          <div>
            <FileName path={file.path} />
            <p className={styles.reason}>
              <code>{file.code}</code> {file.message}
            </p>
          </div>
        </div>
      );
  }
}

function Ready({ file, quick }: { file: Extract<PlannedFile, { diffs: unknown }>; quick: boolean }) {
  const unchecked = useWriteStore((state) => state.unchecked.has(file.path));
  const toggle = useWriteStore((state) => state.toggle);
  return (
    <div className={styles.file} data-unchecked={unchecked || undefined}>
      <Checkbox
        aria-label={`Write ${baseName(file.path)}`}
        checked={!unchecked}
        onChange={() => {
          toggle(file.path);
        }}
      />
      <div>
        <FileName path={file.path} format={file.format} />
        <DiffLines diffs={file.diffs} />
        {quick && (
          <p className={styles.quick}>
            <QuickMark help={strings.quickly.onDesk} /> {strings.quickly.onDesk}
          </p>
        )}
        {file.writing.target !== null && <p className={styles.quiet}>{strings.writing.linkTo(file.writing.target)}</p>}
        {file.warnings.map((warning) => (
          <p key={warning} className={styles.warning}>
            <TriangleAlert size={13} aria-hidden="true" /> {warning}
          </p>
        ))}
      </div>
    </div>
  );
}

/** A file by name, with its folder and format beside it. */
export function FileName({ path, format }: { path: string; format?: string }) {
  return (
    <p className={styles.name} title={path}>
      <strong>{baseName(path)}</strong>
      {format && <span className={styles.format}>{format}</span>}
      <span className={styles.folder}>{folderOf(path)}</span>
    </p>
  );
}
