import { setTimeout as pause } from 'node:timers/promises';
import { CodedError, toFailure } from '#shared/domain/failure';
import type { AnalysisInfo, AnalysisOptions, SpawnAnalysis } from '../ports';
import { ProcessClient, within } from './process-client';
import type { Notice } from './protocol';

const START_MS = 60_000;
const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 10_000;
/** Restarts in a row without any finished track between them, after which the process is given up. */
const MAX_RESTARTS = 5;

export interface Running {
  readonly client: ProcessClient;
  readonly info: AnalysisInfo;
}

/** Keeps one analysis process with a loaded model running: after it died, the next `ready` starts another, later each time. */
export class Supervisor {
  private running: Promise<Running> | null = null;
  private client: ProcessClient | null = null;
  private restarts = 0;
  private started = false;
  private closed = false;

  constructor(
    private readonly spawn: SpawnAnalysis,
    private options: AnalysisOptions,
    private readonly notify: (notice: Notice) => void,
  ) {}

  get provider(): string {
    return this.options.provider;
  }

  /** The running process. Rejects with the model's failure, or `analysis-crashed` when it has died too often. */
  ready(): Promise<Running> {
    this.running ??= this.start().catch((error: unknown) => {
      this.running = null;
      throw error;
    });
    return this.running;
  }

  /** A track was finished: the process is healthy. */
  progressed(): void {
    this.restarts = 0;
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    this.closed = true;
    await this.client?.end();
  }

  private async start(): Promise<Running> {
    if (this.started) await this.backOff();
    if (this.closed) throw new CodedError('cancelled', 'The analysis was shut down.');
    const client = new ProcessClient(this.spawn, this.notify);
    this.client = client;
    const { answer } = client.call({ type: 'start', ...this.options });
    try {
      const reply = await within(START_MS, answer, () => void client.end());
      if (reply.type !== 'started') throw new Error(`start was answered by ${reply.type}`);
      this.started = true;
      client.onExit(() => this.died(client));
      return { client, info: reply.info };
    } catch (error) {
      void client.end();
      return this.startOnCpu(error);
    }
  }

  /** A provider that passed its trial may still crash in earnest; the CPU stands in. */
  private startOnCpu(error: unknown): Promise<Running> {
    if (this.closed || this.provider === 'cpu' || toFailure(error).code !== 'analysis-crashed') throw error;
    this.dropProvider();
    return this.start();
  }

  private dropProvider(): void {
    this.notify({
      type: 'notice',
      level: 'warning',
      message: `The analysis process crashed with the provider ${this.provider}; it goes on with the CPU.`,
    });
    this.options = { ...this.options, provider: 'cpu' };
  }

  private died(client: ProcessClient): void {
    if (this.closed || this.client !== client) return;
    this.running = null;
    if (this.provider !== 'cpu') return this.dropProvider();
    this.notify({
      type: 'notice',
      level: 'warning',
      message: 'The analysis process ended unexpectedly; it is restarted.',
    });
  }

  private async backOff(): Promise<void> {
    this.restarts++;
    if (this.restarts > MAX_RESTARTS) {
      throw new CodedError(
        'analysis-crashed',
        `The analysis process died ${MAX_RESTARTS} times in a row; start the app again, with the provider cpu if it keeps dying.`,
      );
    }
    await pause(Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (this.restarts - 1)));
  }
}
