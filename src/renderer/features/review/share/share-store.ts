import { create } from 'zustand';
import type { MatesOf } from '#shared/contract/review';
import type { TrackRow } from '#shared/contract/schemas';

/** What is to be decided for several tracks at once, starting from one. */
export interface ShareRequest {
  readonly row: TrackRow;
  readonly of: MatesOf;
  /** The genre to begin with; without it, what was decided of the track or heard in it. */
  readonly genre?: string;
}

interface ShareState {
  readonly request: ShareRequest | null;
  readonly open: (request: ShareRequest) => void;
  readonly close: () => void;
}

export const useShareStore = create<ShareState>((set) => ({
  request: null,
  open: (request) => {
    set({ request });
  },
  close: () => {
    set({ request: null });
  },
}));
