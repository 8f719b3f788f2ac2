import { create } from 'zustand';

/** What a folder or a table in one is wanted for, where it isn't to be added to the library. */
export interface FolderRequest {
  readonly title: string;
  /** The button's words for a folder of this name; null where a table is wanted. */
  readonly verb: ((name: string) => string) | null;
  readonly onChoose: (path: string) => void;
}

interface FolderState {
  readonly choosing: boolean;
  /** Why the chooser came up, where that isn't plain. */
  readonly hint: string | null;
  readonly request: FolderRequest | null;
  readonly open: (hint?: string) => void;
  readonly ask: (request: FolderRequest) => void;
  readonly close: () => void;
}

/** The in-app folder chooser, for where the system's dialog can't be had. */
export const useFolderStore = create<FolderState>((set) => ({
  choosing: false,
  hint: null,
  request: null,
  open: (hint) => {
    set({ choosing: true, hint: hint ?? null, request: null });
  },
  ask: (request) => {
    set({ choosing: true, hint: null, request });
  },
  close: () => {
    set({ choosing: false });
  },
}));
