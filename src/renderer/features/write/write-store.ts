import { create } from 'zustand';
import type { WriteMode } from '../../api/queries';
import { NO_FILTER, type PlanFilter } from './plan-filter';

interface WriteState {
  readonly mode: WriteMode;
  /** Files of the plan that are not to be written. */
  readonly unchecked: ReadonlySet<string>;
  readonly filter: PlanFilter;
  /** The run whose results are shown instead of the plan. */
  readonly runId: number | null;
  readonly setMode: (mode: WriteMode) => void;
  readonly toggle: (path: string) => void;
  readonly setUnchecked: (paths: Iterable<string>) => void;
  readonly setFilter: (filter: Partial<PlanFilter>) => void;
  readonly showRun: (runId: number | null) => void;
  /** Shows the plan of these files alone. */
  readonly planAgain: (paths: Iterable<string>) => void;
}

export const useWriteStore = create<WriteState>((set, get) => ({
  mode: 'replace',
  unchecked: new Set(),
  filter: NO_FILTER,
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
  setFilter: (filter) => {
    set({ filter: { ...get().filter, ...filter } });
  },
  showRun: (runId) => {
    set({ runId });
  },
  planAgain: (paths) => {
    set({ runId: null, unchecked: new Set(), filter: { ...NO_FILTER, only: new Set(paths) } });
  },
}));
