import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { serve } from '#shared/contract/server';
import type { Transport } from '#shared/contract/transport';
import { createFakeBackend, type FakeBackend, type FakeOptions } from './fake-backend';
import { answerAudio } from './fake-playback';
import { repositoryRoot } from './requirements';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const folder = join(repositoryRoot, 'out/renderer');

/** As strict as the hosts that users get. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

export interface RendererHost {
  readonly url: string;
  readonly backend: FakeBackend;
  /** Drops every connection and refuses new ones until told otherwise. */
  setReachable(reachable: boolean): void;
  close(): Promise<void>;
}

export interface HostOptions extends FakeOptions {
  /**
   * How late the backend's answers and events come, as on a busy machine; `GENREGRAM_TEST_DELAY_MS` unless told. A test that
   * fails for it asks the window too early, or has found what the window does wrong meanwhile.
   */
  readonly delayMs?: number;
}

/** Serves the built window with a fake backend behind it. */
export async function startRendererHost(options: HostOptions = {}, port = 0): Promise<RendererHost> {
  const { delayMs = Number(process.env['GENREGRAM_TEST_DELAY_MS'] ?? 0), ...fake } = options;
  const backend = createFakeBackend(fake);
  let reachable = true;
  const server = createServer((request, response) => {
    if (answerAudio(backend.library, request, response)) return;
    const path = normalize((request.url ?? '/').replace(/\?.*/, ''));
    if (path === '/session') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"loggedIn":false}');
      return;
    }
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': POLICY });
    createReadStream(file).pipe(response);
  });
  const sockets = new WebSocketServer({ server, path: '/ws', verifyClient: () => reachable });
  sockets.on('connection', (socket) => {
    const connection = serve(socketTransport(socket, delayMs), backend.handlers, (error, method) => {
      console.error(method, error);
    });
    const end = backend.onEvent((name, data) => {
      connection.emit(name, data);
    });
    socket.on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    backend,
    setReachable(next) {
      reachable = next;
      if (!next) for (const socket of sockets.clients) socket.terminate();
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function socketTransport(socket: WebSocket, delayMs: number): Transport {
  return {
    post: (message) => {
      const text = JSON.stringify(message);
      if (delayMs === 0) socket.send(text);
      else
        setTimeout(() => {
          socket.send(text);
        }, delayMs);
    },
    onMessage: (listener) => {
      socket.on('message', (data: Buffer) => {
        listener(JSON.parse(data.toString('utf8')));
      });
    },
    onClose: (listener) => {
      socket.on('close', listener);
    },
    close: () => {
      socket.close();
    },
  };
}
