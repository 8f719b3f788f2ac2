import { setTimeout as pause } from 'node:timers/promises';
import { CodedError, toFailure } from '#shared/domain/failure';
import type { AnalysisInfo, AnalysisOptions, SpawnAnalysis } from '../ports';
import { providerName } from '../adapters/onnx/providers';
import type { LoadWanted } from './load';
import { ProcessClient, within } from './process-client';
import type { Notice, ProviderPlan } from './protocol';
import { unavailable, type ProviderChain } from './provider-choice';

const START_MS = 60_000;
const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 10_000;
/** Restarts in a row without any finished track between them, after which the process is given up. */
const MAX_RESTARTS = 5;

/** How often a provider that is watched must give a sign, which the process does by itself as long as nothing holds it. */
const TICK_MS = 500;

export interface Running {
  readonly client: ProcessClient;
  readonly info: AnalysisInfo;
  /** If the process dies, the provider is to blame and not the track: there is another one to go on with. */
  readonly blamesProvider: boolean;
}

export interface SupervisorListener {
  notice(notice: Notice): void;
  /** @param reason in words that follow the provider's name ("gave …"). */
  dropped(provider: string, reason: string): void;
}

/**
 * Keeps one analysis process with a loaded model running: after it died, the next `ready` starts another, later each time. A provider
 * that goes wrong (the process says so, dies, or gives no sign any more) costs the process, and the next one runs on the next provider.
 */
export class Supervisor {
  private running: Promise<Running> | null = null;
  private client: ProcessClient | null = null;
  private restarts = 0;
  private started = false;
  private closed = false;
  /** Which of the chain's plans is in use. */
  private at = 0;

  constructor(
    private readonly spawn: SpawnAnalysis,
    private readonly options: AnalysisOptions,
    private readonly chain: Pick<ProviderChain, 'plans' | 'named'>,
    private readonly listener: SupervisorListener,
    private load: LoadWanted = {},
  ) {}

  get provider(): string {
    return this.plan.provider;
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

  /** Holds for the running process and for those that take its place. */
  setLoad(load: LoadWanted): void {
    this.load = load;
    this.client?.setLoad(load);
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    this.closed = true;
    await this.client?.end();
  }

  private get plan(): ProviderPlan {
    return this.chain.plans[this.at]!;
  }

  private get isLast(): boolean {
    return this.at === this.chain.plans.length - 1;
  }

  private async start(): Promise<Running> {
    if (this.started) await this.backOff();
    if (this.closed) throw new CodedError('cancelled', 'The analysis was shut down.');
    const { plan } = this;
    let heard: () => void = () => undefined;
    const client: ProcessClient = new ProcessClient(this.spawn, (message) => {
      heard();
      if (message.type === 'notice') this.listener.notice(message);
      if (message.type === 'provider-lost') this.lose(client, message.reason);
    });
    this.client = client;
    const { answer } = client.call({ type: 'start', ...this.options, ...plan, ...this.load });
    try {
      const reply = await within(START_MS, answer, () => void client.end());
      if (reply.type !== 'started') throw new Error(`start was answered by ${reply.type}`);
      this.started = true;
      client.onExit(() => this.died(client));
      if (plan.limitMs !== undefined) heard = this.watch(client, plan.limitMs);
      return { client, info: reply.info, blamesProvider: !this.isLast };
    } catch (error) {
      this.client = null;
      void client.end();
      return this.startNext(error);
    }
  }

  /** A provider that passed its trial may still fail in earnest. */
  private startNext(error: unknown): Promise<Running> {
    const { code, message } = toFailure(error);
    const crashed = code === 'analysis-crashed';
    if (this.closed || this.isLast || !(crashed || code === 'provider-unavailable')) throw error;
    const reason = crashed ? 'crashed the analysis process' : `failed (${message})`;
    if (this.chain.named && !this.started) throw unavailable(this.provider, reason);
    this.drop(reason);
    return this.start();
  }

  private drop(reason: string): void {
    const { provider } = this;
    this.at++;
    this.listener.dropped(provider, reason);
    this.listener.notice({
      type: 'notice',
      level: 'warning',
      message: `${providerName(provider)} ${reason}. It is left out until the next start; the analysis goes on with ${providerName(this.provider)}, and what was in progress is done again.`,
    });
  }

  /** The process can still be spoken to perhaps, but not with this provider: it is ended, and what it was at is done elsewhere. */
  private lose(client: ProcessClient, reason: string): void {
    if (this.closed || this.client !== client || this.isLast) return;
    this.client = null;
    this.running = null;
    this.drop(reason);
    void client.end();
  }

  /**
   * Native code that hangs holds the event loop of its process, so only silence tells of it. Ticks are counted, and not time: a
   * machine that was asleep has not been silent.
   * @returns to be called at each sign of life.
   */
  private watch(client: ProcessClient, limitMs: number): () => void {
    let silent = 0;
    const timer = setInterval(() => {
      silent += TICK_MS;
      if (silent > limitMs) this.lose(client, `gave no sign of life for ${Math.round(limitMs / 1000)} s`);
    }, TICK_MS);
    timer.unref();
    client.onExit(() => clearInterval(timer));
    return () => {
      silent = 0;
    };
  }

  private died(client: ProcessClient): void {
    if (this.closed || this.client !== client) return;
    this.client = null;
    this.running = null;
    if (!this.isLast) return this.drop('crashed the analysis process');
    this.listener.notice({
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
