import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { activeKeys, DEFAULT_BINDINGS, keyParts, keysOf, type Bindings, type ShortcutId } from './shortcut-list';

interface KeyState extends Bindings {
  /** From now on this key, and only this, means the shortcut; another one that had it loses it. */
  readonly bind: (id: ShortcutId, name: string, from: ShortcutId | null) => void;
  readonly reset: (id: ShortcutId) => void;
  readonly resetAll: () => void;
  readonly setSingleKeys: (singleKeys: boolean) => void;
}

/** The keys that the user chose, kept in the window's own storage. */
export const useKeyStore = create<KeyState>()(
  persist(
    (set, get) => ({
      ...DEFAULT_BINDINGS,
      bind: (id, name, from) => {
        const rest = from && { [from]: keysOf(from, get()).filter((key) => key !== name) };
        set({ bound: { ...get().bound, ...rest, [id]: [name] } });
      },
      reset: (id) => {
        set({ bound: Object.fromEntries(Object.entries(get().bound).filter(([key]) => key !== id)) });
      },
      resetAll: () => {
        set(DEFAULT_BINDINGS);
      },
      setSingleKeys: (singleKeys) => {
        set({ singleKeys });
      },
    }),
    { name: 'genregram-keys', partialize: ({ bound, singleKeys }) => ({ bound, singleKeys }) },
  ),
);

export const isMac = typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac');

/** The keys of a shortcut as shown in a tooltip: "E", "⇧ ⏎"; empty where none reacts. The tree is drawn anew when they change (see App). */
export const shownKey = (id: ShortcutId): string =>
  activeKeys(id, useKeyStore.getState())
    .slice(0, 2)
    .map((name) => keyParts(name, isMac).join(' '))
    .join(', ');
