import { create } from 'zustand';

interface WritingState {
  readonly opened: boolean;
  readonly open: () => void;
  readonly close: () => void;
}

/** Whether the dialog of how files are written is open; the menu and the write desk open it. */
export const useWritingStore = create<WritingState>((set) => ({
  opened: false,
  open: () => {
    set({ opened: true });
  },
  close: () => {
    set({ opened: false });
  },
}));
