import { create } from 'zustand';

interface FolderState {
  readonly choosing: boolean;
  /** Why the chooser came up, where that isn't plain. */
  readonly hint: string | null;
  readonly open: (hint?: string) => void;
  readonly close: () => void;
}

/** The in-app folder chooser, for where the system's dialog can't be had. */
export const useFolderStore = create<FolderState>((set) => ({
  choosing: false,
  hint: null,
  open: (hint) => {
    set({ choosing: true, hint: hint ?? null });
  },
  close: () => {
    set({ choosing: false });
  },
}));
