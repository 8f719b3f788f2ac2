import type { JobStatus } from '#shared/contract/schemas';
import type { FailureCode } from '#shared/domain/failure';

/** How far something is: a job of the backend, or files that a command goes through by itself. */
export type WorkStatus = Omit<JobStatus, 'kind' | 'startedAt' | 'detail' | 'scan' | 'failure'> & {
  readonly kind: JobStatus['kind'] | 'describe';
};

/**
 * What `--progress json` prints on stderr, an object a line. These names are a promise to scripts.
 *
 * - `progress`: how far a job is; `total` is null while it is not known yet, `job` one of scan, analyze, refine, write, undo, describe
 * - `note`: something that a person would be told
 * - `failure`: a file that failed (with `--quiet`, which prints it nowhere else)
 * - `error`: why the whole command failed; the last line
 */
export type ProgressLine =
  | ({ readonly event: 'progress'; readonly job: WorkStatus['kind'] } & Pick<
      WorkStatus,
      'state' | 'done' | 'total' | 'failed' | 'tracksPerSecond' | 'secondsLeft' | 'current' | 'pass' | 'held'
    >)
  | { readonly event: 'note'; readonly message: string }
  | { readonly event: 'failure'; readonly path: string; readonly code: FailureCode; readonly message: string }
  | { readonly event: 'error'; readonly code: FailureCode; readonly message: string };

/** The shortest time between two lines of one job, in milliseconds; its first and last are always told. */
const EVERY_MS = 250;

export const writeLine = (line: ProgressLine): void => {
  process.stderr.write(`${JSON.stringify({ ...line, at: Date.now() })}\n`);
};

/** Tells of jobs a few times a second at most. */
export function createProgressLines(): (status: WorkStatus) => void {
  const told = new Map<string, { at: number; state: WorkStatus['state'] }>();
  return (status) => {
    const before = told.get(status.id);
    if (before && before.state === status.state && Date.now() - before.at < EVERY_MS) return;
    told.set(status.id, { at: Date.now(), state: status.state });
    const { kind: job, state, done, total, failed, tracksPerSecond, secondsLeft, current, pass, held } = status;
    writeLine({
      event: 'progress',
      ...{ job, state, done, total, failed, tracksPerSecond, secondsLeft, current, pass, held },
    });
  };
}
