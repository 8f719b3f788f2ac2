import { Button } from '@mantine/core';
import { Check, CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ExportedFile } from '#shared/contract/playlist-export';
import { strings } from '../../strings';
import { formatPlural } from '../../ui/format';
import styles from './ExportDialog.module.css';

const words = strings.playlists.exporting;

interface ExportResultProps {
  readonly files: readonly ExportedFile[];
  /** Writes also over what another program wrote; null: not from here. */
  readonly onReplace: (() => void) | null;
}

/** What became of each file. It takes the focus, since the button that was pressed has gone. */
export function ExportResult({ files, onReplace }: ExportResultProps) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.focus();
  }, []);
  const failed = files.some(({ outcome }) => outcome === 'failed');
  return (
    <section ref={section} tabIndex={-1} aria-label={words.result} className={styles.result}>
      <ul>
        {files.map((file) => (
          <li key={file.playlistId} data-outcome={file.outcome}>
            {file.outcome === 'failed' ? (
              <CircleAlert size={16} aria-hidden="true" />
            ) : (
              <Check size={16} aria-hidden="true" />
            )}
            <span>{resultWords(file)}</span>
          </li>
        ))}
      </ul>
      {failed && onReplace && (
        <p className={styles.replace}>
          {words.replaceHelp}{' '}
          <Button variant="default" onClick={onReplace}>
            {words.replace}
          </Button>
        </p>
      )}
    </section>
  );
}

export function resultWords({ name, path, outcome, writes, tracks, failure }: ExportedFile): string {
  if (outcome === 'failed') return words.failed(name, failure?.message ?? '');
  return words.outcomes[outcome](path ?? name, writes === 'rule' ? words.asRule : formatPlural(tracks, 'track'));
}
