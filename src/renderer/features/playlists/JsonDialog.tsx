import { Button, Modal, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import type { SmartPlaylist } from '#shared/domain/playlists/playlist';
import { strings } from '../../strings';
import { formatBytes } from '../../ui/format';
import { saveText } from '../../ui/save-file';
import { showError, useToasts } from '../../ui/use-toasts';
import styles from './JsonDialog.module.css';
import { playlistText, readPlaylistText } from './playlist-json';

const words = strings.playlists.jsonDialog;
const MOST_BYTES = 1_000_000;

interface JsonDialogProps {
  readonly opened: boolean;
  readonly playlist: SmartPlaylist;
  readonly onClose: () => void;
  readonly onApply: (playlist: SmartPlaylist) => void;
}

/** The whole playlist as a text: to see, copy, keep, change, or to take from elsewhere. */
export function JsonDialog({ opened, playlist, onClose, onApply }: JsonDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.title}
      size={720}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <JsonForm playlist={playlist} onClose={onClose} onApply={onApply} />
    </Modal>
  );
}

function JsonForm({ playlist, onClose, onApply }: Omit<JsonDialogProps, 'opened'>) {
  const before = playlistText(playlist);
  const [text, setText] = useState(before);
  const file = useRef<HTMLInputElement>(null);
  const read = readPlaylistText(text);
  const problems = 'problems' in read ? read.problems : [];

  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    useToasts.getState().show({ level: 'info', message: words.copied });
  };
  const open = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) throw new Error(words.tooLarge(formatBytes(chosen.size)));
    setText(await chosen.text());
  };
  return (
    <>
      <p className={styles.intro}>{words.intro}</p>
      <Textarea
        data-autofocus
        label={words.label}
        classNames={{ input: styles.text ?? '' }}
        rows={18}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <ul className={styles.problems} aria-live="polite">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button variant="default" onClick={() => void copy().catch(showError)}>
          {words.copy}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            saveText(text, `${playlist.name}.json`, 'application/json');
          }}
        >
          {words.saveFile}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            file.current?.click();
          }}
        >
          {words.openFile}
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          accept=".json,application/json"
          aria-label={words.fileLabel}
          onChange={(event) => {
            open(event.currentTarget.files?.[0]).catch(showError);
            event.currentTarget.value = '';
          }}
        />
        <span className={styles.space} />
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button
          disabled={text === before || !('playlist' in read)}
          onClick={() => {
            if ('playlist' in read) onApply(read.playlist);
          }}
        >
          {words.apply}
        </Button>
      </div>
    </>
  );
}
