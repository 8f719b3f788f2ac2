/** All keys of the window in one place: what reacts to them, what tooltips show and what the `?` sheet lists. */

export const SHORTCUTS = [
  { id: 'accept', keys: ['Enter'], shown: ['⏎'], group: 'Decide', label: 'Accept what was heard' },
  { id: 'edit', keys: ['e'], shown: ['E'], group: 'Decide', label: 'Change genre and mood' },
  { id: 'skip', keys: ['s'], shown: ['S'], group: 'Decide', label: 'Skip: leave the file as it is' },
  {
    id: 'clear',
    keys: ['Backspace', 'Delete'],
    shown: ['⌫'],
    group: 'Decide',
    label: 'Take back the decision',
  },
  { id: 'undo', keys: ['u'], shown: ['U'], group: 'Decide', label: 'Undo the last decision made' },
  { id: 'next', keys: ['ArrowDown', 'j'], shown: ['↓', 'J'], group: 'Move', label: 'Next track' },
  { id: 'previous', keys: ['ArrowUp', 'k'], shown: ['↑', 'K'], group: 'Move', label: 'Previous track' },
  { id: 'pageDown', keys: ['PageDown'], shown: ['Page down'], group: 'Move', label: 'A page down' },
  { id: 'pageUp', keys: ['PageUp'], shown: ['Page up'], group: 'Move', label: 'A page up' },
  { id: 'first', keys: ['Home'], shown: ['Home'], group: 'Move', label: 'First track' },
  { id: 'last', keys: ['End'], shown: ['End'], group: 'Move', label: 'Last track' },
  { id: 'selectAll', keys: ['Mod+a'], shown: ['Ctrl', 'A'], group: 'Select', label: 'Select all tracks in the list' },
  { id: 'unselect', keys: ['Escape'], shown: ['Esc'], group: 'Select', label: 'Back to one track' },
  { id: 'filter', keys: ['/'], shown: ['/'], group: 'Go to', label: 'Filter by text' },
  { id: 'library', keys: ['1'], shown: ['1'], group: 'Go to', label: 'Library' },
  { id: 'write', keys: ['2'], shown: ['2'], group: 'Go to', label: 'Write desk' },
  { id: 'failures', keys: ['3'], shown: ['3'], group: 'Go to', label: 'Failures' },
  { id: 'help', keys: ['?'], shown: ['?'], group: 'Go to', label: 'This list' },
] as const;

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];

/** What of a key event decides which shortcut it is. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The shortcut a key press means, if any. Shift is left to the action: it extends a selection. */
export function shortcutOf(press: KeyPress): ShortcutId | null {
  if (press.altKey) return null;
  const mod = press.ctrlKey || press.metaKey;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const name = mod ? `Mod+${key}` : key;
  return SHORTCUTS.find((shortcut) => (shortcut.keys as readonly string[]).includes(name))?.id ?? null;
}

/** The key as shown in a tooltip: "E". */
export const shownKey = (id: ShortcutId): string =>
  SHORTCUTS.find((shortcut) => shortcut.id === id)?.shown.join(' ') ?? '';
