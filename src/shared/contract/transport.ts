import { CodedError } from '../domain/failure';

/**
 * A two-way channel of structured values: a MessagePort, a WebSocket with JSON, or a pair in memory. Messages are plain
 * JSON values, so that each of these carries the same. `post` throws if the message can't be sent, and a `CodedError`
 * `disconnected` if the channel is closed (which it may know before it says so by `onClose`).
 */
export interface Transport {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** Close code of a WebSocket whose user has to log in anew; of the range that RFC 6455 leaves to applications. */
export const LOGGED_OUT = 4401;

/** Two transports joined in memory; messages arrive in a later microtask and are copied as JSON would. */
export function createTransportPair(): [Transport, Transport] {
  const left = new MemoryTransport();
  const right = new MemoryTransport();
  left.peer = right;
  right.peer = left;
  return [left, right];
}

class MemoryTransport implements Transport {
  peer: MemoryTransport | null = null;
  private readonly messageListeners: ((message: unknown) => void)[] = [];
  private readonly closeListeners: (() => void)[] = [];
  private closed = false;

  post(message: unknown): void {
    const peer = this.peer;
    if (this.closed || !peer) throw new CodedError('disconnected', 'The transport is closed.');
    const copy: unknown = JSON.parse(JSON.stringify(message));
    void Promise.resolve().then(() => {
      peer.receive(copy);
    });
  }

  onMessage(listener: (message: unknown) => void): void {
    this.messageListeners.push(listener);
  }

  onClose(listener: () => void): void {
    this.closeListeners.push(listener);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const listener of this.closeListeners) listener();
    this.peer?.close();
  }

  private receive(message: unknown): void {
    if (this.closed) return;
    for (const listener of this.messageListeners) listener(message);
  }
}
