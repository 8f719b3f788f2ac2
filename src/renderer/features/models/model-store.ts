import { create } from 'zustand';

interface ModelState {
  readonly opened: boolean;
  readonly open: () => void;
  readonly close: () => void;
}

/** Whether the dialog of models is open; the menu and the banner open it. */
export const useModelStore = create<ModelState>((set) => ({
  opened: false,
  open: () => {
    set({ opened: true });
  },
  close: () => {
    set({ opened: false });
  },
}));
