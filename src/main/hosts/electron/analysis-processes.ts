import { MessageChannelMain, utilityProcess, type UtilityProcess } from 'electron';
import { DecodeWindow } from './decode-window';
import { fromAnalysisSchema, type ToBackend } from './process-messages';

/**
 * Starts analysis processes for the backend, which can't start them itself: only the main process may fork. Main joins the two
 * by a channel of their own and then only watches; what they say to each other does not pass here.
 */
export class AnalysisProcesses {
  private readonly children = new Map<number, UtilityProcess>();

  constructor(
    private readonly program: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly decodePreload: string,
  ) {}

  spawn(id: number, backend: UtilityProcess): void {
    const child = utilityProcess.fork(this.program, [], {
      serviceName: 'Genregram analysis',
      env: this.env,
      stdio: 'inherit',
    });
    this.children.set(id, child);
    const window = new DecodeWindow(this.decodePreload);
    child.on('message', (message: unknown) => void serveWindow(window, child, message));
    child.once('exit', (code) => {
      window.end();
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

/** Opens and ends the window that decodes for an analysis process. */
async function serveWindow(window: DecodeWindow, child: UtilityProcess, message: unknown): Promise<void> {
  const parsed = fromAnalysisSchema.safeParse(message);
  if (!parsed.success) return;
  if (parsed.data.type === 'end-audio-window') return window.end();
  try {
    const port = await window.open();
    child.postMessage({ type: 'audio-window' }, [port]);
  } catch {
    child.postMessage({ type: 'no-audio-window' });
  }
}
