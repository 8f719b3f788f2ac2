/** All keys of the window in one place: what reacts to them, what tooltips show and what the `?` sheet lists. */

/**
 * `keys` are names as `keyName` gives them, by default; the user may bind others. `view`: only there, and before a key of the
 * same name that holds everywhere. `fixed`: not to be bound anew.
 */
export const SHORTCUTS = [
  { id: 'accept', keys: ['Enter'], group: 'Decide', label: 'Accept what was heard' },
  { id: 'acceptTwo', keys: ['Shift+Enter'], group: 'Decide', label: 'Review: accept the two likeliest genres' },
  { id: 'acceptEach', keys: ['Mod+Enter'], group: 'Decide', label: 'Review albums: accept each track as it was heard' },
  {
    id: 'label',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    group: 'Decide',
    label: 'Review: the genre of this number',
    view: 'review',
    fixed: true,
  },
  { id: 'edit', keys: ['e'], group: 'Decide', label: 'Change genre and mood; in review, type a genre' },
  { id: 'skip', keys: ['s'], group: 'Decide', label: 'Skip: leave the file as it is' },
  { id: 'notMusic', keys: ['n'], group: 'Decide', label: 'Not music: leave the file, and count it as such' },
  { id: 'shareAlbum', keys: ['a'], group: 'Decide', label: 'The same for the album…' },
  { id: 'shareArtist', keys: ['b'], group: 'Decide', label: 'The same for the artist…' },
  { id: 'shareSimilar', keys: ['g'], group: 'Decide', label: 'The same for similar tracks…' },
  { id: 'clear', keys: ['Backspace', 'Delete'], group: 'Decide', label: 'Take back the decision' },
  { id: 'undo', keys: ['u'], group: 'Decide', label: 'Undo the last decision made' },
  { id: 'unit', keys: ['Shift+a'], group: 'Move', label: 'Review: album by album, or track by track', view: 'review' },
  { id: 'next', keys: ['ArrowDown', 'j'], group: 'Move', label: 'Next track' },
  { id: 'previous', keys: ['ArrowUp', 'k'], group: 'Move', label: 'Previous track' },
  { id: 'pageDown', keys: ['PageDown'], group: 'Move', label: 'A page down' },
  { id: 'pageUp', keys: ['PageUp'], group: 'Move', label: 'A page up' },
  { id: 'first', keys: ['Home'], group: 'Move', label: 'First track' },
  { id: 'last', keys: ['End'], group: 'Move', label: 'Last track' },
  { id: 'selectAll', keys: ['Mod+a'], group: 'Select', label: 'Select all tracks in the list' },
  { id: 'selectGroup', keys: ['Mod+g'], group: 'Select', label: 'Select the group of this track' },
  {
    id: 'unselect',
    keys: ['Escape'],
    group: 'Select',
    label: 'Back to one track; from review to the library',
    fixed: true,
  },
  { id: 'play', keys: [' '], group: 'Listen', label: 'Play or pause the track' },
  { id: 'evidence', keys: ['h'], group: 'Listen', label: 'Hear the windows of the top genre' },
  { id: 'previousWindow', keys: [','], group: 'Listen', label: 'Previous window' },
  { id: 'nextWindow', keys: ['.'], group: 'Listen', label: 'Next window' },
  { id: 'loop', keys: ['l'], group: 'Listen', label: 'Hear the window again and again, or not' },
  { id: 'playOn', keys: ['o'], group: 'Listen', label: 'Play on past the window' },
  { id: 'filter', keys: ['/'], group: 'Go to', label: 'Filter by text' },
  { id: 'library', keys: ['1'], group: 'Go to', label: 'Library' },
  { id: 'review', keys: ['r'], group: 'Go to', label: 'Review' },
  { id: 'write', keys: ['2'], group: 'Go to', label: 'Write desk' },
  { id: 'playlists', keys: ['p'], group: 'Go to', label: 'Playlists' },
  { id: 'insight', keys: ['i'], group: 'Go to', label: 'Insight' },
  { id: 'evaluate', keys: ['v'], group: 'Go to', label: 'Evaluate' },
  { id: 'failures', keys: ['3'], group: 'Go to', label: 'Failures' },
  { id: 'help', keys: ['?'], group: 'Go to', label: 'This list' },
] as const;

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];

/** One entry of the list, with what it may have. */
export interface Shortcut {
  readonly id: ShortcutId;
  readonly keys: readonly string[];
  readonly group: string;
  readonly label: string;
  readonly view?: string;
  readonly fixed?: boolean;
}
const ALL: readonly Shortcut[] = SHORTCUTS;

/** What the user changed: other keys of some shortcuts, and whether single characters react at all (WCAG 2.2, 2.1.4). */
export interface Bindings {
  readonly bound: Readonly<Partial<Record<ShortcutId, readonly string[]>>>;
  readonly singleKeys: boolean;
}
export const DEFAULT_BINDINGS: Bindings = { bound: {}, singleKeys: true };

/** What of a key event decides which shortcut it is. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey?: boolean;
}

/** "e", "Shift+Enter", "Mod+Alt+a"; Mod is Ctrl, or Command on a Mac. Null for a modifier pressed alone. */
export function keyName(press: KeyPress): string | null {
  if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'Dead'].includes(press.key)) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  // What Shift makes of a sign is in the sign itself: "?".
  const shifted = press.shiftKey && (press.key.length > 1 || key !== key.toUpperCase());
  return [press.ctrlKey || press.metaKey ? 'Mod' : '', press.altKey ? 'Alt' : '', shifted ? 'Shift' : '', key]
    .filter(Boolean)
    .join('+');
}

/** A letter, digit or sign that needs no modifier but Shift: what speech input may utter by accident. */
export const isSingleCharacter = (name: string): boolean => /^(Shift\+)?.$/u.test(name);

export const keysOf = (id: ShortcutId, bindings: Bindings): readonly string[] =>
  bindings.bound[id] ?? ALL.find((shortcut) => shortcut.id === id)?.keys ?? [];

/** Those of its keys that react now. */
export const activeKeys = (id: ShortcutId, bindings: Bindings): readonly string[] =>
  keysOf(id, bindings).filter((name) => bindings.singleKeys || !isSingleCharacter(name));

/** The shortcut a key press means in a view, if any. Shift that none asks for is left to the action: it extends a selection. */
export function shortcutOf(
  press: KeyPress,
  bindings = DEFAULT_BINDINGS,
  view: string | null = null,
): ShortcutId | null {
  const name = keyName(press);
  if (name === null) return null;
  return named(name, bindings, view) ?? named(name.replace('Shift+', ''), bindings, view);
}

function named(name: string, bindings: Bindings, view: string | null): ShortcutId | null {
  const found = ALL.filter(
    (shortcut) =>
      (shortcut.view === undefined || shortcut.view === view) && activeKeys(shortcut.id, bindings).includes(name),
  );
  return (found.find((shortcut) => shortcut.view !== undefined) ?? found[0])?.id ?? null;
}

/** The other shortcut that a key means already where this one would hold, if any. */
export function conflictOf(name: string, id: ShortcutId, bindings: Bindings): Shortcut | null {
  return ALL.find((other) => other.id !== id && keysOf(other.id, bindings).includes(name)) ?? null;
}

const SHOWN: Readonly<Record<string, string>> = {
  Enter: '⏎',
  Backspace: '⌫',
  Delete: 'Del',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'Page up',
  PageDown: 'Page down',
  Shift: '⇧',
  ' ': 'Space',
};

/** A key's parts as they stand on the keys: "Mod+a" as Ctrl and A. */
export function keyParts(name: string, mac = false): string[] {
  const [, modifiers = '', key = name] = /^((?:(?:Mod|Alt|Shift)\+)*)(.+)$/.exec(name) ?? [];
  const parts = [...modifiers.split('+').filter(Boolean), key];
  return parts.map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
    return SHOWN[part] ?? (part.length === 1 ? part.toUpperCase() : part);
  });
}
