import { AUDIO_ORIGIN } from '#shared/contract/audio';
import { FAILED_MESSAGE, PORT_MESSAGE, type PreloadApi } from '#shared/contract/preload-api';
import { failureSchema } from '#shared/contract/schemas';
import { LOGGED_OUT, type Transport } from '#shared/contract/transport';
import type { Failure } from '#shared/domain/failure';

declare global {
  interface Window {
    /** Present under Electron only. */
    readonly genregram?: PreloadApi;
  }
}

/** Told of each transport as it opens, and of attempts that came to nothing. */
export interface Dialler {
  /** Starts one attempt; exactly one of the two callbacks follows. */
  dial(onOpen: (transport: Transport) => void, onFail: (why?: Failure) => void): void;
  /** Told when the other side brings a new transport by itself (the backend was restarted). */
  onReplaced(listener: (transport: Transport) => void): void;
}

/** A MessagePort under Electron, a WebSocket to our own origin in a browser. */
export function createDialler(window: Window): Dialler {
  return window.genregram ? portDialler(window, window.genregram) : socketDialler(window.location);
}

/** What stands before the path of a track's audio: a scheme of its own under Electron, in a browser the path that our page lies under, if any. */
export const audioOrigin = (window: Window): string =>
  window.genregram ? AUDIO_ORIGIN : window.location.pathname.replace(/\/[^/]*$/, '');

function portDialler(window: Window, preload: PreloadApi): Dialler {
  let waiting: { open: (transport: Transport) => void; fail: (why?: Failure) => void } | null = null;
  let replaced: (transport: Transport) => void = () => undefined;
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== window) return;
    const port = event.ports[0];
    if (port && typeOf(event.data) === PORT_MESSAGE) {
      const transport = portTransport(port);
      if (waiting) waiting.open(transport);
      else replaced(transport);
    } else if (typeOf(event.data) === FAILED_MESSAGE) waiting?.fail(failureIn(event.data));
  });
  return {
    dial(onOpen, onFail) {
      const settle = (): void => {
        clearTimeout(timer);
        waiting = null;
      };
      const fail = (why?: Failure): void => {
        settle();
        onFail(why);
      };
      const timer = setTimeout(fail, 15_000);
      waiting = {
        open: (transport) => {
          settle();
          onOpen(transport);
        },
        fail,
      };
      preload.requestPort();
    },
    onReplaced(listener) {
      replaced = listener;
    },
  };
}

const typeOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;

function failureIn(data: unknown): Failure | undefined {
  const failure = typeof data === 'object' && data !== null && 'failure' in data ? data.failure : undefined;
  return failureSchema.safeParse(failure).data;
}

function portTransport(port: MessagePort): Transport {
  const transport: Transport = {
    post: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => {
      port.addEventListener('message', (event: MessageEvent<unknown>) => {
        listener(event.data);
      });
      port.start();
    },
    onClose: (listener) => {
      port.addEventListener('close', listener, { once: true });
    },
    close: () => {
      port.close();
    },
  };
  return transport;
}

function socketDialler(location: Location): Dialler {
  const url = new URL('ws', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return {
    dial(onOpen, onFail) {
      const socket = new WebSocket(url);
      const failed = (): void => {
        onFail();
      };
      socket.addEventListener('close', ({ code }) => {
        // The page leads to the login then.
        if (code === LOGGED_OUT) location.reload();
      });
      socket.addEventListener('open', () => {
        socket.removeEventListener('close', failed);
        onOpen(socketTransport(socket));
      });
      socket.addEventListener('close', failed, { once: true });
    },
    onReplaced: () => undefined,
  };
}

/** Whether the window's user has logged in with a password, and so can log out. */
export async function isLoggedIn(): Promise<boolean> {
  const response = await fetch('session', { cache: 'no-store' });
  return response.ok && ((await response.json()) as { loggedIn?: unknown }).loggedIn === true;
}

/** Ends the session, here and on the server; the login takes the window's place. */
export async function logOut(location: Location): Promise<void> {
  await fetch('logout', { method: 'POST', redirect: 'manual' });
  location.reload();
}

function socketTransport(socket: WebSocket): Transport {
  return {
    post: (message) => {
      if (socket.readyState !== WebSocket.OPEN) throw new Error('socket is not open');
      socket.send(JSON.stringify(message));
    },
    onMessage: (listener) => {
      socket.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(JSON.parse(event.data));
      });
    },
    onClose: (listener) => {
      socket.addEventListener('close', listener, { once: true });
    },
    close: () => {
      socket.close();
    },
  };
}
