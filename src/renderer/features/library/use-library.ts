import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import type { RowsQuery } from '../../api/queries';
import { showError } from '../../ui/use-toasts';
import { useLibraryStore } from './library-store';
import type { GroupLayout } from './groups';
import { locate, selectAll, selectMany, selectOne, selectRange, toggleOne } from './selection';
import { useGroupLayout } from './use-groups';
import { useRows, type Rows } from './use-rows';

export interface Library extends Rows {
  /** Tells which rows are in sight, so that their pages are fetched. */
  readonly setVisible: (first: number, last: number) => void;
  /** Puts the cursor on a row: alone, taking it in or out (`toggle`), or up to it (`extend`). */
  readonly pick: (index: number, how: 'one' | 'toggle' | 'extend') => Promise<void>;
  readonly moveBy: (delta: number, extend: boolean) => Promise<void>;
  readonly moveTo: (index: number, extend: boolean) => Promise<void>;
  readonly selectEverything: () => Promise<void>;
  /** Selects the tracks of a group, alone or (`toggle`) besides what is selected; all of them are taken out again if they are in. */
  readonly pickGroup: (group: number, toggle: boolean) => Promise<void>;
  /** Selects the group of the track under the cursor. */
  readonly selectGroup: () => Promise<void>;
  /** How groups and tracks lie in the table. */
  readonly layout: GroupLayout;
}

/** The list in the middle of the window: its rows, and the selection's way through them. */
export function useLibrary(): Library {
  const { text, quick, rootId, sort, groupBy, named } = useLibraryStore();
  const [settledText] = useDebouncedValue(text.trim(), 180);
  const wanted = useMemo<RowsQuery>(
    () => ({ text: settledText, quick, rootId, sort, ...(groupBy && { groupBy }), ...(named && { ids: named.ids }) }),
    [settledText, quick, rootId, sort, groupBy, named],
  );
  const [visible, setVisibleState] = useState({ first: 0, last: 60 });
  const rows = useRows(wanted, visible.first, visible.last);
  const { loaded, total, fetchRow, fetchIds } = rows;
  const layout = useGroupLayout(rows.query, total);

  const setVisible = useCallback((first: number, last: number) => {
    setVisibleState((before) => (before.first === first && before.last === last ? before : { first, last }));
  }, []);

  const pick = useCallback(
    async (index: number, how: 'one' | 'toggle' | 'extend') => {
      try {
        const row = loaded.get(index) ?? (await fetchRow(index));
        if (!row) return;
        const { selection, setSelection } = useLibraryStore.getState();
        if (how === 'one') setSelection(selectOne(row.id, index));
        else if (how === 'toggle') setSelection(toggleOne(selection, row.id, index));
        else setSelection(selectRange(selection, await idsBetween(selection.anchorIndex, index), row.id, index));
      } catch (error) {
        showError(error);
      }

      async function idsBetween(anchor: number, to: number): Promise<number[]> {
        const low = Math.min(anchor < 0 ? to : anchor, to);
        const high = Math.max(anchor, to);
        const ids: number[] = [];
        for (let i = low; i <= high; i++) {
          const row = loaded.get(i);
          if (!row) return (await fetchIds()).slice(low, high + 1);
          ids.push(row.id);
        }
        return ids;
      }
    },
    [loaded, fetchRow, fetchIds],
  );

  const moveTo = useCallback(
    async (index: number, extend: boolean) => {
      if (total === 0) return;
      await pick(Math.max(0, Math.min(total - 1, index)), extend ? 'extend' : 'one');
    },
    [total, pick],
  );

  const moveBy = useCallback(
    async (delta: number, extend: boolean) => {
      const { cursorId, cursorIndex } = useLibraryStore.getState().selection;
      if (cursorId === null) return moveTo(delta > 0 ? 0 : total - 1, false);
      const found = locate(cursorId, cursorIndex, loaded);
      await moveTo((found < 0 ? cursorIndex : found) + delta, extend);
    },
    [loaded, total, moveTo],
  );

  const selectEverything = useCallback(async () => {
    try {
      const ids = await fetchIds();
      const { selection, setSelection } = useLibraryStore.getState();
      setSelection(selectAll(selection, ids));
    } catch (error) {
      showError(error);
    }
  }, [fetchIds]);

  const pickGroup = useCallback(
    async (group: number, toggle: boolean) => {
      try {
        const { from, to } = layout.tracksOf(group);
        const members = (await fetchIds()).slice(from, to);
        const { selection, setSelection } = useLibraryStore.getState();
        setSelection(selectMany(selection, members, from, toggle));
      } catch (error) {
        showError(error);
      }
    },
    [layout, fetchIds],
  );

  const selectGroup = useCallback(async () => {
    const { cursorId, cursorIndex } = useLibraryStore.getState().selection;
    if (cursorId === null || layout.groups === 0) return;
    const found = locate(cursorId, cursorIndex, loaded);
    await pickGroup(layout.groupOf(found < 0 ? cursorIndex : found), false);
  }, [layout, loaded, pickGroup]);

  return { ...rows, layout, pickGroup, selectGroup, setVisible, pick, moveBy, moveTo, selectEverything };
}
