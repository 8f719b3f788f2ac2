import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Draft } from './playlist-draft';

/** A playlist in the window: one that is kept, or one that is still to be. */
export type PlaylistKey = `kept:${number}` | `new:${number}`;

export const keptKey = (id: number): PlaylistKey => `kept:${id}`;
/** The number that a kept one has in the library; null for one that is not kept yet. */
export const keptId = (key: PlaylistKey): number | null => (key.startsWith('kept:') ? Number(key.slice(5)) : null);

interface PlaylistState {
  readonly open: PlaylistKey | null;
  /** What is not saved, by playlist; it outlasts the window. */
  readonly drafts: Readonly<Partial<Record<PlaylistKey, Draft>>>;
  readonly show: (key: PlaylistKey | null) => void;
  /** Opens a new playlist that is not kept yet. */
  readonly start: (draft: Draft) => void;
  readonly change: (key: PlaylistKey, draft: Draft) => void;
  /** Lets go of what is not saved. */
  readonly forget: (key: PlaylistKey) => void;
}

export const usePlaylistStore = create<PlaylistState>()(
  persist(
    (set, get) => ({
      open: null,
      drafts: {},
      show: (open) => {
        set({ open });
      },
      start: (draft) => {
        const numbers = newKeys(get().drafts).map((key) => Number(key.slice(4)));
        const key: PlaylistKey = `new:${Math.max(0, ...numbers) + 1}`;
        set({ open: key, drafts: { ...get().drafts, [key]: draft } });
      },
      change: (key, draft) => {
        set({ drafts: { ...get().drafts, [key]: draft } });
      },
      forget: (key) => {
        const drafts = Object.fromEntries(Object.entries(get().drafts).filter(([each]) => each !== key));
        set({ drafts, open: get().open === key && keptId(key) === null ? null : get().open });
      },
    }),
    { name: 'genregram-playlists', version: 1, partialize: ({ open, drafts }) => ({ open, drafts }) },
  ),
);

/** The playlists that are not kept yet, in the order in which they were begun. */
export const newKeys = (drafts: PlaylistState['drafts']): PlaylistKey[] =>
  (Object.keys(drafts) as PlaylistKey[]).filter((key) => keptId(key) === null);
