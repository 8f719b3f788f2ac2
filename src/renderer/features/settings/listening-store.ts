import { createDialogStore } from './dialog-store';

/** The dialog of how listening uses the machine; the menu opens it. */
export const useListeningStore = createDialogStore();
