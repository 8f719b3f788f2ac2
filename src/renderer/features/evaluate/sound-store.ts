import { create } from 'zustand';
import type { EvaluatedTrack } from '#shared/contract/evaluation';
import { TELLING_STATISTICS } from '#shared/domain/statistic-names';
import type { Connection } from '../../api/connection';

/** Tracks measured; of more, evenly spaced ones. */
const MOST = 300;
/** Asked for side by side; the backend has as many workers as it may. */
const AT_ONCE = 4;

interface SoundState {
  /** The evaluation whose tracks were measured. */
  readonly evaluation: number | null;
  /** Of each track the telling statistics, in their order. */
  readonly values: ReadonlyMap<number, readonly number[]>;
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly running: boolean;
  readonly measure: (connection: Connection, evaluation: number, tracks: readonly EvaluatedTrack[]) => Promise<void>;
  /** Ends it before its time; what was measured stays. */
  readonly stop: () => void;
}

/** So many are measured of so many tracks. */
export const measuredOf = (tracks: number): number => Math.min(tracks, MOST);

const NOTHING = { values: new Map<number, readonly number[]>(), done: 0, failed: 0 } as const;

/** How the judged tracks sound, in numbers. */
export const useSoundStore = create<SoundState>()((set, get) => {
  let turn = 0;
  return {
    ...NOTHING,
    ...{ evaluation: null, total: 0, running: false },
    measure: async (connection, evaluation, tracks) => {
      const own = ++turn;
      const total = measuredOf(tracks.length);
      const chosen = Array.from({ length: total }, (_, i) => tracks[Math.floor((i * tracks.length) / total)]!);
      set({ ...NOTHING, evaluation, total, running: true });
      const waiting = chosen.values();
      const worker = async (): Promise<void> => {
        for (const { id, path } of waiting) {
          const columns = [...TELLING_STATISTICS];
          const described = await connection.call('describe.file', { path, columns }).catch(() => null);
          if (own !== turn) return;
          const isFine = described?.status === 'ok';
          set(({ values, done, failed }) => ({
            values: isFine ? new Map(values).set(id, described.values) : values,
            done: done + 1,
            failed: failed + (isFine ? 0 : 1),
          }));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      if (own === turn) set({ running: false });
    },
    stop: () => {
      turn++;
      if (get().running) set({ running: false });
    },
  };
});
