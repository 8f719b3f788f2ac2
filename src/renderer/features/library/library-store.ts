import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ViewQuery } from '#shared/contract/finding';
import type { GroupBy } from '#shared/contract/grouping';
import type { QuickFilter } from '#shared/contract/schemas';
import type { RowsQuery } from '../../api/queries';
import { moved, usualColumns, widened, withColumn, type Columns, type ColumnKey } from './columns';
import { emptySelection, type Selection } from './selection';

export type View = 'library' | 'review' | 'write' | 'playlists' | 'insight' | 'evaluate' | 'failures';
export type Density = 'compact' | 'comfortable';

/** Tracks under a name: "Rock heard as metal". */
export interface NamedTracks {
  readonly label: string;
  readonly ids: readonly number[];
}

/** Where one is in the table, kept over a restart: the track under the cursor, and how far the table is scrolled. */
export interface Place {
  readonly id: number | null;
  readonly index: number;
  readonly scrollTop: number;
}

interface LibraryState {
  readonly view: View;
  readonly text: string;
  readonly quick: QuickFilter;
  readonly rootId: number | null;
  readonly sort: RowsQuery['sort'];
  readonly groupBy: GroupBy | null;
  readonly columns: Columns;
  readonly density: Density;
  readonly selection: Selection;
  readonly place: Place;
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
  readonly setGroupBy: (groupBy: GroupBy | null) => void;
  readonly showColumn: (key: ColumnKey, shown: boolean) => void;
  readonly moveColumn: (key: ColumnKey, step: -1 | 1) => void;
  /** In pixels; null: as wide as it usually is. */
  readonly sizeColumn: (key: ColumnKey, width: number | null) => void;
  readonly resetColumns: () => void;
  readonly setPlace: (place: Place) => void;
  /** Brings back what a saved view keeps. */
  readonly showView: (query: ViewQuery) => void;
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
      groupBy: null,
      columns: usualColumns,
      density: 'compact',
      selection: emptySelection,
      place: { id: null, index: -1, scrollTop: 0 },
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
      setGroupBy: (groupBy) => {
        set({ groupBy });
      },
      showColumn: (key, shown) => {
        set({ columns: withColumn(get().columns, key, shown) });
      },
      moveColumn: (key, step) => {
        set({ columns: moved(get().columns, key, step) });
      },
      sizeColumn: (key, width) => {
        set({ columns: widened(get().columns, key, width) });
      },
      resetColumns: () => {
        set({ columns: usualColumns });
      },
      setPlace: (place) => {
        set({ place });
      },
      showView: ({ text, quick, sort, groupBy }) => {
        set({ text, quick, sort, groupBy, named: null, view: 'library', selection: emptySelection });
      },
      showTracks: (named) => {
        const fresh = named && { text: '', quick: 'all' as const, rootId: null };
        set({ named, view: 'library', selection: emptySelection, ...fresh });
      },
    }),
    {
      name: 'genregram-library',
      partialize: ({ text, quick, rootId, sort, groupBy, columns, density, place }) => ({
        text,
        quick,
        rootId,
        sort,
        groupBy,
        columns,
        density,
        place,
      }),
    },
  ),
);
