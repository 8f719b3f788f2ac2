import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { QuickFilter } from '#shared/contract/schemas';
import type { RowsQuery } from '../../api/queries';
import { emptySelection, type Selection } from './selection';

export type View = 'library' | 'write' | 'failures';
export type Density = 'compact' | 'comfortable';

interface LibraryState {
  readonly view: View;
  readonly text: string;
  readonly quick: QuickFilter;
  readonly rootId: number | null;
  readonly sort: RowsQuery['sort'];
  readonly density: Density;
  readonly selection: Selection;
  readonly setView: (view: View) => void;
  readonly setText: (text: string) => void;
  readonly setQuick: (quick: QuickFilter) => void;
  readonly setRoot: (rootId: number | null) => void;
  readonly setDensity: (density: Density) => void;
  /** The same column again turns the order round. */
  readonly sortBy: (column: RowsQuery['sort']['column']) => void;
  readonly setSelection: (selection: Selection) => void;
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
    }),
    {
      name: 'genregram-library',
      partialize: ({ quick, sort, density }) => ({ quick, sort, density }),
    },
  ),
);
