import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { QuickFilter } from '#shared/contract/schemas';
import type { RowsQuery } from '../../api/queries';
import { emptySelection, type Selection } from './selection';

export type View = 'library' | 'review' | 'write' | 'insight' | 'failures';
export type Density = 'compact' | 'comfortable';

/** Tracks under a name: "Rock heard as metal". */
export interface NamedTracks {
  readonly label: string;
  readonly ids: readonly number[];
}

interface LibraryState {
  readonly view: View;
  readonly text: string;
  readonly quick: QuickFilter;
  readonly rootId: number | null;
  readonly sort: RowsQuery['sort'];
  readonly density: Density;
  readonly selection: Selection;
  /** A list put together elsewhere, of whose tracks alone the table shows those that match; null: of all. */
  readonly named: NamedTracks | null;
  readonly setView: (view: View) => void;
  readonly setText: (text: string) => void;
  readonly setQuick: (quick: QuickFilter) => void;
  readonly setRoot: (rootId: number | null) => void;
  readonly setDensity: (density: Density) => void;
  /** The same column again turns the order round. */
  readonly sortBy: (column: RowsQuery['sort']['column']) => void;
  readonly setSelection: (selection: Selection) => void;
  /** Shows these tracks in the table, whatever was filtered before; null: all again. */
  readonly showTracks: (named: NamedTracks | null) => void;
}

export const useLibraryStore = create<LibraryState>()(
  persist(
    (set, get) => ({
      view: 'library',
      text: '',
      quick: 'all',
      rootId: null,
      sort: { column: 'path', descending: false },
      density: 'compact',
      selection: emptySelection,
      named: null,
      setView: (view) => {
        set({ view });
      },
      setText: (text) => {
        set({ text });
      },
      setQuick: (quick) => {
        const same = get().quick === quick;
        set({ quick, view: 'library', ...(same ? {} : { selection: emptySelection }) });
      },
      setRoot: (rootId) => {
        set({ rootId, view: 'library', selection: emptySelection });
      },
      setDensity: (density) => {
        set({ density });
      },
      sortBy: (column) => {
        const { sort } = get();
        set({ sort: { column, descending: sort.column === column && !sort.descending } });
      },
      setSelection: (selection) => {
        set({ selection });
      },
      showTracks: (named) => {
        const fresh = named && { text: '', quick: 'all' as const, rootId: null };
        set({ named, view: 'library', selection: emptySelection, ...fresh });
      },
    }),
    {
      name: 'genregram-library',
      partialize: ({ quick, sort, density }) => ({ quick, sort, density }),
    },
  ),
);
