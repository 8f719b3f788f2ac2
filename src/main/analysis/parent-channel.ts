/** The other side of this process: the parent of a forked Node process, or a port handed over by Electron's main process. */
export interface ParentChannel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
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
  parentPort.on('message', ({ ports: [port] }) => {
    if (!port) return;
    onConnected({
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
      onClose: (listener) => port.on('close', listener),
    });
    port.start();
  });
}
