import type { MatesOf } from '#shared/contract/review';
import { useRoots } from '../../api/queries';
import { DetailPane } from '../detail/DetailPane';
import { useShareStore } from '../review/share/share-store';
import { useHearingAtHand } from '../player/use-hearing';
import { useReviewActions } from '../review/use-review-actions';
import { useReviewStore } from '../review/use-review';
import { useShortcuts } from '../shortcuts/use-shortcuts';
import { LibraryEmpty } from './LibraryEmpty';
import { useLibraryStore } from './library-store';
import { focusTable } from './focus-table';
import { LibraryTable } from './LibraryTable';
import styles from './LibraryView.module.css';
import { NamedTracksChip } from './NamedTracksChip';
import { selectOne } from './selection';
import { useLibrary } from './use-library';

const PAGE = 20;

/** The main view: the list of tracks and all about the one under the cursor. */
export function LibraryView() {
  const library = useLibrary();
  const actions = useReviewActions(library);

  const moveBy = (delta: number, event: KeyboardEvent): void => {
    focusTable();
    void library.moveBy(delta, event.shiftKey);
  };
  const moveTo = (index: number, event: KeyboardEvent): void => {
    focusTable();
    void library.moveTo(index, event.shiftKey);
  };

  /** Starts from the one track that is selected. */
  const share = (of: MatesOf): void => {
    const { cursorId, ids } = useLibraryStore.getState().selection;
    const row = [...library.loaded.values()].find(({ id }) => id === cursorId);
    if (row && ids.size === 1) useShareStore.getState().open({ row, of });
  };
  const hearing = useHearingAtHand(useLibraryStore((state) => state.selection.cursorId));

  useShortcuts({
    ...hearing,
    next: (event) => {
      moveBy(1, event);
    },
    previous: (event) => {
      moveBy(-1, event);
    },
    pageDown: (event) => {
      moveBy(PAGE, event);
    },
    pageUp: (event) => {
      moveBy(-PAGE, event);
    },
    first: (event) => {
      moveTo(0, event);
    },
    last: (event) => {
      moveTo(library.total - 1, event);
    },
    selectAll: () => void library.selectEverything(),
    selectGroup: () => void library.selectGroup(),
    accept: () => void actions.accept(),
    edit: actions.edit,
    skip: () => void actions.skip(),
    notMusic: () => void actions.notMusic(),
    shareAlbum: () => {
      share('album');
    },
    shareArtist: () => {
      share('artist');
    },
    shareSimilar: () => {
      share('similar');
    },
    clear: () => void actions.clear(),
    undo: () => void actions.undo(),
    unselect: () => {
      if (useReviewStore.getState().editing) {
        useReviewStore.getState().setEditing(false);
        focusTable();
        return;
      }
      const { selection, setSelection } = useLibraryStore.getState();
      if (selection.cursorId !== null) setSelection(selectOne(selection.cursorId, selection.cursorIndex));
    },
  });

  const roots = useRoots();
  const empty = library.total === 0 && !library.pending;
  const firstRun = roots.data?.length === 0;
  return (
    <div className={styles.view} data-first-run={firstRun || undefined}>
      <main className={styles.list}>
        <NamedTracksChip />
        {empty ? <LibraryEmpty library={library} /> : <LibraryTable library={library} />}
      </main>
      {!firstRun && <DetailPane library={library} actions={actions} />}
    </div>
  );
}
