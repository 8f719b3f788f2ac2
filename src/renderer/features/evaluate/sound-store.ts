import { create } from 'zustand';
import type { EvaluatedTrack } from '#shared/contract/evaluation';
import { TELLING_STATISTICS } from '#shared/domain/statistic-names';
import type { Connection } from '../../api/connection';
import { windowName } from '../../api/window-name';

/** Tracks measured; of more, evenly spaced ones. */
const MOST = 300;
/** Asked for side by side; the backend has as many workers as it may. */
const AT_ONCE = 4;
/** All charts are drawn anew with what was measured: so long after the last time, however long drawing takes. */
const SHOWN_AFTER_MS = 250;

type Values = ReadonlyMap<number, Readonly<Record<string, number>>>;

interface SoundState {
  /** The evaluation whose tracks were measured. */
  readonly evaluation: number | null;
  /** The statistics that were asked for, the last ones first. */
  readonly columns: readonly string[];
  /** Of each track, by statistic. */
  readonly values: Values;
  /** Of the measuring that is under way or was the last. */
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly running: boolean;
  /** Measures the most telling statistics, or all that were asked for anew; or a further one beside them. */
  readonly measure: (
    connection: Connection,
    evaluation: number,
    tracks: readonly EvaluatedTrack[],
    further?: string,
  ) => Promise<void>;
  /** Ends it before its time; what was measured stays. */
  readonly stop: (connection: Connection) => void;
}

/** So many are measured of so many tracks. */
export const measuredOf = (tracks: number): number => Math.min(tracks, MOST);

const NOTHING = { columns: TELLING_STATISTICS, values: new Map() as Values } as const;

/** How the judged tracks sound, in numbers. */
export const useSoundStore = create<SoundState>()((set, get) => {
  let turn = 0;
  return {
    ...NOTHING,
    ...{ evaluation: null, done: 0, total: 0, failed: 0, running: false },
    measure: async (connection, evaluation, tracks, further) => {
      get().stop(connection);
      const own = ++turn;
      const total = measuredOf(tracks.length);
      const chosen = Array.from({ length: total }, (_, i) => tracks[Math.floor((i * tracks.length) / total)]!);
      const before = get().evaluation === evaluation ? get() : NOTHING;
      const columns = further === undefined ? [...before.columns] : [further];
      set({
        ...{ evaluation, total, done: 0, failed: 0, running: true },
        columns: [...new Set([...columns, ...before.columns])],
        values: further === undefined ? NOTHING.values : before.values,
      });
      const values = new Map(get().values);
      const counts = { done: 0, failed: 0 };
      let timer: ReturnType<typeof setTimeout> | undefined;
      const show = (): void => {
        timer = undefined;
        if (own === turn) set({ ...counts, values: new Map(values) });
      };
      const waiting = chosen.values();
      const worker = async (): Promise<void> => {
        for (const { id, path } of waiting) {
          const asked = connection.call('describe.file', { path, columns, window: windowName });
          const described = await asked.catch(() => null);
          if (own !== turn) return;
          counts.done++;
          if (described?.status === 'ok') values.set(id, { ...values.get(id), ...named(columns, described.values) });
          else counts.failed++;
          timer ??= setTimeout(show, SHOWN_AFTER_MS);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      clearTimeout(timer);
      if (own !== turn) return;
      show();
      set({ running: false });
    },
    stop: (connection) => {
      turn++;
      if (!get().running) return;
      set({ running: false });
      // Where the backend has gone, so has what it was at.
      connection.call('describe.cancel', { window: windowName }).catch(() => undefined);
    },
  };
});

const named = (columns: readonly string[], values: readonly number[]): Readonly<Record<string, number>> =>
  Object.fromEntries(columns.map((column, i) => [column, values[i]!]));
