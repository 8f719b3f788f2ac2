import { create } from 'zustand';
import type { JudgedTask, LabelSource } from '#shared/contract/evaluation';

export const TABS = ['confusion', 'classes', 'calibration', 'map', 'sound', 'comparison', 'failures'] as const;
export type Tab = (typeof TABS)[number];

/** What is asked for, as far as it is typed. */
export interface Draft {
  readonly kind: LabelSource['kind'];
  /** Of the folder, and of the table: going from one to the other loses neither. */
  readonly folder: string;
  readonly table: string;
  readonly root: string;
  /** Null: the column of the task's name. */
  readonly column: string | null;
  readonly task: JudgedTask;
  /** Null: the chosen model. */
  readonly model: string | null;
  readonly against: string | null;
  readonly plan: 'all' | '12';
}

/** Tracks behind a part of a chart; `key` tells which part. */
export interface PickedTracks {
  readonly key: string;
  readonly label: string;
  readonly ids: readonly number[];
}

interface EvaluateState {
  readonly draft: Draft;
  /** Is the form shown although there is a result? */
  readonly asking: boolean;
  readonly tab: Tab;
  /** Which of the result's models is shown. */
  readonly model: 0 | 1;
  readonly picked: PickedTracks | null;
  readonly change: (changes: Partial<Draft>) => void;
  readonly ask: (asking: boolean) => void;
  readonly setTab: (tab: Tab) => void;
  readonly setModel: (model: 0 | 1) => void;
  readonly pick: (picked: PickedTracks | null) => void;
  /** The result that all this is about. */
  readonly evaluation: number | null;
  /** Another result is there: what was picked in the last one is no more. */
  readonly renew: (evaluation: number) => void;
}

export const useEvaluateStore = create<EvaluateState>()((set, get) => ({
  draft: {
    ...{ kind: 'folder', folder: '', table: '', root: '', column: null, task: 'genre' },
    ...{ model: null, against: null, plan: 'all' },
  },
  asking: false,
  tab: 'confusion',
  model: 0,
  picked: null,
  evaluation: null,
  change: (changes) => {
    set(({ draft }) => ({ draft: { ...draft, ...changes } }));
  },
  ask: (asking) => {
    set({ asking, picked: null });
  },
  setTab: (tab) => {
    set({ tab, picked: null });
  },
  setModel: (model) => {
    set({ model, picked: null });
  },
  pick: (picked) => {
    set({ picked });
  },
  renew: (evaluation) => {
    if (get().evaluation === evaluation) return;
    set({ evaluation, asking: false, tab: 'confusion', model: 0, picked: null });
  },
}));

/** What the draft's labels are from; null while nothing is named. */
export function sourceOf({ kind, folder, table, root, column }: Draft): LabelSource | null {
  const path = (kind === 'table' ? table : folder).trim();
  if (path === '') return null;
  if (kind !== 'table') return { kind, path };
  return { kind, path, ...(root.trim() && { root: root.trim() }), ...(column !== null && { column }) };
}
