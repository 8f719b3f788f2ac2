/**
 * Which tracks are selected. Tracks are known by id, so that a selection outlives sorting and filtering; the cursor (the track
 * shown in the detail pane) also has an index, as a hint where in the list to look for it.
 */
export interface Selection {
  readonly ids: ReadonlySet<number>;
  readonly cursorId: number | null;
  readonly cursorIndex: number;
  /** Where a shift-selection starts. */
  readonly anchorIndex: number;
}

export const emptySelection: Selection = { ids: new Set(), cursorId: null, cursorIndex: -1, anchorIndex: -1 };

export const selectOne = (id: number, index: number): Selection => ({
  ids: new Set([id]),
  cursorId: id,
  cursorIndex: index,
  anchorIndex: index,
});

/** Ctrl/cmd-click: takes one track in or out, and makes it the cursor. */
export function toggleOne(selection: Selection, id: number, index: number): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, cursorId: id, cursorIndex: index, anchorIndex: index };
}

/**
 * Shift: everything from the anchor to `index`.
 *
 * @param idsBetween ids from the lower to the higher of the two, both included
 */
export function selectRange(selection: Selection, idsBetween: readonly number[], id: number, index: number): Selection {
  return {
    ids: new Set(idsBetween),
    cursorId: id,
    cursorIndex: index,
    anchorIndex: selection.anchorIndex < 0 ? index : selection.anchorIndex,
  };
}

/** Selects all of `ids`; the cursor stays if it is among them, else it is the first. */
export function selectAll(selection: Selection, ids: readonly number[]): Selection {
  const first = ids[0];
  if (first === undefined) return emptySelection;
  const all = new Set(ids);
  if (selection.cursorId !== null && all.has(selection.cursorId)) return { ...selection, ids: all };
  return { ids: all, cursorId: first, cursorIndex: 0, anchorIndex: 0 };
}

/**
 * Selects tracks that lie together, the first of them at `index`: alone, or (`toggle`) besides those selected. All being in
 * already, they are taken out.
 */
export function selectMany(selection: Selection, ids: readonly number[], index: number, toggle: boolean): Selection {
  const first = ids[0];
  if (first === undefined) return selection;
  const cursor = { cursorId: first, cursorIndex: index, anchorIndex: index };
  if (!toggle) return { ids: new Set(ids), ...cursor };
  const all = new Set(selection.ids);
  const out = ids.every((id) => all.has(id));
  for (const id of ids)
    if (out) all.delete(id);
    else all.add(id);
  return { ids: all, ...cursor };
}

/** A track's place among loaded rows: first where it is expected, then anywhere; -1 if it isn't loaded. */
export function locate(id: number, hint: number, loaded: ReadonlyMap<number, { readonly id: number }>): number {
  if (loaded.get(hint)?.id === id) return hint;
  for (const [index, row] of loaded) if (row.id === id) return index;
  return -1;
}

/**
 * The track to go to once those selected are decided: the first after the cursor that isn't decided along with it, else the
 * nearest before. Null if none is loaded.
 */
export function nextAfter(
  selection: Selection,
  loaded: ReadonlyMap<number, { readonly id: number }>,
): { id: number; index: number } | null {
  const start = selection.cursorId === null ? -1 : locate(selection.cursorId, selection.cursorIndex, loaded);
  const indices = [...loaded.keys()].sort((a, b) => a - b);
  const after = indices.filter((index) => index > start);
  const before = indices.filter((index) => index < start).reverse();
  for (const index of [...after, ...before]) {
    const row = loaded.get(index);
    if (row && !selection.ids.has(row.id)) return { id: row.id, index };
  }
  return null;
}
