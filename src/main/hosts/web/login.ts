import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from './access';
import { clientAddress, type Proxies } from './client-address';
import { LOGIN_POLICY, loginPage } from './login-page';
import type { Names } from './names';
import type { CheckPassword } from './password';
import { LONGEST_MS, type Sessions } from './sessions';
import type { Throttle } from './throttle';

export interface LoginOptions {
  readonly check: CheckPassword;
  readonly access: Access;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly names: Names;
  readonly proxies: Proxies;
  /** Told of who gets in and who does not, a line each. */
  readonly log: (line: string) => void;
}

/** A password of 256 characters, each of them escaped, and what the form has besides. */
const MOST_BYTES = 4096;
/** Each check takes its memory and a good part of a second: one at a time, and few that wait. */
const MOST_WAITING = 8;

/** Answers `login` by GET and POST. Never rejects. */
export function createLogin(options: LoginOptions) {
  const { check, access, sessions, throttle, names, proxies, log } = options;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  function inTurn(password: string): Promise<boolean> {
    const turn = last.then(() => check(password)).finally(() => waiting--);
    waiting++;
    last = turn.catch(() => undefined);
    return turn;
  }

  async function logIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readForm(request, response);
    if (body === null) return;
    const address = clientAddress(request, proxies);
    const waitMs = waiting >= MOST_WAITING ? 2_000 : throttle.attempt(address);
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      response.setHeader('Retry-After', String(seconds));
      sendPage(response, 429, `Too many attempts. Wait ${inWords(seconds)}, then try again.`);
      return;
    }
    if (!(await inTurn(body.get('password') ?? ''))) {
      log(`Login refused: a wrong password from ${address}`);
      sendPage(response, 401, 'This is not the password. Try again.');
      return;
    }
    throttle.succeeded(address);
    log(`Login from ${address}`);
    response.setHeader('Set-Cookie', access.cookie(sessions.begin(), LONGEST_MS / 1000));
    response.setHeader('Location', `${names.prefix}/`);
    response.writeHead(303).end();
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    // By `no-referrer` a browser would hide where the form comes from.
    response.setHeader('Referrer-Policy', 'same-origin');
    if (request.method !== 'POST') sendPage(response, 200, null);
    else
      logIn(request, response).catch(() => {
        if (response.headersSent) response.destroy();
        else sendPage(response, 500, 'Genregram could not check the password. Try again.');
      });
  };
}

export type Login = ReturnType<typeof createLogin>;

function sendPage(response: ServerResponse, status: number, problem: string | null): void {
  response.setHeader('Content-Security-Policy', LOGIN_POLICY);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.writeHead(status).end(loginPage(problem));
}

/** The fields of a form; null where the request has been refused for what it sends. */
async function readForm(request: IncomingMessage, response: ServerResponse): Promise<URLSearchParams | null> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    sendPage(response, 415, 'This is no form of ours. Use the one below.');
    return null;
  }
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) {
    sendPage(response, 413, 'No password is as long as that. Try again.');
    return null;
  }
  const pieces: Buffer[] = [];
  let bytes = 0;
  // Who announced nothing and goes on is cut off.
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) {
      request.socket.destroy();
      return null;
    }
    pieces.push(piece);
  }
  return new URLSearchParams(Buffer.concat(pieces).toString('utf8'));
}

const inWords = (seconds: number): string =>
  seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
