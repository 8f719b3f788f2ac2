import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { Ellipsis, FolderSync, TriangleAlert } from 'lucide-react';
import type { PlaylistFolder } from '#shared/contract/playlist-export';
import { strings } from '../../strings';
import { baseName, formatMoment } from '../../ui/format';
import { showError, useToasts } from '../../ui/use-toasts';
import side from '../folders/Sidebar.module.css';
import { resultWords } from './ExportResult';
import { useSyncedFolders, useSyncing, useTargets } from './export-queries';
import styles from './PlaylistList.module.css';

const words = strings.playlists.syncing;

/** Folders whose playlist files are kept up to date: where, for which player, and how it went the last time. */
export function SyncedFolders() {
  const folders = useSyncedFolders();
  const list = folders.data ?? [];
  return (
    <section aria-label={words.title}>
      <header className={side.heading}>
        <h2>{words.title}</h2>
      </header>
      {folders.isSuccess && list.length === 0 && <p className={side.hint}>{words.none}</p>}
      {folders.error && <p className={side.hint}>{folders.error.message}</p>}
      <ul className={side.list}>
        {list.map((folder) => (
          <Folder key={folder.id} folder={folder} />
        ))}
      </ul>
    </section>
  );
}

function Folder({ folder }: { folder: PlaylistFolder }) {
  const targets = useTargets();
  const { sync, remove } = useSyncing();
  const name = baseName(folder.folder) || folder.folder;
  const target = targets.data?.find(({ id }) => id === folder.target)?.name ?? folder.target;
  const failed = folder.files.filter(({ outcome }) => outcome === 'failed');
  const state =
    failed.length > 0
      ? words.failed(failed.length)
      : folder.syncedAt === null
        ? words.notYet
        : words.syncedAt(formatMoment(folder.syncedAt));
  const run = (replace: boolean): void => {
    sync.mutate(
      { id: folder.id, replace },
      {
        onError: showError,
        onSuccess: ([after]) => {
          const left = after?.files.filter(({ outcome }) => outcome === 'failed') ?? [];
          useToasts
            .getState()
            .show(
              left[0]
                ? { level: 'warning', message: resultWords(left[0]) }
                : { level: 'info', message: words.done(name) },
            );
        },
      },
    );
  };
  const stop = (files: boolean): void => {
    remove.mutate({ id: folder.id, files }, { onError: showError });
  };
  return (
    <li className={side.folder}>
      <Tooltip
        multiline
        maw={420}
        label={[`${folder.folder} · ${target}`, state, ...failed.map(resultWords)].map((line) => (
          <div key={line}>{line}</div>
        ))}
      >
        <div className={styles.synced} tabIndex={0} role="group" aria-label={`${name}, ${target}, ${state}`}>
          {failed.length > 0 ? (
            <TriangleAlert size={14} aria-hidden="true" className={side.missing} />
          ) : (
            <FolderSync size={14} aria-hidden="true" />
          )}
          <span className={styles.syncedName}>
            <span className={side.name}>{name}</span>
            <span className={styles.state}>
              {target} · {state}
            </span>
          </span>
        </div>
      </Tooltip>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon size={24} className={side.more} aria-label={strings.playlists.actions(name)}>
            <Ellipsis size={14} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => {
              run(false);
            }}
          >
            {words.now}
          </Menu.Item>
          {failed.length > 0 && (
            <Menu.Item
              onClick={() => {
                run(true);
              }}
            >
              {words.replace}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item
            onClick={() => {
              stop(false);
            }}
          >
            {words.stop}
          </Menu.Item>
          <Menu.Item
            color="red"
            onClick={() => {
              stop(true);
            }}
          >
            {words.stopAndRemove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}
