import { Button, Modal, TextInput } from '@mantine/core';
import { CornerLeftUp, FileSpreadsheet, Folder, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { isTableName } from '#shared/contract/evaluation';
import { useFolder } from '../../api/queries';
import { strings } from '../../strings';
import { baseName } from '../../ui/format';
import styles from './FolderChooser.module.css';
import { useFolderStore } from './folder-store';
import { useAddFolders } from './use-add-folders';

const say = strings.folders;

/** Chooses a folder of the computer that the backend runs on, or a table in one. */
export function FolderChooser() {
  const { choosing, hint, request, close } = useFolderStore();
  const [path, setPath] = useState<string | undefined>(undefined);
  const [typed, setTyped] = useState<string | null>(null);
  const wantsTable = request !== null && request.verb === null;
  const folder = useFolder(path, { enabled: choosing, tables: wantsTable });
  const addFolders = useAddFolders();
  const here = folder.data;
  const go = (to: string | undefined): void => {
    setTyped(null);
    // Going where one is already is asking again: the folder may be there now.
    if (to === path) void folder.refetch();
    else setPath(to);
  };
  const take = (chosen: string): void => {
    setTyped(null);
    close();
    if (request) request.onChoose(chosen);
    else void addFolders.add([chosen]);
  };
  const name = here ? baseName(here.path) || here.path : '';
  const verb = request ? request.verb : say.choose;
  const isEmpty = here && here.folders.length + here.tables.length === 0;
  return (
    <Modal
      // Over the dialog that asks for the folder, wherever that stands in the tree.
      zIndex={300}
      opened={choosing}
      onClose={close}
      title={request?.title ?? say.chooserTitle}
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {hint && <p className={styles.hint}>{hint}</p>}
      <form
        className={styles.path}
        onSubmit={(event) => {
          event.preventDefault();
          const to = typed?.trim();
          if (!to) return;
          if (wantsTable && isTableName(to)) take(to);
          else go(to);
        }}
      >
        <TextInput
          aria-label={wantsTable ? say.chooserTablePath : say.chooserPath}
          data-autofocus
          spellCheck={false}
          value={typed ?? here?.path ?? ''}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
        />
      </form>
      {folder.error && <p className={styles.error}>{folder.error.message}</p>}
      <ul className={styles.list} aria-label={wantsTable ? say.chooserTableList : say.chooserList}>
        {here?.parent != null && (
          <Entry
            icon={CornerLeftUp}
            name={strings.serve.upTo(baseName(here.parent) || here.parent)}
            onClick={() => go(here.parent || undefined)}
          />
        )}
        {here?.folders.map((entry) => (
          <Entry key={entry.path} icon={Folder} name={entry.name} onClick={() => go(entry.path)} />
        ))}
        {here?.tables.map((entry) => (
          <Entry key={entry.path} icon={FileSpreadsheet} name={entry.name} onClick={() => take(entry.path)} />
        ))}
        {isEmpty && <li className={styles.none}>{wantsTable ? say.chooserEmptyOfTables : say.chooserEmpty}</li>}
      </ul>
      <div className={styles.buttons}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        {verb && (
          <Button
            disabled={!here?.path || folder.isPlaceholderData || folder.isError}
            onClick={() => {
              if (here) take(here.path);
            }}
          >
            {verb(name)}
          </Button>
        )}
      </div>
    </Modal>
  );
}

function Entry({ icon: Icon, name, onClick }: { icon: LucideIcon; name: string; onClick: () => void }) {
  return (
    <li>
      <button type="button" className={styles.entry} onClick={onClick}>
        <Icon size={14} aria-hidden="true" /> {name}
      </button>
    </li>
  );
}
