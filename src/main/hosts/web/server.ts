import { createServer, STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { LOGGED_OUT, type Transport } from '#shared/contract/transport';
import { CodedError } from '#shared/domain/failure';
import { createAccess, newToken, routeOf, type Access } from './access';
import { createAnswer } from './answer';
import type { RespondWithAudio } from './audio';
import type { Proxies } from './client-address';
import { createLogin } from './login';
import { createNames, inUrl, isLoopback, type Names } from './names';
import type { CheckPassword } from './password';
import { createSessions, type Session } from './sessions';
import { socketTransport } from './socket-transport';
import { listStaticFiles } from './static-files';
import { createThrottle } from './throttle';

export interface WebServerOptions {
  /** 0 for any free port. */
  readonly port: number;
  /** Folder with the window's files. */
  readonly rendererFolder: string;
  /** Called for each page that connects. */
  readonly attach: (transport: Transport) => void;
  readonly audio: RespondWithAudio;
  /** What lets in by itself. Without it a random one, or none where there is a password. */
  readonly token?: string;
  /** The address to listen on: 127.0.0.1 without it. */
  readonly host?: string;
  /** See `NamesOptions`. */
  readonly allowHosts?: readonly string[];
  readonly publicUrl?: URL | null;
  /** With it, who knows the password logs in. */
  readonly password?: CheckPassword | null;
  /** Without it no proxy is believed. */
  readonly proxies?: Proxies;
  /** Told of logins. */
  readonly log?: (line: string) => void;
}

export interface WebServer {
  /** With the token where a random one was made. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A request that names 200,000 files by path has some 20 MB; nothing the window sends is longer. */
const MAX_FRAME_BYTES = 32 * 1024 * 1024;
const MAX_CONNECTIONS = 256;
/** One of many who ask may hold so many of these. A reverse proxy asks for all. */
const MAX_CONNECTIONS_EACH = 64;
const MAX_PAGES = 16;
const PING_EVERY_MS = 30_000;
const SWEEP_EVERY_MS = 60_000;
const GOING_AWAY = 1001;
/** How long a page may take to answer that it is being left. */
const CLOSE_GRACE_MS = 500;

/** Whoever sends a request drop by drop, or none at all, is cut off after these times, give or take the interval at which they are looked at. */
const LIMITS = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
};

/** Serves the window and its connection to the backend, to whoever has the token or knows the password. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { host = '127.0.0.1', allowHosts = [], publicUrl = null, proxies = () => false } = options;
  const files = listRenderer(options.rendererFolder);
  const server = createServer(LIMITS);
  limitConnections(server, proxies);
  const port = await listen(server, options.port, host);
  const names = createNames({ port, host, allowHosts, publicUrl });
  const sessions = createSessions();
  const check = options.password ?? null;
  const token = options.token ?? (check ? null : newToken());
  const access = createAccess({ port, token, sessions, names });
  const login =
    check &&
    createLogin({
      ...{ check, access, sessions, names, proxies },
      ...{ throttle: createThrottle(), log: options.log ?? (() => undefined) },
    });
  server.on('request', createAnswer({ names, access, sessions, login, files, audio: options.audio }));
  const sockets = acceptSockets(server, { names, access, attach: options.attach, hasLogin: login !== null });
  const sweeping = setInterval(() => {
    sessions.sweep();
  }, SWEEP_EVERY_MS);
  sweeping.unref();

  const isLocal = isLoopback(host) && !publicUrl;
  const place = publicUrl ? `${publicUrl.origin}${names.prefix}/` : `http://${inUrl(host)}:${port}/`;
  return {
    // One that was given is not said again: what a service prints is kept.
    url: token !== null && (options.token === undefined || isLocal) ? `${place}?token=${token}` : place,
    port,
    async close() {
      clearInterval(sweeping);
      sockets.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Nobody but a trusted proxy gets more than a part of the connections. */
function limitConnections(server: Server, isProxy: Proxies): void {
  server.maxConnections = MAX_CONNECTIONS;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    if (count > MAX_CONNECTIONS_EACH && !isProxy(address)) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const rest = (open.get(address) ?? 1) - 1;
      if (rest > 0) open.set(address, rest);
      else open.delete(address);
    });
  });
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

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND') {
        const message = `This machine has no address ${host}. Give one of its own with --host, or 0.0.0.0 for all of them.`;
        reject(new CodedError('not-available', message, { cause }));
        return;
      }
      const why = cause.code === 'EADDRINUSE' ? 'is taken by another program' : `can't be used (${cause.message})`;
      reject(
        new CodedError('not-available', `Port ${port} ${why}. Choose another with --port, or leave it out.`, { cause }),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

interface Door {
  readonly names: Names;
  readonly access: Access;
  readonly attach: WebServerOptions['attach'];
  readonly hasLogin: boolean;
}

function acceptSockets(server: Server, door: Door): { close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false });
  server.on('upgrade', (request, stream, head) => {
    const by = admit(request, door, sockets.clients.size);
    if (typeof by === 'number') refuseUpgrade(stream, by);
    else
      sockets.handleUpgrade(request, stream, head, (socket) => {
        // ws reports frames that are too long or malformed here, and closes the connection by itself.
        socket.on('error', () => undefined);
        if (by === null) {
          logOut(socket);
          return;
        }
        const session = by === 'token' ? null : by;
        keepAlive(socket, () => session?.touch());
        session?.onEnd(() => {
          logOut(socket);
        });
        door.attach(socketTransport(socket));
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

/** Tells a page that its session is over; a refusal it could not tell from a server that is gone. */
function logOut(socket: WebSocket): void {
  socket.close(LOGGED_OUT, 'log in');
  setTimeout(() => socket.terminate(), CLOSE_GRACE_MS).unref();
}

/** By what a WebSocket is let in, null for a page of ours without a session, or the HTTP status to refuse it with. */
function admit(request: IncomingMessage, door: Door, pages: number): 'token' | Session | null | number {
  const { names, access, hasLogin } = door;
  if (!names.isForUs(request) || !names.isFromOurPage(request)) return 403;
  const by = access.find(request);
  if (!by && !(hasLogin && request.headers.origin !== undefined)) return hasLogin ? 401 : 403;
  if (routeOf(request, names) !== '/ws') return 404;
  return pages >= MAX_PAGES ? 503 : by;
}

function refuseUpgrade(stream: Duplex, status: number): void {
  stream.on('error', () => undefined);
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** A page that vanished without a word (a laptop that sleeps) is noticed by its missing answer to a ping. */
function keepAlive(socket: WebSocket, onAlive: () => void): void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
    onAlive();
  });
  const timer = setInterval(() => {
    if (!alive) socket.terminate();
    alive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, PING_EVERY_MS);
  timer.unref();
  socket.once('close', () => clearInterval(timer));
}
