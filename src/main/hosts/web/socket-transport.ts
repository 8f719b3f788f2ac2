import type { WebSocket } from 'ws';
import type { Transport } from '#shared/contract/transport';
import { CodedError } from '#shared/domain/failure';

/** More unsent bytes than this and the page is not reading any more: the connection is cut rather than memory filled. */
const MAX_UNSENT_BYTES = 64 * 1024 * 1024;

/** Close codes of RFC 6455, section 7.4.1. */
const UNSUPPORTED_DATA = 1003;
const INVALID_PAYLOAD = 1007;

/** A transport over a WebSocket: one JSON message a text frame. A frame that is none closes the connection. */
export function socketTransport(socket: WebSocket): Transport {
  const messageListeners: ((message: unknown) => void)[] = [];

  socket.on('message', (data, isBinary) => {
    // Frames may still come while the connection is being closed, such as after a logout.
    if (socket.readyState !== socket.OPEN) return;
    if (isBinary) {
      socket.close(UNSUPPORTED_DATA, 'text frames only');
      return;
    }
    let message: unknown;
    try {
      message = JSON.parse((data as Buffer).toString('utf8'));
    } catch {
      socket.close(INVALID_PAYLOAD, 'not JSON');
      return;
    }
    for (const listener of messageListeners) listener(message);
  });

  return {
    post(message) {
      if (socket.readyState !== socket.OPEN) throw new CodedError('disconnected', 'The page is gone.');
      if (socket.bufferedAmount > MAX_UNSENT_BYTES) {
        socket.terminate();
        throw new CodedError('disconnected', 'The page does not read what it is sent.');
      }
      socket.send(JSON.stringify(message));
    },
    onMessage(listener) {
      messageListeners.push(listener);
    },
    onClose(listener) {
      socket.once('close', listener);
    },
    close() {
      socket.close();
    },
  };
}
