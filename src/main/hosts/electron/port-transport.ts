import type { MessagePortMain } from 'electron';
import type { Transport } from '#shared/contract/transport';
import { CodedError } from '#shared/domain/failure';

/** The contract's transport over a port from Electron's main process. */
export function portTransport(port: MessagePortMain): Transport {
  let open = true;
  const closeListeners: (() => void)[] = [];
  port.on('close', () => {
    if (!open) return;
    open = false;
    for (const listener of closeListeners) listener();
  });
  return {
    post(message) {
      if (!open) throw new CodedError('disconnected', 'The window is gone.');
      port.postMessage(message);
    },
    onMessage(listener) {
      port.on('message', ({ data }) => {
        listener(data);
      });
      port.start();
    },
    onClose(listener) {
      closeListeners.push(listener);
    },
    close() {
      port.close();
    },
  };
}
