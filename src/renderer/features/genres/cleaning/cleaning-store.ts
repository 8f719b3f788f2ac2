import { create } from 'zustand';
import { useWriteStore } from '../../write/write-store';

interface CleaningState {
  /** The write desk shows the cleaning of genres that files have, in the place of what was decided. */
  readonly shown: boolean;
  /** Also splits texts whose parts are no genres here. */
  readonly splitAll: boolean;
  readonly show: (shown: boolean) => void;
  readonly setSplitAll: (splitAll: boolean) => void;
}

export const useCleaningStore = create<CleaningState>((set) => ({
  shown: false,
  splitAll: false,
  show: (shown) => {
    freshPlan();
    set({ shown });
  },
  setSplitAll: (splitAll) => {
    freshPlan();
    set({ splitAll });
  },
}));

/** Another plan begins with all of its files chosen. */
function freshPlan(): void {
  useWriteStore.getState().setUnchecked([]);
  useWriteStore.getState().showRun(null);
}
