import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Who may speak to the server. It listens on 127.0.0.1 only, but every page in the user's browser and every program of
 * every user of this machine can reach that: so each request must carry the token that was printed with the URL, must be
 * meant for us by name (a foreign name that resolves to 127.0.0.1 is DNS rebinding), and a WebSocket must come from our page.
 */
export interface Access {
  readonly token: string;
  /** Name of the cookie that holds the token. Cookies do not tell ports apart, so the port is in the name. */
  readonly cookieName: string;
  isForUs(request: IncomingMessage): boolean;
  /** True also without an Origin: only programs leave it out, no browser does, and they need the token too. */
  isFromOurPage(request: IncomingMessage): boolean;
  hasToken(request: IncomingMessage): boolean;
  hasTokenInUrl(request: IncomingMessage): boolean;
}

/** 256 random bits, safe in a URL and in a cookie. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export function createAccess(port: number, token: string): Access {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  if (port === 80) ['127.0.0.1', 'localhost'].forEach((host) => hosts.add(host));
  const cookieName = `genregram-${port}`;
  const hasTokenInUrl = (request: IncomingMessage): boolean => isSame(queryOf(request).get('token'), token);

  return {
    token,
    cookieName,
    isForUs: (request) => hosts.has((request.headers.host ?? '').toLowerCase()),
    isFromOurPage: ({ headers }) =>
      headers.origin === undefined ||
      (URL.canParse(headers.origin) && headers.origin === `http://${headers.host ?? ''}`),
    hasToken: (request) => isSame(cookieOf(request, cookieName), token) || hasTokenInUrl(request),
    hasTokenInUrl,
  };
}

/** Compares in constant time. */
function isSame(given: string | null, token: string): boolean {
  if (given === null) return false;
  const [left, right] = [Buffer.from(given), Buffer.from(token)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The path of a request's URL as sent, without the query; never decoded here. */
export const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';

function queryOf(request: IncomingMessage): URLSearchParams {
  const url = request.url ?? '';
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start));
}

function cookieOf(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name) return value ?? null;
  }
  return null;
}
