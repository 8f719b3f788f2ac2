import type { AudioWindowHost, PieceAnswer } from './audio-window';

/** The other side of this process: the parent of a forked Node process, or a port handed over by Electron's main process. */
export interface ParentChannel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  /** Where there is a Chromium that can decode for us. */
  readonly windowHost?: AudioWindowHost;
}

/** What Electron gives to a utilityProcess; written down here because only hosts/electron may import electron. */
interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: readonly Port[] }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
}

/** Finds the parent: IPC if there is any, else the port that comes with the first message to `process.parentPort`. */
export function connectToParent(onConnected: (channel: ParentChannel) => void): void {
  if (process.send) {
    onConnected({
      post: (message) => {
        if (process.connected) process.send?.(message);
      },
      onMessage: (listener) => void process.on('message', listener),
      onClose: (listener) => void process.once('disconnect', listener),
    });
    return;
  }
  const { parentPort } = process as { parentPort?: Port };
  if (!parentPort) throw new Error('the analysis program is started by Genregram, not by hand');
  const windowHost = electronWindows(parentPort);
  parentPort.on('message', ({ data, ports: [port] }) => {
    if (!port || typeOf(data) !== 'channel') return;
    onConnected({
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
      onClose: (listener) => port.on('close', listener),
      windowHost,
    });
    port.start();
  });
}

/** Asks Electron's main process for windows that decode; each comes as a port with the message `audio-window`, or fails to come. */
function electronWindows(main: Port): AudioWindowHost {
  let answered: (port: Port | null) => void = () => undefined;
  main.on('message', ({ data, ports: [port] }) => {
    if (port && typeOf(data) === 'audio-window') answered(port);
    else if (typeOf(data) === 'no-audio-window') answered(null);
  });
  return {
    async open() {
      const port = await new Promise<Port | null>((resolve) => {
        answered = resolve;
        main.postMessage({ type: 'open-audio-window' });
      });
      if (!port) return null;
      return {
        post: (message) => port.postMessage(message),
        onMessage: (listener) => {
          port.on('message', ({ data }) => listener(data as PieceAnswer));
          port.start();
        },
        onClose: (listener) => port.on('close', listener),
      };
    },
    end: () => main.postMessage({ type: 'end-audio-window' }),
  };
}

const typeOf = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;
