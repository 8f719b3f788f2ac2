import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AUDIO_PATH, readAudioPath } from '#shared/contract/audio';
import { contentSecurityPolicy } from '../shared/page';
import { pathOf, type Access } from './access';
import { sendAudio, type RespondWithAudio } from './audio';
import type { StaticFile } from './static-files';

const securityHeaders = (host: string): Record<string, string> => ({
  // Named besides 'self': older Safari does not count a WebSocket of the same origin as 'self'.
  'Content-Security-Policy': contentSecurityPolicy(`http://${host}${AUDIO_PATH}`, [`ws://${host}`]),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Cache-Control': 'no-store',
});

/** Answers one HTTP request: the token's URL with a cookie, the window's files and the tracks' audio with themselves, the rest with a reason. */
export function createAnswer(access: Access, files: ReadonlyMap<string, StaticFile>, audio: RespondWithAudio) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (!access.isForUs(request)) {
      refuse(response, 403, 'This server answers to 127.0.0.1 only. Open the address that Genregram printed.');
      return;
    }
    for (const [name, value] of Object.entries(securityHeaders(request.headers.host ?? '')))
      response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      refuse(response, 405, 'Only GET and HEAD are answered here.');
    } else if (!access.hasToken(request)) {
      refuse(response, 403, 'Open the whole address that Genregram printed, with its token; it changes at each start.');
    } else if (access.hasTokenInUrl(request)) moveTokenToCookie(access, request, response);
    else if (pathOf(request).startsWith(AUDIO_PATH)) answerAudio(access, audio, request, response);
    else sendFile(files.get(pathOf(request)), request, response);
  };
}

/** The token leaves the address bar, so that it gets neither into bookmarks nor onto screenshots. */
function moveTokenToCookie(access: Access, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Set-Cookie', `${access.cookieName}=${access.token}; Path=/; HttpOnly; SameSite=Strict`);
  // A path of ours, never an address: `//elsewhere` would lead away.
  response.setHeader('Location', pathOf(request).replace(/^[/\\]*/, '/'));
  response.writeHead(303).end();
}

/**
 * A track's audio goes to our page alone. Another page's request for it bears the cookie where that page is served by this machine, too,
 * since cookies do not tell ports apart; the browser says then where it comes from.
 */
function answerAudio(
  access: Access,
  audio: RespondWithAudio,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const selection = readAudioPath(pathOf(request));
  if (!access.isFromOurPage(request) || !isSameOrigin(request))
    refuse(response, 403, 'Audio is for the window of Genregram only.');
  else if (!selection) refuse(response, 404, 'There is no such track.');
  else void sendAudio(audio, selection, request, response);
}

/** `none` is a user who typed the address. Programs, and browsers from before 2023, say nothing; they need the token as well. */
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

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.writeHead(status).end(`${sentence}\n`);
}
