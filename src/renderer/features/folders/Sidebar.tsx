import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { Ellipsis, Folder, FolderPlus, FolderX, RefreshCw, Zap } from 'lucide-react';
import { useEffect, useState } from 'react';
import { QUICK_FILTERS, type LibraryRoot } from '#shared/contract/schemas';
import { useJobs, useRoots, useSummary } from '../../api/queries';
import { strings } from '../../strings';
import { baseName, formatCount } from '../../ui/format';
import { showError } from '../../ui/use-toasts';
import { SavedViews } from '../finding/SavedViews';
import { isInTheWay } from '../jobs/job-words';
import { useScan } from '../jobs/use-scan';
import { useLibraryStore } from '../library/library-store';
import { useListening } from '../settings/use-listening';
import { RemoveFolder } from './RemoveFolder';
import styles from './Sidebar.module.css';
import { useAddFolders } from './use-add-folders';

/** Folders of the library, and the views of what is in them with their counts. */
export function Sidebar() {
  return (
    <nav className={styles.side} aria-label="Library">
      <Folders />
      <QuickFilters />
      <SavedViews />
    </nav>
  );
}

function Folders() {
  const roots = useRoots();
  const jobs = useJobs();
  const scan = useScan();
  const addFolders = useAddFolders();
  const [removing, setRemoving] = useState<LibraryRoot | null>(null);
  const busy = jobs.data?.some(isInTheWay) ?? false;
  const { rootId, setRoot } = useLibraryStore();
  // What was kept over a restart may be a folder that is not there any more.
  const gone = rootId !== null && roots.data?.every(({ id }) => id !== rootId);
  useEffect(() => {
    if (gone) setRoot(null);
  }, [gone, setRoot]);
  return (
    <section aria-label={strings.folders.heading}>
      <header className={styles.heading}>
        <h2>{strings.folders.heading}</h2>
        {(roots.data?.length ?? 0) > 0 && <QuickSwitch />}
        {(roots.data?.length ?? 0) > 0 && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<RefreshCw size={12} aria-hidden="true" />}
            disabled={busy}
            onClick={() => void scan.start()}
          >
            Scan
          </Button>
        )}
      </header>
      <ul className={styles.list}>
        {roots.data?.map((root) => (
          <li key={root.id} className={styles.folder}>
            <button
              type="button"
              className={styles.entry}
              aria-pressed={rootId === root.id}
              title={root.available ? root.path : `${root.path}\n${strings.folders.unavailable}`}
              onClick={() => {
                setRoot(rootId === root.id ? null : root.id);
              }}
            >
              {root.available ? (
                <Folder size={14} aria-hidden="true" />
              ) : (
                <FolderX size={14} role="img" aria-label={strings.folders.unavailable} className={styles.missing} />
              )}
              <span className={styles.name}>{baseName(root.path) || root.path}</span>
              <span className={styles.count}>{formatCount(root.tracks)}</span>
            </button>
            <FolderMenu
              root={root}
              busy={busy}
              onRemove={() => {
                setRemoving(root);
              }}
            />
          </li>
        ))}
        <li>
          <button type="button" className={styles.entry} onClick={() => void addFolders.choose()}>
            <FolderPlus size={14} aria-hidden="true" />
            <span className={styles.name}>{strings.folders.add}</span>
          </button>
        </li>
      </ul>
      <RemoveFolder
        root={removing}
        onClose={() => {
          setRemoving(null);
        }}
      />
    </section>
  );
}

/** Beside the button that starts a scan: how it goes about listening. */
function QuickSwitch() {
  const { settings, change } = useListening();
  const on = settings?.quickFirst ?? false;
  return (
    <Tooltip label={strings.quickly.firstHelp(on)} multiline w={240}>
      <ActionIcon
        size={24}
        className={styles.quickly}
        aria-label={strings.quickly.first}
        aria-pressed={on}
        disabled={settings === null}
        onClick={() => {
          change({ quickFirst: !on }).catch(showError);
        }}
      >
        <Zap size={12} fill={on ? 'currentColor' : 'none'} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

function FolderMenu({ root, busy, onRemove }: { root: LibraryRoot; busy: boolean; onRemove: () => void }) {
  const scan = useScan();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={22} className={styles.more} aria-label={`Actions for ${baseName(root.path) || root.path}`}>
          <Ellipsis size={14} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<RefreshCw size={14} aria-hidden="true" />}
          disabled={busy}
          onClick={() => void scan.start([root.id])}
        >
          Scan this folder
        </Menu.Item>
        <Menu.Item leftSection={<FolderX size={14} aria-hidden="true" />} color="red" onClick={onRemove}>
          Remove from library…
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function QuickFilters() {
  const { quick, rootId, view, setQuick } = useLibraryStore();
  const summary = useSummary(rootId);
  return (
    <section aria-label="Views">
      <header className={styles.heading}>
        <h2>Views</h2>
      </header>
      <ul className={styles.list}>
        {QUICK_FILTERS.map((filter) => {
          const count = summary.data?.quick[filter] ?? 0;
          return (
            <li key={filter}>
              <button
                type="button"
                className={styles.entry}
                aria-pressed={quick === filter && view === 'library'}
                data-empty={count === 0 || undefined}
                title={strings.quickHelp[filter]}
                onClick={() => {
                  setQuick(filter);
                }}
              >
                <span className={styles.name}>{strings.quick[filter]}</span>
                <span className={styles.count}>{summary.data ? formatCount(count) : ''}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
