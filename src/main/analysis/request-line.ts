import { setMaxListeners } from 'node:events';
import type { AnalysisOutcome, FailedAnalysis } from '#shared/domain/analysis';
import { toFailure, type Failure } from '#shared/domain/failure';
import type { AnalysisRequest } from '../ports';
import type { ProcessClient } from './process-client';
import type { Notice } from './protocol';
import type { Running, Supervisor } from './supervisor';

interface Pending {
  readonly request: AnalysisRequest;
  /** Settles the caller's promise; later calls do nothing. */
  settle(outcome: AnalysisOutcome): void;
  settled: boolean;
  crashes: number;
  /** Tells the process to stop, while it is at it. */
  stop: () => void;
}

/**
 * The tracks that were asked for. All are sent on at once, except after a crash: then those that were in flight are tried again
 * alone, one after the other, so that only the culprit is in flight at a second crash; that one is given up. Where a provider is to
 * blame, they are sent on to the next one.
 */
export class RequestLine {
  private readonly flying = new Set<Pending>();
  private readonly suspects: Pending[] = [];
  private readonly held: Pending[] = [];
  private trying = false;
  private closed = false;

  constructor(
    private readonly supervisor: Supervisor,
    private readonly notify: (notice: Notice) => void,
  ) {}

  analyze(request: AnalysisRequest, signal: AbortSignal): Promise<AnalysisOutcome> {
    return new Promise((resolve) => {
      const onAbort = (): void => this.drop(pending, cancelledFailure);
      const pending: Pending = {
        request,
        settled: false,
        crashes: 0,
        stop: () => undefined,
        settle: (outcome) => {
          if (pending.settled) return;
          pending.settled = true;
          signal.removeEventListener('abort', onAbort);
          resolve(outcome);
        },
      };
      if (this.closed || signal.aborted) return pending.settle(failure(cancelledFailure));
      // One signal may cancel a whole job of many tracks; more than ten listeners are no leak here.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', onAbort, { once: true });
      if (this.trying || this.suspects.length > 0) this.held.push(pending);
      else void this.fly(pending);
    });
  }

  close(): void {
    this.closed = true;
    for (const pending of [...this.flying, ...this.suspects.splice(0), ...this.held.splice(0)]) {
      this.drop(pending, cancelledFailure);
    }
  }

  private drop(pending: Pending, reason: Failure): void {
    pending.settle(failure(reason));
    pending.stop();
  }

  private async fly(pending: Pending): Promise<void> {
    if (pending.settled) return;
    this.flying.add(pending);
    let running: Running | null = null;
    try {
      running = await this.supervisor.ready();
      if (pending.settled) return;
      pending.settle(await this.send(running.client, pending));
      this.supervisor.progressed();
    } catch (error) {
      const reason = toFailure(error);
      if (!running || reason.code !== 'analysis-crashed') pending.settle(failure(reason));
      else if (running.blamesProvider) await this.fly(pending);
      else this.suspect(pending);
    } finally {
      this.flying.delete(pending);
    }
  }

  private async send(client: ProcessClient, pending: Pending): Promise<AnalysisOutcome> {
    const { id, answer } = client.call({ type: 'analyze', request: pending.request });
    pending.stop = () => client.cancel(id);
    const reply = await answer;
    if (reply.type !== 'outcome') throw new Error(`a track was answered by ${reply.type}`);
    return reply.outcome;
  }

  private suspect(pending: Pending): void {
    if (pending.settled) return;
    pending.crashes++;
    if (pending.crashes >= 2) {
      this.notify({
        type: 'notice',
        level: 'error',
        message: `${pending.request.path} crashed the analysis twice and is left out.`,
      });
      pending.settle(failure(quarantined));
      return;
    }
    this.suspects.push(pending);
    if (!this.trying) void this.trySuspects();
  }

  /** Holds everything else back until each suspect has been tried alone. */
  private async trySuspects(): Promise<void> {
    this.trying = true;
    // The others that were in flight are about to be told of the crash, too.
    await Promise.resolve();
    for (let next = this.suspects.shift(); next; next = this.suspects.shift()) await this.fly(next);
    this.trying = false;
    for (const pending of this.held.splice(0)) void this.fly(pending);
  }
}

const failure = (reason: Failure): FailedAnalysis => ({ status: 'failed', ...reason });
const cancelledFailure: Failure = { code: 'cancelled', message: 'The analysis was cancelled.' };
const quarantined: Failure = {
  code: 'analysis-crashed',
  message:
    'The analysis process crashed twice on this file; it is left out. Convert it anew or replace it by a sound copy.',
};
