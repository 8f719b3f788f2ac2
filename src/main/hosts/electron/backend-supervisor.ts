import { MessageChannelMain, powerMonitor, utilityProcess, type UtilityProcess, type WebContents } from 'electron';
import { assertNever, type Failure } from '#shared/domain/failure';
import type { AnalysisProcesses } from './analysis-processes';
import { responseOverPort } from './audio-relay';
import { CHANNELS } from './channels';
import {
  fromBackendSchema,
  pathsSchema,
  type AudioAsk,
  type BackendOptions,
  type FromBackend,
  type ToBackend,
} from './process-messages';
import { restartDelay } from './restart-policy';

/** How long the backend may take to end its jobs and close the library before it is killed; the journal covers the rest. */
const CLOSE_LIMIT_MS = 10_000;

type State =
  | { readonly name: 'starting' | 'ready' | 'waiting' | 'closed' }
  | { readonly name: 'failed'; readonly failure: Failure };

/** Keeps the backend process running and gives each window a port straight to it. */
export class BackendSupervisor {
  private state: State = { name: 'waiting' };
  private child: UtilityProcess | null = null;
  private readonly windows = new Set<WebContents>();
  private readonly deaths: number[] = [];

  constructor(
    private readonly program: string,
    private readonly options: BackendOptions,
    private readonly env: NodeJS.ProcessEnv,
    private readonly analysis: AnalysisProcesses,
  ) {}

  start(): void {
    this.state = { name: 'starting' };
    const child = utilityProcess.fork(this.program, [JSON.stringify(this.options)], {
      serviceName: 'Genregram backend',
      env: this.env,
      stdio: 'inherit',
    });
    this.child = child;
    child.on('message', (message: unknown) => {
      const parsed = fromBackendSchema.safeParse(message);
      if (parsed.success) this.hear(parsed.data, child);
    });
    this.tellPower();
    child.once('exit', () => {
      this.child = null;
      this.analysis.killAll();
      this.buried();
    });
  }

  /** To be called when the machine was plugged in or unplugged. */
  tellPower(): void {
    this.child?.postMessage({ type: 'power', onBattery: powerMonitor.isOnBatteryPower() } satisfies ToBackend);
  }

  /** Gives a window a fresh port as soon as there is a backend, now and after each restart; tries again after a failure. */
  connect(window: WebContents): void {
    if (!this.windows.has(window)) {
      this.windows.add(window);
      window.once('destroyed', () => this.windows.delete(window));
    }
    if (this.state.name === 'ready') this.givePort(window);
    else if (this.state.name === 'failed') {
      if (this.child) window.send(CHANNELS.failed, this.state.failure);
      else this.start();
    }
  }

  /** A track's audio, as the backend answers; 503 while there is none. */
  audio(request: AudioAsk): Promise<Response> {
    if (!this.child || this.state.name !== 'ready') return Promise.resolve(new Response(null, { status: 503 }));
    const { port1, port2 } = new MessageChannelMain();
    this.child.postMessage({ type: 'audio', request } satisfies ToBackend, [port1]);
    return responseOverPort(port2);
  }

  /** Paths of tracks, in the library's order; none while there is no backend. */
  paths(trackIds: number[]): Promise<string[]> {
    const { child } = this;
    if (!child || this.state.name !== 'ready') return Promise.resolve([]);
    const { port1, port2 } = new MessageChannelMain();
    return new Promise((resolve) => {
      port2.once('message', ({ data }) => {
        const parsed = pathsSchema.safeParse(data);
        resolve(parsed.success ? parsed.data : []);
        port2.close();
      });
      port2.once('close', () => {
        resolve([]);
      });
      port2.start();
      child.postMessage({ type: 'paths', trackIds } satisfies ToBackend, [port1]);
    });
  }

  /** Resolves when the backend and its analysis process are gone. */
  async close(): Promise<void> {
    this.state = { name: 'closed' };
    const child = this.child;
    if (!child) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(() => child.kill(), CLOSE_LIMIT_MS);
      child.once('exit', () => {
        clearTimeout(limit);
        resolve();
      });
      child.postMessage({ type: 'close' } satisfies ToBackend);
    });
  }

  private hear(message: FromBackend, child: UtilityProcess): void {
    switch (message.type) {
      case 'ready':
        if (this.state.name !== 'starting') return;
        this.state = { name: 'ready' };
        for (const window of this.windows) this.givePort(window);
        return;
      case 'failed':
        if (this.state.name !== 'closed') this.fail(message.failure);
        return;
      case 'spawn-analysis':
        this.analysis.spawn(message.id, child);
        return;
      case 'kill-analysis':
        this.analysis.kill(message.id);
        return;
      default:
        assertNever(message);
    }
  }

  private buried(): void {
    if (this.state.name === 'closed' || this.state.name === 'failed') return;
    const now = Date.now();
    this.deaths.push(now);
    const delay = restartDelay(this.deaths, now);
    if (delay === null) {
      this.fail({
        code: 'internal',
        message:
          'Genregram’s backend stopped several times within a minute. Try again; if it goes on, run “genregram doctor” and report what it says.',
      });
      return;
    }
    this.state = { name: 'waiting' };
    setTimeout(() => {
      if (this.state.name === 'waiting') this.start();
    }, delay);
  }

  private fail(failure: Failure): void {
    this.state = { name: 'failed', failure };
    this.deaths.length = 0;
    for (const window of this.windows) window.send(CHANNELS.failed, failure);
  }

  private givePort(window: WebContents): void {
    if (!this.child || window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    this.child.postMessage({ type: 'attach' } satisfies ToBackend, [port1]);
    window.postMessage(CHANNELS.port, null, [port2]);
  }
}
