import type { MessagePortMain, ParentPort } from 'electron';
import type { ProcessChannel, SpawnAnalysis } from '../../ports';
import type { FromBackend } from './process-messages';

/** The analysis processes that main runs for this backend process, by number. */
export interface AnalysisSpawner {
  readonly spawn: SpawnAnalysis;
  /** To be told of what main says about them. */
  channelArrived(id: number, port: MessagePortMain): void;
  exited(id: number, code: number | null): void;
}

/** Asks main for analysis processes and speaks to each over the port that main sends; until it is there, messages wait. */
export function createAnalysisSpawner(main: ParentPort): AnalysisSpawner {
  const channels = new Map<number, PortChannel>();
  let nextId = 1;
  return {
    spawn() {
      const id = nextId++;
      const channel = new PortChannel(() => {
        main.postMessage({ type: 'kill-analysis', id } satisfies FromBackend);
      });
      channels.set(id, channel);
      main.postMessage({ type: 'spawn-analysis', id } satisfies FromBackend);
      return channel;
    },
    channelArrived(id, port) {
      channels.get(id)?.join(port);
    },
    exited(id, code) {
      channels.get(id)?.end(code);
      channels.delete(id);
    },
  };
}

class PortChannel implements ProcessChannel {
  private port: MessagePortMain | null = null;
  private readonly waiting: unknown[] = [];
  private readonly messageListeners: ((message: unknown) => void)[] = [];
  private readonly exitListeners: ((code: number | null) => void)[] = [];

  constructor(readonly kill: () => void) {}

  join(port: MessagePortMain): void {
    this.port = port;
    port.on('message', ({ data }) => {
      for (const listener of this.messageListeners) listener(data);
    });
    port.start();
    for (const message of this.waiting.splice(0)) port.postMessage(message);
  }

  end(code: number | null): void {
    this.port?.close();
    for (const listener of this.exitListeners) listener(code);
  }

  post(message: unknown): void {
    if (this.port) this.port.postMessage(message);
    else this.waiting.push(message);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.messageListeners.push(listener);
  }

  onExit(listener: (code: number | null) => void): void {
    this.exitListeners.push(listener);
  }
}
