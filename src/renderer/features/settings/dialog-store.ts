import { create } from 'zustand';

export interface DialogState {
  readonly opened: boolean;
  readonly open: () => void;
  readonly close: () => void;
}

/** Whether a dialog is open, for those who open it from elsewhere. */
export const createDialogStore = () =>
  create<DialogState>((set) => ({
    opened: false,
    open: () => {
      set({ opened: true });
    },
    close: () => {
      set({ opened: false });
    },
  }));
