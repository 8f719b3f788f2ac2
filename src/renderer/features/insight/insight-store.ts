import { create } from 'zustand';
import type { NamedTracks } from '../library/library-store';

export const TABS = ['own', 'heard', 'reliability', 'changes', 'map'] as const;
export type Tab = (typeof TABS)[number];

interface InsightState {
  readonly tab: Tab;
  /** What was picked in a chart, shown beside it. */
  readonly picked: Picked | null;
  readonly setTab: (tab: Tab) => void;
  readonly pick: (picked: Picked | null) => void;
}

/** Tracks behind a part of a chart; `key` tells which part. */
export interface Picked extends NamedTracks {
  readonly key: string;
  /** What to say of single tracks: what was heard before. */
  readonly notes?: ReadonlyMap<number, string>;
}

export const useInsightStore = create<InsightState>()((set) => ({
  tab: 'own',
  picked: null,
  setTab: (tab) => {
    set({ tab, picked: null });
  },
  pick: (picked) => {
    set({ picked });
  },
}));
