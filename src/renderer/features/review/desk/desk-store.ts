import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { QueueOrder } from '#shared/contract/review';
import type { LogEntry } from './pace';
import { EMPTY_WALK, trackAt, type Walk } from './walk';

/** What is decided at a time. */
export const UNITS = ['track', 'album'] as const;
export type Unit = (typeof UNITS)[number];

interface DeskState {
  readonly unit: Unit;
  readonly order: QueueOrder;
  /** The track at hand, kept over a restart. */
  readonly place: number | null;
  readonly walk: Walk;
  /** Whether the queue of this order is in the walk yet. */
  readonly ready: boolean;
  readonly startedAt: number;
  /** Decisions of this session that stand, newest last. */
  readonly log: readonly LogEntry[];
  readonly setUnit: (unit: Unit) => void;
  readonly setOrder: (order: QueueOrder) => void;
  readonly setWalk: (walk: Walk) => void;
}

/** Where one is in reviewing: stays while other views are open. */
export const useDeskStore = create<DeskState>()(
  persist(
    (set) => ({
      unit: 'track',
      order: 'doubtful',
      place: null,
      walk: EMPTY_WALK,
      ready: false,
      startedAt: 0,
      log: [],
      setUnit: (unit) => {
        set({ unit });
      },
      setOrder: (order) => {
        set({ order, place: null, walk: EMPTY_WALK, ready: false });
      },
      setWalk: (walk) => {
        set({ walk, place: trackAt(walk), ready: true });
      },
    }),
    { name: 'genregram-review', partialize: ({ unit, order, place }) => ({ unit, order, place }) },
  ),
);
