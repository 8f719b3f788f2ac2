import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import type { ToBackend } from './process-messages';

/**
 * Starts analysis processes for the backend, which can't start them itself: only the main process may fork. Main joins the two
 * by a channel of their own and then only watches; what they say to each other does not pass here.
 */
export class AnalysisProcesses {
  private readonly children = new Map<number, UtilityProcess>();

  constructor(
    private readonly program: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  spawn(id: number, backend: UtilityProcess): void {
    const child = utilityProcess.fork(this.program, [], {
      serviceName: 'Genregram analysis',
      env: this.env,
      stdio: 'inherit',
    });
    this.children.set(id, child);
    child.once('exit', (code) => {
      this.children.delete(id);
      backend.postMessage({ type: 'analysis-exit', id, code } satisfies ToBackend);
    });
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ type: 'channel' }, [port1]);
    backend.postMessage({ type: 'analysis-channel', id } satisfies ToBackend, [port2]);
  }

  kill(id: number): void {
    this.children.get(id)?.kill();
  }

  killAll(): void {
    for (const child of this.children.values()) child.kill();
  }
}
