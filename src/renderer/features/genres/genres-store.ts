import { createDialogStore } from '../settings/dialog-store';

/** The dialog of one's own genres; the menu opens it. */
export const useGenresStore = createDialogStore();
