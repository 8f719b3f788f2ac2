import { Button, Checkbox, Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { ExportTargetInfo } from '#shared/contract/playlist-export';
import { strings } from '../../strings';
import { showError } from '../../ui/use-toasts';
import { useFolderStore } from '../folders/folder-store';
import { exportInput } from './export-draft';
import { ExportOptions } from './ExportOptions';
import { ExportPlanned } from './ExportPlanned';
import { ExportResult } from './ExportResult';
import { useExport, useExportPlan, useSyncing, useTargets } from './export-queries';
import { useExportStore } from './export-store';
import styles from './ExportDialog.module.css';

const words = strings.playlists.exporting;
const PAUSE_MS = 300;

/** Exports a playlist, or all of them: for which player, where to, and with which paths; first what would be written, then what was. */
export function ExportDialog() {
  const { playlist, close } = useExportStore();
  const targets = useTargets();
  // While a folder is chosen over it, that dialog has the focus and the Escape key: also the one that closes it, hence a moment longer.
  const [choosing] = useDebouncedValue(
    useFolderStore((state) => state.choosing),
    50,
  );
  return (
    <Modal
      closeOnEscape={!choosing}
      trapFocus={!choosing}
      opened={playlist !== null}
      onClose={close}
      title={words.title(playlist?.name ?? '')}
      size={720}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {playlist && targets.data && <ExportForm playlistId={playlist.id} targets={targets.data} />}
      {targets.error && <p className={styles.error}>{targets.error.message}</p>}
    </Modal>
  );
}

function ExportForm({ playlistId, targets }: { playlistId: number; targets: readonly ExportTargetInfo[] }) {
  const { draft, change, close } = useExportStore();
  const input = useMemo(() => exportInput(draft, playlistId), [draft, playlistId]);
  const [settled] = useDebouncedValue(input, PAUSE_MS);
  const plan = useExportPlan(settled.folder === '' ? null : settled);
  const write = useExport();
  const { add } = useSyncing();
  const target = targets.find(({ id }) => id === draft.target) ?? targets[0];
  const files = write.data ?? add.data?.files ?? null;
  const error = write.error ?? add.error ?? plan.error;
  const edit: typeof change = (patch) => {
    write.reset();
    add.reset();
    change(patch);
  };
  const run = (replace: boolean): void => {
    if (draft.synced) add.mutate(input);
    else write.mutate({ input, replace });
  };
  if (!target) return null;
  const plans = input.folder === '' ? [] : (plan.data ?? []);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        run(false);
      }}
    >
      <div className={styles.fields}>
        <NativeSelect
          data-autofocus
          label={words.target}
          description={target.where}
          value={target.id}
          onChange={({ currentTarget: { value } }) => {
            const chosen = targets.find(({ id }) => id === value);
            if (chosen) edit({ target: chosen.id });
          }}
        >
          {(['list', 'rule'] as const).map((kind) => (
            <optgroup key={kind} label={words.kinds[kind]}>
              {targets
                .filter((each) => each.kind === kind)
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
            </optgroup>
          ))}
        </NativeSelect>
        <SegmentedControl
          aria-label={words.which}
          data={[
            { value: 'this', label: words.this },
            { value: 'all', label: words.all },
          ]}
          value={draft.which}
          onChange={(which) => {
            edit({ which: which === 'all' ? 'all' : 'this' });
          }}
        />
        <FolderField
          folder={draft.folder}
          onChange={(folder) => {
            edit({ folder });
          }}
        />
        <Checkbox
          label={words.synced}
          description={words.syncedHelp}
          checked={draft.synced}
          onChange={(event) => {
            edit({ synced: event.currentTarget.checked });
          }}
        />
      </div>
      <ExportOptions
        options={draft.options}
        shown={target.options}
        onChange={(options) => {
          edit({ options });
        }}
      />
      {files ? (
        <ExportResult
          files={files}
          onReplace={
            draft.synced
              ? null
              : () => {
                  run(true);
                }
          }
        />
      ) : (
        <ExportPlanned plans={plans} target={target} targets={targets} />
      )}
      <div role="alert" className={styles.error}>
        {error?.message}
      </div>
      <div className={styles.buttons}>
        <Button variant="default" onClick={close}>
          {files ? words.done : words.cancel}
        </Button>
        {!files && (
          <Button type="submit" disabled={input.folder === ''} loading={write.isPending || add.isPending}>
            {draft.synced ? words.exportSynced : words.export}
          </Button>
        )}
      </div>
    </form>
  );
}

/** The folder by its path, or chosen by the system's dialog, or by our own where there is none. */
function FolderField({ folder, onChange }: { folder: string; onChange: (folder: string) => void }) {
  const choose = async (): Promise<void> => {
    if (!window.genregram) {
      useFolderStore.getState().ask({ title: words.folderTitle, verb: words.folderVerb, onChoose: onChange });
      return;
    }
    const chosen = await window.genregram.pickOne('folder');
    if (chosen !== null) onChange(chosen);
  };
  return (
    <div className={styles.folder}>
      <TextInput
        label={words.folder}
        placeholder={words.folderHint}
        spellCheck={false}
        maxLength={4096}
        value={folder}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
      <Button variant="default" onClick={() => void choose().catch(showError)}>
        {words.chooseFolder}
      </Button>
    </div>
  );
}
