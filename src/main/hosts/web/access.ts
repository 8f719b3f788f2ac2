import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Names } from './names';
import type { Session, Sessions } from './sessions';

/**
 * Who is let in. Every page in the user's browser and every program of every user of this machine can reach the server, where it listens
 * to a network others too: so each request must carry the token that was printed with the URL, or belong to a session that a password began.
 */
export interface Access {
  /** Null where only a password lets in. */
  readonly token: string | null;
  /** By what the one who asks is let in; null if by nothing. */
  find(request: IncomingMessage): 'token' | Session | null;
  hasTokenInUrl(request: IncomingMessage): boolean;
  /** A header that gives the browser its token, or the secret of its session. */
  cookie(secret: string, seconds?: number): string;
}

/** 256 random bits, safe in a URL and in a cookie. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export interface AccessOptions {
  readonly port: number;
  readonly token: string | null;
  readonly sessions: Sessions;
  readonly names: Pick<Names, 'prefix' | 'isSecure'>;
}

export function createAccess({ port, token, sessions, names }: AccessOptions): Access {
  // Cookies do not tell ports apart, so the port is in the name; the prefix keeps it from being set by http or another host's page.
  const name = names.isSecure ? '__Secure-genregram' : `genregram-${port}`;
  const scope = `Path=${names.prefix}/; HttpOnly; SameSite=Strict${names.isSecure ? '; Secure' : ''}`;
  const hasTokenInUrl = (request: IncomingMessage): boolean => isSame(queryOf(request).get('token'), token);

  return {
    token,
    find(request) {
      const secret = cookieOf(request, name);
      if (isSame(secret, token) || hasTokenInUrl(request)) return 'token';
      return secret === null ? null : sessions.find(secret);
    },
    hasTokenInUrl,
    cookie: (secret, seconds) =>
      `${name}=${secret}; ${scope}${seconds === undefined ? '' : `; Max-Age=${Math.floor(seconds)}`}`,
  };
}

/** Compares in constant time. */
function isSame(given: string | null, token: string | null): boolean {
  if (given === null || token === null) return false;
  const [left, right] = [Buffer.from(given), Buffer.from(token)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The path of a request's URL as sent, without the query; never decoded here. */
export const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';

/** The path below the server's own, null for one outside of it. */
export function routeOf(request: IncomingMessage, { prefix }: Pick<Names, 'prefix'>): string | null {
  const path = pathOf(request);
  return path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : null;
}

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
