import { create } from 'zustand';
import type { WriteMode } from '../../api/queries';

interface WriteState {
  readonly mode: WriteMode;
  /** Files of the plan that are not to be written. */
  readonly unchecked: ReadonlySet<string>;
  /** The run whose results are shown instead of the plan. */
  readonly runId: number | null;
  readonly setMode: (mode: WriteMode) => void;
  readonly toggle: (path: string) => void;
  readonly setUnchecked: (paths: Iterable<string>) => void;
  readonly showRun: (runId: number | null) => void;
}

export const useWriteStore = create<WriteState>((set, get) => ({
  mode: 'replace',
  unchecked: new Set(),
  runId: null,
  setMode: (mode) => {
    set({ mode });
  },
  toggle: (path) => {
    const unchecked = new Set(get().unchecked);
    if (!unchecked.delete(path)) unchecked.add(path);
    set({ unchecked });
  },
  setUnchecked: (paths) => {
    set({ unchecked: new Set(paths) });
  },
  showRun: (runId) => {
    set({ runId });
  },
}));
