import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AUDIO_PATH, readAudioPath } from '#shared/contract/audio';
import { contentSecurityPolicy } from '../shared/page';
import { pathOf, routeOf, type Access } from './access';
import { sendAudio, type RespondWithAudio } from './audio';
import type { Login } from './login';
import type { Names } from './names';
import type { Session, Sessions } from './sessions';
import type { StaticFile } from './static-files';

/** What a server answers with. */
export interface Site {
  readonly names: Names;
  readonly access: Access;
  readonly sessions: Sessions;
  /** Null where no password lets in. */
  readonly login: Login | null;
  readonly files: ReadonlyMap<string, StaticFile>;
  readonly audio: RespondWithAudio;
}

/** A request with its path below the server's own. */
interface Asked {
  readonly route: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

function securityHeaders(origins: readonly string[], prefix: string): Record<string, string> {
  const media = origins.map((origin) => `${origin}${prefix}${AUDIO_PATH}`).join(' ');
  // Named besides 'self': older Safari does not count a WebSocket of the same origin as 'self'.
  const sockets = origins.map((origin) => origin.replace(/^http/, 'ws'));
  return {
    'Content-Security-Policy': contentSecurityPolicy(media, sockets),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Cache-Control': 'no-store',
  };
}

/** Methods of each path that takes others than GET and HEAD. */
const METHODS_OF: Readonly<Record<string, readonly string[]>> = {
  '/login': ['GET', 'HEAD', 'POST'],
  '/logout': ['POST'],
};

/**
 * Answers one HTTP request: the token's URL with a cookie, a password with a session, the window's files and the tracks' audio with
 * themselves, the rest with a reason.
 */
export function createAnswer(site: Site) {
  const { names, access, login } = site;
  return (request: IncomingMessage, response: ServerResponse): void => {
    dropBody(request, response);
    if (!names.isForUs(request)) {
      refuse(response, 403, FOREIGN_NAME);
      return;
    }
    for (const [name, value] of Object.entries(securityHeaders(names.originsFor(request), names.prefix)))
      response.setHeader(name, value);
    const route = routeOf(request, names);
    const methods = (login && route !== null && METHODS_OF[route]) || ['GET', 'HEAD'];
    if (!methods.includes(request.method ?? '')) {
      response.setHeader('Allow', methods.join(', '));
      refuse(response, 405, `Only ${methods.join(', ')} is answered here.`);
    } else if (request.method === 'POST' && !isOwnForm(names, request))
      refuse(response, 403, 'This form is for the pages of Genregram only.');
    else if (route === null) leadIn(names, request, response);
    else if (login && route === '/login') login(request, response);
    else {
      const by = access.find(request);
      if (by) answerOurs(site, by, { route, request, response });
      else turnAway(site, { route, request, response });
    }
  };
}

const FOREIGN_NAME =
  'This server does not answer to this name. Open the address that Genregram printed; further names are given at its start with --allow-host.';

/** What is sent to a place that takes nothing is not read to its end: the connection ends with the answer. */
function dropBody({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0)
    response.shouldKeepAlive = false;
}

/** A browser says of each POST where it comes from. */
const isOwnForm = (names: Names, request: IncomingMessage): boolean =>
  names.isFromOurPage(request) && isSameOrigin(request);

/** From the place above our own to it. */
function leadIn({ prefix }: Names, request: IncomingMessage, response: ServerResponse): void {
  if (pathOf(request) === '/' || pathOf(request) === prefix) sendTo(response, `${prefix}/`);
  else refuse(response, 404, 'There is no such page.');
}

function turnAway({ login, names }: Site, { route, response }: Asked): void {
  if (login && (route === '/' || route === '/index.html')) sendTo(response, `${names.prefix}/login`);
  else if (login) refuse(response, 401, 'Log in first: your session is over, or you have none.');
  else
    refuse(response, 403, 'Open the whole address that Genregram printed, with its token; it changes at each start.');
}

function answerOurs(site: Site, by: 'token' | Session, asked: Asked): void {
  const { access, names, files } = site;
  const { route, request, response } = asked;
  if (access.hasTokenInUrl(request)) {
    // The token leaves the address bar, so that it gets neither into bookmarks nor onto screenshots.
    response.setHeader('Set-Cookie', access.cookie(access.token ?? ''));
    // A path of ours, never an address: `//elsewhere` would lead away.
    sendTo(response, names.prefix + route.replace(/^[/\\]*/, '/'));
  } else if (route === '/logout') logOut(site, by, response);
  else if (route === '/session') sendSession(by, response);
  else if (route.startsWith(AUDIO_PATH)) answerAudio(site, asked);
  else sendFile(files.get(route), request, response);
}

function logOut({ access, sessions, names }: Site, by: 'token' | Session, response: ServerResponse): void {
  if (by !== 'token') sessions.end(by);
  response.setHeader('Set-Cookie', access.cookie('', 0));
  sendTo(response, `${names.prefix}/login`);
}

/** Tells a window whether it can log out. */
function sendSession(by: 'token' | Session, response: ServerResponse): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.writeHead(200).end(JSON.stringify({ loggedIn: by !== 'token' }));
}

/**
 * A track's audio goes to our page alone. Another page's request for it bears the cookie where that page is served by this machine, too,
 * since cookies do not tell ports apart; the browser says then where it comes from.
 */
function answerAudio({ names, audio }: Site, { route, request, response }: Asked): void {
  const selection = readAudioPath(route);
  if (!names.isFromOurPage(request) || !isSameOrigin(request))
    refuse(response, 403, 'Audio is for the window of Genregram only.');
  else if (!selection) refuse(response, 404, 'There is no such track.');
  else void sendAudio(audio, selection, request, response);
}

/** `none` is a user who typed the address. Programs, and browsers from before 2023, say nothing; they need to be let in as well. */
const isSameOrigin = ({ headers }: IncomingMessage): boolean =>
  [undefined, 'same-origin', 'none'].includes(headers['sec-fetch-site']);

function sendFile(file: StaticFile | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (!file) {
    refuse(response, 404, 'There is no such page.');
    return;
  }
  response.setHeader('Content-Type', file.type);
  if (request.method === 'HEAD') {
    response.writeHead(200).end();
    return;
  }
  const stream = createReadStream(file.path);
  stream.once('open', () => response.writeHead(200));
  stream.once('error', () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 404, 'This file of the window is gone; Genregram was built anew. Start it again.');
  });
  response.once('close', () => stream.destroy());
  stream.pipe(response);
}

function sendTo(response: ServerResponse, path: string): void {
  response.setHeader('Location', path);
  response.writeHead(303).end();
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  response.writeHead(status).end(`${sentence}\n`);
}
