import { Button, Modal, TextInput } from '@mantine/core';
import { CornerLeftUp, Folder } from 'lucide-react';
import { useState } from 'react';
import { useFolder } from '../../api/queries';
import { strings } from '../../strings';
import { baseName } from '../../ui/format';
import styles from './FolderChooser.module.css';
import { useFolderStore } from './folder-store';
import { useAddFolders } from './use-add-folders';

/** Chooses a folder of the computer that the backend runs on. */
export function FolderChooser() {
  const { choosing, hint, request, close } = useFolderStore();
  const [path, setPath] = useState<string | undefined>(undefined);
  const [typed, setTyped] = useState<string | null>(null);
  const folder = useFolder(path, choosing);
  const addFolders = useAddFolders();
  const here = folder.data;
  const go = (to: string | undefined): void => {
    setTyped(null);
    // Going where one is already is asking again: the folder may be there now.
    if (to === path) void folder.refetch();
    else setPath(to);
  };
  const name = here ? baseName(here.path) || here.path : '';
  return (
    <Modal
      // Over the dialog that asks for the folder, wherever that stands in the tree.
      zIndex={300}
      opened={choosing}
      onClose={close}
      title={request?.title ?? strings.folders.chooserTitle}
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {hint && <p className={styles.hint}>{hint}</p>}
      <form
        className={styles.path}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed?.trim()) go(typed.trim());
        }}
      >
        <TextInput
          aria-label="Folder path"
          data-autofocus
          spellCheck={false}
          value={typed ?? here?.path ?? ''}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
      </form>
      {folder.error && <p className={styles.error}>{folder.error.message}</p>}
      <ul className={styles.list} aria-label="Folders here">
        {here?.parent != null && (
          <li>
            <button
              type="button"
              className={styles.entry}
              onClick={() => {
                go(here.parent || undefined);
              }}
            >
              <CornerLeftUp size={14} aria-hidden="true" /> {strings.serve.upTo(baseName(here.parent) || here.parent)}
            </button>
          </li>
        )}
        {here?.folders.map((entry) => (
          <li key={entry.path}>
            <button
              type="button"
              className={styles.entry}
              onClick={() => {
                go(entry.path);
              }}
            >
              <Folder size={14} aria-hidden="true" /> {entry.name}
            </button>
          </li>
        ))}
        {here?.folders.length === 0 && <li className={styles.none}>{strings.folders.chooserEmpty}</li>}
      </ul>
      <div className={styles.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button
          disabled={!here?.path || folder.isPlaceholderData || folder.isError}
          onClick={() => {
            if (!here) return;
            close();
            if (request) request.onChoose(here.path);
            else void addFolders.add([here.path]);
          }}
        >
          {(request?.verb ?? strings.folders.choose)(name)}
        </Button>
      </div>
    </Modal>
  );
}
