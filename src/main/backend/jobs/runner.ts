import { randomUUID } from 'node:crypto';
import type { EmitEvent } from '#shared/contract/events';
import type { JobStatus } from '#shared/contract/schemas';
import { CodedError, toFailure } from '#shared/domain/failure';
import { createGate, type Gate } from './gate';
import { createRateMeter } from './rate';

/** What a job's work sees of itself. */
export interface Job {
  readonly id: string;
  readonly signal: AbortSignal;
  /**
   * To be awaited before each unit of a job that can be paused: resolves when the next may begin.
   *
   * @throws the signal's reason once the job is cancelled
   */
  turn(): Promise<void>;
  /** The job waits of itself, for this reason, and `release` says that it goes on. Both may be said again and again. */
  hold(reason: string): void;
  release(): void;
  /** Begins a part of the work with a progress of its own; `total` null: not known yet. */
  phase(total: number | null, detail: string | null, pass?: JobStatus['pass']): void;
  /** One unit is finished. */
  tick(current: string, failed: boolean): void;
  update(patch: Partial<Pick<JobStatus, 'current' | 'scan' | 'detail' | 'failed'>>): void;
}

export interface StartedJob {
  readonly jobId: string;
  /** Resolves when the job has ended, however it ended. */
  readonly finished: Promise<JobStatus>;
}

type Kind = JobStatus['kind'];

/** At most ten progress events a second. */
const PROGRESS_MS = 100;
const KEPT_JOBS = 50;
const NAMES: Record<Kind, string> = {
  scan: 'scan',
  analyze: 'analysis',
  refine: 'refinement',
  write: 'write',
  undo: 'undo',
  compare: 'comparison',
  evaluate: 'evaluation',
};

/** Kinds that ask for their turn before each file. */
const PAUSABLE: ReadonlySet<Kind> = new Set(['write', 'undo', 'refine']);

/** Kinds that make way for any other. */
const BACKGROUND: ReadonlySet<Kind> = new Set(['refine']);

interface Running {
  readonly status: JobStatus;
  readonly abort: AbortController;
  readonly gate: Gate;
  readonly finished: Promise<JobStatus>;
}

/**
 * Runs one job at a time, tells how far it is, pauses and cancels it.
 *
 * @param onIdle told of each job that has ended while no other took its place
 */
export function createJobRunner(
  emit: EmitEvent,
  onBug: (error: unknown) => void,
  onIdle: (ended: JobStatus) => void = () => undefined,
) {
  const statuses: JobStatus[] = [];
  let running: Running | null = null;
  let closed = false;
  /** A job that the user had paused when it made way begins again so. */
  let paused = false;

  /** Whether nothing stands in the way of a job of this kind but what would make way for it. @throws CodedError `busy` */
  function assertFree(kind: Kind): void {
    if (running && BACKGROUND.has(running.status.kind) && !BACKGROUND.has(kind)) return;
    assertIdle();
  }

  /** @throws CodedError `busy`, also while a job works in the background */
  function assertIdle(): void {
    if (running)
      throw new CodedError(
        'busy',
        `Another ${NAMES[running.status.kind]} is running. Wait for it to end, or cancel it.`,
      );
  }

  function start(kind: Kind, work: (job: Job) => Promise<void>): StartedJob {
    assertFree(kind);
    const before = running && makeWay(running);
    const status = newStatus(kind);
    const abort = new AbortController();
    const gate = createGate(abort.signal);
    if (BACKGROUND.has(kind) && paused) {
      gate.close();
      status.state = 'paused';
    }
    const report = createReporter(status, emit);
    statuses.unshift(status);
    statuses.length = Math.min(statuses.length, KEPT_JOBS);
    const finished = Promise.resolve(before)
      .then(() => work(createJob(status, abort.signal, gate.pass, report.soon)))
      .then(
        () => end(status, abort.signal.aborted ? 'cancelled' : 'done', null),
        (error: unknown) => {
          if (abort.signal.aborted) return end(status, 'cancelled', null);
          if (!(error instanceof CodedError)) onBug(error);
          return end(status, 'failed', toFailure(error));
        },
      )
      .then(() => {
        const isLast = running === own;
        if (isLast) running = null;
        report.now();
        if (isLast && !closed) onIdle(status);
        return status;
      });
    const own: Running = { status, abort, gate, finished };
    running = own;
    report.now();
    return { jobId: status.id, finished };
  }

  function makeWay(job: Running): Promise<JobStatus> {
    paused = job.status.state === 'paused' && job.status.held === null;
    setState(job.status, 'cancelling');
    job.abort.abort();
    return job.finished;
  }

  /** The job if it runs still, null if it has ended. @throws CodedError `not-found` */
  function find(jobId: string): typeof running {
    if (!statuses.some((status) => status.id === jobId))
      throw new CodedError('not-found', 'There is no such job any more. It has ended.');
    return running?.status.id === jobId ? running : null;
  }

  function setState(status: JobStatus, state: JobStatus['state']): void {
    Object.assign(status, { state, tracksPerSecond: null, secondsLeft: null });
    emit('job.progress', { ...status });
  }

  function cancel(jobId: string): void {
    const job = find(jobId);
    if (!job || job.status.state === 'cancelling') return;
    paused = false;
    setState(job.status, 'cancelling');
    job.abort.abort();
  }

  /** @throws CodedError `not-found`, or `not-available` for a kind that can't be paused */
  function pause(jobId: string): void {
    const job = find(jobId);
    if (job?.status.state !== 'running') return;
    const { kind } = job.status;
    if (!PAUSABLE.has(kind))
      throw new CodedError(
        'not-available',
        `This ${NAMES[kind]} can't be paused. Cancel it; the next goes on from there.`,
      );
    job.gate.close();
    setState(job.status, 'paused');
  }

  /** @throws CodedError `not-found` */
  function resume(jobId: string): void {
    const job = find(jobId);
    if (job?.status.state !== 'paused' || job.status.held !== null) return;
    setState(job.status, 'running');
    job.gate.open();
  }

  return {
    start,
    cancel,
    pause,
    resume,
    assertIdle,
    assertFree,
    list: (): JobStatus[] => statuses.map((status) => ({ ...status })),
    /** Cancels what runs and waits for its end. */
    async close(): Promise<void> {
      closed = true;
      if (!running) return;
      const { status, finished } = running;
      cancel(status.id);
      await finished;
    },
  };
}

export type JobRunner = ReturnType<typeof createJobRunner>;

function newStatus(kind: Kind): JobStatus {
  return {
    id: randomUUID(),
    kind,
    state: 'running',
    startedAt: Date.now(),
    finishedAt: null,
    done: 0,
    total: null,
    failed: 0,
    tracksPerSecond: null,
    secondsLeft: null,
    pass: null,
    current: null,
    held: null,
    detail: null,
    scan: null,
    failure: null,
  };
}

function end(status: JobStatus, state: JobStatus['state'], failure: JobStatus['failure']): void {
  Object.assign(status, { state, failure, finishedAt: Date.now(), current: null, held: null, secondsLeft: null });
}

function createJob(status: JobStatus, signal: AbortSignal, pass: Gate['pass'], report: () => void): Job {
  const rate = createRateMeter();
  return {
    id: status.id,
    signal,
    async turn() {
      if (!(await pass())) return;
      // What a pause took is no part of the pace.
      rate.reset();
      rate.add(performance.now(), status.done);
    },
    hold(reason) {
      if (status.held === reason || status.state !== 'running') return;
      Object.assign(status, { held: reason, state: 'paused', tracksPerSecond: null, secondsLeft: null });
      report();
    },
    release() {
      if (status.held === null) return;
      status.held = null;
      if (status.state === 'paused') status.state = 'running';
      // As after a pause.
      rate.reset();
      rate.add(performance.now(), status.done);
      report();
    },
    phase(total, detail, pass = null) {
      rate.reset();
      Object.assign(status, { done: 0, total, detail, pass, tracksPerSecond: null, secondsLeft: null });
      rate.add(performance.now(), 0);
      report();
    },
    tick(current, failed) {
      const now = performance.now();
      status.done++;
      if (failed) status.failed++;
      status.current = current;
      rate.add(now, status.done);
      const perSecond = status.state === 'paused' ? null : rate.perSecond(now, status.done);
      status.tracksPerSecond = perSecond;
      status.secondsLeft = perSecond && status.total !== null ? (status.total - status.done) / perSecond : null;
      report();
    },
    update(patch) {
      Object.assign(status, patch);
      report();
    },
  };
}

/** Passes a status on at once where the last time is long enough ago, else a little later. */
function createReporter(status: JobStatus, emit: EmitEvent) {
  let last = -Infinity;
  let timer: NodeJS.Timeout | null = null;
  const now = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    last = performance.now();
    emit('job.progress', { ...status });
  };
  const soon = (): void => {
    if (timer || status.finishedAt !== null) return;
    const wait = last + PROGRESS_MS - performance.now();
    if (wait <= 0) now();
    else timer = setTimeout(now, wait);
  };
  return { now, soon };
}
