import { createServer, STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Transport } from '#shared/contract/transport';
import { CodedError } from '#shared/domain/failure';
import { createAccess, newToken, pathOf, type Access } from './access';
import { createAnswer } from './answer';
import type { RespondWithAudio } from './audio';
import { socketTransport } from './socket-transport';
import { listStaticFiles } from './static-files';

export interface WebServerOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** Folder with the window's files. */
  readonly rendererFolder: string;
  /** Called for each page that connects. */
  readonly attach: (transport: Transport) => void;
  readonly audio: RespondWithAudio;
  /** A random one if absent. */
  readonly token?: string;
}

export interface WebServer {
  /** With the token. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A request that names 200,000 files by path has some 20 MB; nothing the window sends is longer. */
const MAX_FRAME_BYTES = 32 * 1024 * 1024;
const MAX_CONNECTIONS = 64;
const MAX_PAGES = 16;
const PING_EVERY_MS = 30_000;
const GOING_AWAY = 1001;
/** How long a page may take to answer that it is being left. */
const CLOSE_GRACE_MS = 500;

/** Serves the window and its connection to the backend on 127.0.0.1, to whoever has the token. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const files = listRenderer(options.rendererFolder);
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 30_000, headersTimeout: 10_000 });
  server.maxConnections = MAX_CONNECTIONS;
  const port = await listen(server, options.port);
  const access = createAccess(port, options.token ?? newToken());
  server.on('request', createAnswer(access, files, options.audio));
  const sockets = acceptSockets(server, access, options.attach);

  return {
    url: `http://127.0.0.1:${port}/?token=${access.token}`,
    port,
    async close() {
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function listRenderer(folder: string): ReturnType<typeof listStaticFiles> {
  try {
    const files = listStaticFiles(folder);
    if (files.has('/')) return files;
  } catch {
    // Not there: the same sentence as for an empty one.
  }
  throw new CodedError('not-available', `The window's files are not in ${folder}. Run "npm run build" first.`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is taken by another program' : `can't be used (${cause.message})`;
      reject(
        new CodedError('not-available', `Port ${port} ${why}. Choose another with --port, or leave it out.`, { cause }),
      );
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function acceptSockets(server: Server, access: Access, attach: WebServerOptions['attach']): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  server.on('upgrade', (request, stream, head) => {
    const status = refusalOf(request, access, sockets.clients.size);
    if (status !== null) refuseUpgrade(stream, status);
    else
      sockets.handleUpgrade(request, stream, head, (socket) => {
        keepAlive(socket);
        // ws reports frames that are too long or malformed here, and closes the connection by itself.
        socket.on('error', () => undefined);
        attach(socketTransport(socket));
      });
  });
  return {
    close() {
      for (const socket of sockets.clients) {
        socket.close(GOING_AWAY, 'Genregram is closing');
        setTimeout(() => socket.terminate(), CLOSE_GRACE_MS).unref();
      }
      sockets.close();
    },
  };
}

/** The HTTP status to refuse a WebSocket with, or null to take it. */
function refusalOf(request: IncomingMessage, access: Access, pages: number): number | null {
  if (!access.isForUs(request) || !access.isFromOurPage(request) || !access.hasToken(request)) return 403;
  if (pathOf(request) !== '/ws') return 404;
  return pages >= MAX_PAGES ? 503 : null;
}

function refuseUpgrade(stream: Duplex, status: number): void {
  stream.on('error', () => undefined);
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** A page that vanished without a word (a laptop that sleeps) is noticed by its missing answer to a ping. */
function keepAlive(socket: WebSocket): void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (!alive) socket.terminate();
    alive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, PING_EVERY_MS);
  timer.unref();
  socket.once('close', () => clearInterval(timer));
}
