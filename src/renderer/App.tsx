import { useRef, useState } from 'react';
import { useBackendEvents } from './api/use-backend-events';
import { useInFront } from './api/use-in-front';
import styles from './App.module.css';
import { EvaluateView } from './features/evaluate/EvaluateView';
import { FailuresView } from './features/failures/FailuresView';
import { DropZone } from './features/folders/DropZone';
import { FolderChooser } from './features/folders/FolderChooser';
import { Sidebar } from './features/folders/Sidebar';
import { InsightView } from './features/insight/InsightView';
import { GenresDialog } from './features/genres/GenresDialog';
import { StatusBar } from './features/jobs/StatusBar';
import { useLibraryStore } from './features/library/library-store';
import { LibraryView } from './features/library/LibraryView';
import { ComparisonDialog } from './features/comparison/ComparisonDialog';
import { ModelBanner } from './features/models/ModelBanner';
import { ModelsDialog } from './features/models/ModelsDialog';
import { ReviewView } from './features/review/desk/ReviewView';
import { ShareDialog } from './features/review/share/ShareDialog';
import { PlayerBar } from './features/player/PlayerBar';
import { PlaylistsView } from './features/playlists/PlaylistsView';
import { usePlayerShortcuts } from './features/player/use-player-shortcuts';
import { ListeningDialog } from './features/settings/ListeningDialog';
import { WritingDialog } from './features/settings/WritingDialog';
import { ConnectionBanner } from './features/shell/ConnectionBanner';
import { Header } from './features/shell/Header';
import { NativeShell } from './features/shell/NativeShell';
import { Toaster } from './features/shell/Toaster';
import { useKeyStore } from './features/shortcuts/key-store';
import { ShortcutSheet } from './features/shortcuts/ShortcutSheet';
import { useShortcuts } from './features/shortcuts/use-shortcuts';
import { WriteView } from './features/write/WriteView';

/** The window: header, sidebar, the view in the middle, and the line of progress. */
export function App() {
  useBackendEvents();
  useInFront();
  // Tooltips all over the tree name keys.
  useKeyStore();
  const { view, density, setView } = useLibraryStore();
  const [help, setHelp] = useState(false);
  const filter = useRef<HTMLInputElement>(null);

  const focusFilter = (): void => {
    setView('library');
    requestAnimationFrame(() => {
      filter.current?.focus();
      filter.current?.select();
    });
  };
  usePlayerShortcuts();
  useShortcuts({
    help: () => {
      setHelp(true);
    },
    filter: focusFilter,
    library: () => {
      setView('library');
    },
    review: () => {
      setView('review');
    },
    write: () => {
      setView('write');
    },
    playlists: () => {
      setView('playlists');
    },
    insight: () => {
      setView('insight');
    },
    evaluate: () => {
      setView('evaluate');
    },
    failures: () => {
      setView('failures');
    },
  });

  return (
    <div className={styles.app} data-density={density}>
      <div>
        <Header
          filterRef={filter}
          onHelp={() => {
            setHelp(true);
          }}
        />
        <ConnectionBanner />
        <ModelBanner />
      </div>
      <div className={styles.middle} data-view={view}>
        {view === 'library' && <Sidebar />}
        {view === 'library' && <LibraryView />}
        {view === 'review' && <ReviewView />}
        {view === 'write' && <WriteView />}
        {view === 'playlists' && <PlaylistsView />}
        {view === 'insight' && <InsightView />}
        {view === 'evaluate' && <EvaluateView />}
        {view === 'failures' && <FailuresView />}
      </div>
      <div className={styles.foot}>
        <PlayerBar />
        <StatusBar />
      </div>
      <NativeShell
        onFilter={focusFilter}
        onHelp={() => {
          setHelp(true);
        }}
      />
      <Toaster />
      <ShareDialog />
      <ModelsDialog />
      <ComparisonDialog />
      <GenresDialog />
      <WritingDialog />
      <ListeningDialog />
      <FolderChooser />
      <DropZone />
      <ShortcutSheet
        opened={help}
        onClose={() => {
          setHelp(false);
        }}
      />
    </div>
  );
}
