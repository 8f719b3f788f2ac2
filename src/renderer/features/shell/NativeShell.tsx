import { useAddFolders } from '../folders/use-add-folders';
import { useGenresStore } from '../genres/genres-store';
import { useScan } from '../jobs/use-scan';
import { useLibraryStore, type View } from '../library/library-store';
import { useModelStore } from '../models/model-store';
import { useListeningStore } from '../settings/listening-store';
import { useWritingStore } from '../settings/writing-store';
import { useJobsOutside, useMenuCommands } from './native';

/** What the system shows of the window around it: menu, title, task bar, notifications. */
export function NativeShell({ onHelp, onFilter }: { onHelp: () => void; onFilter: () => void }) {
  const folders = useAddFolders();
  const scan = useScan();
  const { setView } = useLibraryStore();
  const go = (view: View) => () => {
    setView(view);
  };
  useJobsOutside();
  useMenuCommands({
    addFolders: () => void folders.choose(),
    scan: () => void scan.start(),
    filter: onFilter,
    library: go('library'),
    review: go('review'),
    write: go('write'),
    playlists: go('playlists'),
    insight: go('insight'),
    evaluate: go('evaluate'),
    failures: go('failures'),
    genres: useGenresStore.getState().open,
    models: useModelStore.getState().open,
    listening: useListeningStore.getState().open,
    writing: useWritingStore.getState().open,
    help: onHelp,
  });
  return null;
}
