import { createRateMeter } from '../../backend/jobs/rate';
import type { WorkStatus } from './progress-lines';

/** Work that is no job of the backend. */
export type OwnKind = Exclude<
  WorkStatus['kind'],
  'scan' | 'analyze' | 'refine' | 'write' | 'undo' | 'evaluate' | 'compare'
>;

/** How far a command is with files that it goes through by itself. */
export interface OwnWork {
  tick(current: string, failed: boolean): void;
  end(state: 'done' | 'cancelled' | 'failed'): void;
}

/** Counts files as a job does, and shows each count. */
export function createOwnWork(kind: OwnKind, total: number, show: (status: WorkStatus) => void): OwnWork {
  const rate = createRateMeter();
  let status: WorkStatus = {
    ...{ id: kind, kind, state: 'running', finishedAt: null, done: 0, total, failed: 0 },
    ...{ tracksPerSecond: null, secondsLeft: null, pass: null, current: null, held: null },
  };
  const change = (changes: Partial<WorkStatus>): void => {
    status = { ...status, ...changes };
    show(status);
  };
  rate.add(performance.now(), 0);
  show(status);
  return {
    tick(current, failed) {
      const now = performance.now();
      const done = status.done + 1;
      rate.add(now, done);
      const tracksPerSecond = rate.perSecond(now, done);
      const secondsLeft = tracksPerSecond && (total - done) / tracksPerSecond;
      change({ done, failed: status.failed + (failed ? 1 : 0), current, tracksPerSecond, secondsLeft });
    },
    end: (state) => change({ state, finishedAt: Date.now(), current: null, secondsLeft: null }),
  };
}
