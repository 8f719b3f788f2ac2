import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import { WebSocketServer, type WebSocket } from 'ws';
import { serve } from '#shared/contract/server';
import type { Transport } from '#shared/contract/transport';
import { createFakeBackend, type FakeBackend, type FakeOptions } from './fake-backend';
import { repositoryRoot } from './requirements';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** As strict as the hosts that users get. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** Builds the window from its present sources, unless that has been done; each test worker has a folder of its own. */
export async function buildRendererForTests(): Promise<string> {
  const outDir = join(repositoryRoot, `out/renderer-test-${process.env['VITEST_POOL_ID'] ?? '0'}`);
  const built = join(outDir, 'index.html');
  const sources = ['src/renderer', 'src/shared', 'vite.config.ts', 'package-lock.json'];
  if (existsSync(built) && newest(sources) < statSync(built).mtimeMs) return outDir;
  await build({
    configFile: join(repositoryRoot, 'vite.config.ts'),
    root: join(repositoryRoot, 'src/renderer'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, minify: false },
  });
  return outDir;
}

/** When the youngest of these files and folders was changed, in milliseconds. */
function newest(paths: readonly string[]): number {
  const times = paths.flatMap((path) => {
    const full = join(repositoryRoot, path);
    if (!statSync(full).isDirectory()) return [statSync(full).mtimeMs];
    return readdirSync(full, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(full, name)).mtimeMs);
  });
  return Math.max(...times);
}

export interface RendererHost {
  readonly url: string;
  readonly backend: FakeBackend;
  /** Drops every connection and refuses new ones until told otherwise. */
  setReachable(reachable: boolean): void;
  close(): Promise<void>;
}

/** Serves a built window with a fake backend behind it. */
export async function startRendererHost(folder: string, options: FakeOptions = {}, port = 0): Promise<RendererHost> {
  const backend = createFakeBackend(options);
  let reachable = true;
  const server = createServer((request, response) => {
    const path = normalize((request.url ?? '/').replace(/\?.*/, ''));
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
    const connection = serve(socketTransport(socket), backend.handlers, (error, method) => {
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

function socketTransport(socket: WebSocket): Transport {
  return {
    post: (message) => {
      socket.send(JSON.stringify(message));
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
