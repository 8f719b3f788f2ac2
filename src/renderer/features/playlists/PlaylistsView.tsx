import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { ListMusic } from 'lucide-react';
import { strings } from '../../strings';
import { EmptyState } from '../../ui/EmptyState';
import { ExportDialog } from './ExportDialog';
import { emptyDraft } from './playlist-draft';
import { PlaylistEditor } from './PlaylistEditor';
import { PlaylistList } from './PlaylistList';
import { usePlaylists } from './playlist-queries';
import { keptId, usePlaylistStore } from './playlist-store';
import styles from './PlaylistsView.module.css';

const words = strings.playlists;

/** One's playlists on the left; the open one, with its rules and what it finds, on the right. */
export function PlaylistsView() {
  const { open, drafts, start } = usePlaylistStore();
  const list = usePlaylists();
  const id = open === null ? null : keptId(open);
  const kept = useMemo(() => list.data?.find((each) => each.id === id) ?? null, [list.data, id]);
  const shown = open !== null && (kept !== null || (id === null && drafts[open] !== undefined));
  return (
    <div className={styles.view}>
      <PlaylistList />
      <main className={styles.main}>
        {list.error && <EmptyState icon={ListMusic} title={words.listFailed} text={list.error.message} />}
        {!list.error && shown && <PlaylistEditor key={open} playlistKey={open} kept={kept?.playlist ?? null} />}
        {list.isSuccess && !shown && (
          <EmptyState icon={ListMusic} title={words.choose.title} text={words.choose.text}>
            <Button
              onClick={() => {
                start(emptyDraft(words.newName));
              }}
            >
              {words.add}
            </Button>
          </EmptyState>
        )}
      </main>
      <ExportDialog />
    </div>
  );
}
