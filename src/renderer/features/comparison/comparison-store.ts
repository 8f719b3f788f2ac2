import { create } from 'zustand';
import type { TrackRow } from '#shared/contract/schemas';

/** The track to compare models on, and the windows that its own result is from. */
export interface ComparisonRequest {
  readonly row: TrackRow;
  readonly plan: string;
}

interface ComparisonState {
  readonly request: ComparisonRequest | null;
  /** Ids of the models chosen last; null before the first choice. They are chosen again for the next track. */
  readonly chosen: readonly string[] | null;
  readonly open: (request: ComparisonRequest) => void;
  readonly close: () => void;
  readonly choose: (ids: readonly string[]) => void;
}

export const useComparisonStore = create<ComparisonState>((set) => ({
  request: null,
  chosen: null,
  open: (request) => {
    set({ request });
  },
  close: () => {
    set({ request: null });
  },
  choose: (chosen) => {
    set({ chosen });
  },
}));
