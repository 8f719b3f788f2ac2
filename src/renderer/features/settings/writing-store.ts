import { createDialogStore } from './dialog-store';

/** The dialog of how files are written; the menu and the write desk open it. */
export const useWritingStore = createDialogStore();
