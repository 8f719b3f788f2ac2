import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startWebServer, type WebServer } from '../../../src/main/hosts/web/server';
import { trustedProxies } from '../../../src/main/hosts/web/client-address';

/** A server that others reach, behind a proxy and below a path. Requests go out as they are written here: no client tidies them up. */
interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const PASSWORD = 'open sesame & more=+%';
const PUBLIC = 'https://music.example';
const TOKEN = 't'.repeat(40);
let folder: string;
let server: WebServer;
let checks = 0;
const received: unknown[] = [];
const lines: string[] = [];
const heard: number[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'genregram-guarded-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>window</title>');
  writeFileSync(join(folder, 'assets', 'main.js'), 'export {};');
  server = await startWebServer({
    port: 0,
    rendererFolder: folder,
    audio: ({ trackId }) => {
      heard.push(trackId);
      return Promise.resolve({ status: 200, headers: { 'Content-Type': 'audio/wav' }, body: null });
    },
    attach: (transport) => {
      transport.onMessage((message) => received.push(message));
    },
    host: '0.0.0.0',
    allowHosts: ['nas'],
    publicUrl: new URL(`${PUBLIC}/genregram`),
    // What the hash costs is tried elsewhere; here each test would pay for it.
    password: (given) => {
      checks++;
      return Promise.resolve(given === PASSWORD);
    },
    token: TOKEN,
    proxies: trustedProxies(['127.0.0.1']),
    log: (line) => lines.push(line),
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Asking {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

function ask(path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: server.port,
      path,
      method,
      headers: { host: 'music.example', ...headers },
    };
    const sent = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded', origin: PUBLIC };
let visitors = 0;

/** Each from an address of its own, as the proxy says, unless told otherwise. */
function logIn(password: string, headers: Record<string, string> = {}): Promise<Answer> {
  const body = new URLSearchParams({ username: 'genregram', password }).toString();
  const from = { 'x-forwarded-for': `198.51.100.${++visitors}` };
  return ask('/genregram/login', { method: 'POST', headers: { ...FORM, ...from, ...headers }, body });
}

async function session(): Promise<string> {
  const [cookie = ''] = (await logIn(PASSWORD)).headers['set-cookie'] ?? [];
  return cookie.split(';')[0] ?? '';
}

const PRIVATE = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

describe('who has not logged in', () => {
  it('is led to the login from every way in, and sees nothing else', async () => {
    for (const [path, to] of [
      ['/', '/genregram/'],
      ['/genregram', '/genregram/'],
      ['/genregram/', '/genregram/login'],
      ['/genregram/index.html', '/genregram/login'],
    ] as const) {
      const { status, headers } = await ask(path);
      expect([path, status, headers.location]).toEqual([path, 303, to]);
      expect(headers).toMatchObject(PRIVATE);
    }
    for (const path of ['/genregram/assets/main.js', '/genregram/session', '/genregram/audio/1', '/genregram/none']) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.headers).toMatchObject(PRIVATE);
    }
    expect(heard).toEqual([]);
  });

  it('gets a page of its own that runs no script and is framed by nobody', async () => {
    const { status, headers, body } = await ask('/genregram/login');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ ...PRIVATE, 'content-type': 'text/html; charset=utf-8' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-/,
    );
    expect(policy).toContain("frame-ancestors 'none'");
    expect(body).not.toMatch(/<script|\son\w+=|https?:/i);
    expect(body).toContain('<label for="password">');
    // Browsers leave the origin out of a form's request under `no-referrer`, and the login would refuse it.
    expect(headers['referrer-policy']).toBe('same-origin');
  });

  it('gets in by the password, and no further than its session', async () => {
    const answer = await logIn(PASSWORD);
    expect([answer.status, answer.headers.location]).toEqual([303, '/genregram/']);
    const [given = ''] = answer.headers['set-cookie'] ?? [];
    expect(given).toMatch(
      /^__Secure-genregram=[\w-]{43}; Path=\/genregram\/; HttpOnly; SameSite=Strict; Secure; Max-Age=2592000$/,
    );
    const cookie = given.split(';')[0]!;
    expect((await ask('/genregram/', { headers: { cookie } })).body).toContain('<title>window</title>');
    expect(JSON.parse((await ask('/genregram/session', { headers: { cookie } })).body)).toEqual({ loggedIn: true });
    const policy = String((await ask('/genregram/', { headers: { cookie } })).headers['content-security-policy']);
    expect(policy).toContain(`media-src http://music.example/genregram/audio/ ${PUBLIC}/genregram/audio/;`);
    expect(policy).toContain('wss://music.example');
    for (const wrong of [
      `${cookie}x`,
      cookie.slice(0, -1),
      '__Secure-genregram=',
      `genregram-${server.port}=${cookie}`,
    ])
      expect((await ask('/genregram/session', { headers: { cookie: wrong } })).status).toBe(401);
    expect(lines.at(-1)).toMatch(/^Login from 198\.51\.100\.\d+$/);
  });

  it('is told that a password is wrong, and nothing of it', async () => {
    const answer = await logIn('<script>wrong</script>');
    expect([answer.status, answer.headers['set-cookie']]).toEqual([401, undefined]);
    expect(answer.body).toContain('role="alert"');
    expect(answer.body).not.toContain('wrong<');
    expect(lines.at(-1)).toMatch(/^Login refused: a wrong password from 198/);
    expect(lines.join()).not.toContain('script');
  });

  it('waits ever longer to guess on, without costing a check; others do not', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    for (let i = 0; i < 5; i++) expect((await logIn('guess', headers)).status).toBe(401);
    const before = checks;
    const held = await logIn(PASSWORD, headers);
    expect([held.status, Number(held.headers['retry-after'])]).toEqual([429, 2]);
    expect(held.headers['set-cookie']).toBeUndefined();
    // What a client writes into the header itself stands before what the proxy adds.
    expect((await logIn('guess', { 'x-forwarded-for': '192.0.2.1, 203.0.113.7' })).status).toBe(429);
    expect(checks).toBe(before);
    expect((await logIn(PASSWORD, { 'x-forwarded-for': '203.0.113.8' })).status).toBe(303);
  });

  it.each<[string, Record<string, string>]>([
    ['another page', { origin: 'https://evil.example' }],
    ['a page that hides where it comes from', { origin: 'null' }],
    ['another scheme', { origin: 'ftp://music.example' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['another name', { host: 'evil.example', origin: 'http://evil.example' }],
  ])('is not logged in by a form of %s', async (_, headers) => {
    const before = checks;
    const answer = await logIn(PASSWORD, headers);
    expect([answer.status, answer.headers['set-cookie'], checks]).toEqual([403, undefined, before]);
  });

  it('sends no more than a form', async () => {
    const post = (headers: Record<string, string>, body: string) =>
      ask('/genregram/login', { method: 'POST', headers: { ...FORM, ...headers }, body });
    const before = checks;
    expect((await post({ 'content-type': 'application/json' }, '{"password":"x"}')).status).toBe(415);
    expect((await post({}, `password=${'x'.repeat(5000)}`)).status).toBe(413);
    await expect(post({ 'transfer-encoding': 'chunked' }, `password=${'x'.repeat(100_000)}`)).rejects.toThrow();
    expect(checks).toBe(before);
  });
});

describe('who has logged in', () => {
  it('is heard by method and path alone', async () => {
    const headers = { cookie: await session() };
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])
      expect([method, (await ask('/genregram/', { method, headers: { ...headers, origin: PUBLIC } })).status]).toEqual([
        method,
        405,
      ]);
    expect((await ask('/genregram/logout', { headers })).status).toBe(405);
    for (const path of [
      '/genregram/../index.html',
      '/genregram/..%2findex.html',
      '/genregram/%2e%2e/index.html',
      '/genregram/%252e%252e/index.html',
      '/genregram/..\\index.html',
      '/genregram/%5c..%5cindex.html',
      '/genregram/assets/..%c0%af../index.html',
      '/genregram/index.html%00',
      '/genregram//index.html',
      '/genregramx/index.html',
      '/index.html',
      '/GENREGRAM/index.html',
      '/genregram/audio/1%2e%2e',
      '/genregram/audio/..%2f1',
      'http://evil.example/genregram/index.html',
    ])
      expect([path, (await ask(path, { headers })).status]).toEqual([path, 404]);
    expect((await ask('/genregram/audio/7', { headers })).status).toBe(200);
    expect((await ask('/genregram/audio/8', { headers: { ...headers, origin: 'https://evil.example' } })).status).toBe(
      403,
    );
    expect((await ask('/genregram/audio/9', { headers: { ...headers, 'sec-fetch-site': 'same-site' } })).status).toBe(
      403,
    );
    expect(heard).toEqual([7]);
  });

  it('logs out: the session is over for pages and for the connection, and only by an own form', async () => {
    const cookie = await session();
    const socket = await open({ cookie, origin: PUBLIC });
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
    const foreign = { method: 'POST', headers: { cookie, origin: 'https://evil.example' } };
    expect((await ask('/genregram/logout', foreign)).status).toBe(403);
    expect((await ask('/genregram/session', { headers: { cookie } })).status).toBe(200);

    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const out = await ask('/genregram/logout', { method: 'POST', headers: { cookie, origin: PUBLIC } });
    expect([out.status, out.headers.location]).toEqual([303, '/genregram/login']);
    expect(out.headers['set-cookie']?.[0]).toMatch(/^__Secure-genregram=; .*Max-Age=0$/);
    const before = received.length;
    socket.send(JSON.stringify({ type: 'request', id: 1, method: 'roots.list', input: {} }));
    expect(await closed).toBe(4401);
    expect(received).toHaveLength(before);
    expect((await ask('/genregram/session', { headers: { cookie } })).status).toBe(401);
    expect(await loggedOut({ cookie, origin: PUBLIC })).toEqual([4401, 0]);
  });

  it('may be a program with the token that was given, which is printed nowhere', async () => {
    expect(server.url).toBe(`${PUBLIC}/genregram/`);
    const answer = await ask(`/genregram/?token=${TOKEN}`);
    expect([answer.status, answer.headers.location]).toEqual([303, '/genregram/']);
    expect(
      JSON.parse((await ask('/genregram/session', { headers: { cookie: `__Secure-genregram=${TOKEN}` } })).body),
    ).toEqual({ loggedIn: false });
    expect((await ask(`/genregram//evil.example?token=${TOKEN}`)).headers.location).toBe('/genregram/evil.example');
  });
});

/** Resolves with the socket when open, or with the HTTP status of the refusal. */
function open(headers: Record<string, string>, path = '/genregram/ws'): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, {
      headers: { host: 'music.example', ...headers },
    });
    socket.once('open', () => {
      resolve(socket);
    });
    socket.once('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => undefined);
  });
}

/** A page of ours without a session is told so, by a code of its own; what it sends meanwhile goes nowhere. */
async function loggedOut(headers: Record<string, string>): Promise<[code: number, heard: number]> {
  const before = received.length;
  const socket = await open(headers);
  if (typeof socket === 'number') return [socket, 0];
  socket.send(JSON.stringify({ type: 'request', id: 1, method: 'roots.list', input: {} }));
  const code = await new Promise<number>((resolve) => socket.once('close', resolve));
  return [code, received.length - before];
}

describe('the connection to the backend', () => {
  it('is for our page and a session alone', async () => {
    const cookie = await session();
    const refused = async (headers: Record<string, string>, path?: string): Promise<unknown> => open(headers, path);
    expect(await loggedOut({ origin: PUBLIC })).toEqual([4401, 0]);
    expect(await loggedOut({ cookie: `${cookie}x`, origin: PUBLIC })).toEqual([4401, 0]);
    expect(await refused({})).toBe(401);
    expect(await refused({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await refused({ cookie, origin: 'https://music.example.evil.example' })).toBe(403);
    expect(await refused({ cookie, origin: 'null' })).toBe(403);
    expect(await refused({ cookie, origin: PUBLIC, host: 'evil.example' })).toBe(403);
    expect(await refused({ cookie, origin: PUBLIC }, '/ws')).toBe(404);
    expect(await refused({ cookie, origin: PUBLIC }, '/genregram/%77s')).toBe(404);
    const ways = [{ origin: PUBLIC }, { host: 'nas:9', origin: 'http://nas:9' }, { host: '192.168.1.5:80' }];
    for (const headers of ways as Record<string, string>[]) {
      const socket = await open({ cookie, ...headers });
      expect(socket).toBeInstanceOf(WebSocket);
      (socket as WebSocket).close();
    }
  });
});

/** Sends bytes and gives what comes back until the server closes. */
function raw(pieces: readonly string[], everyMs = 0): Promise<{ text: string; ms: number }> {
  return new Promise((resolve) => {
    const begun = Date.now();
    let text = '';
    const rest = [...pieces];
    const socket = connect(server.port, '127.0.0.1', () => {
      const next = (): void => {
        const piece = rest.shift();
        if (piece !== undefined && !socket.destroyed) socket.write(piece);
        if (rest.length > 0 && !socket.destroyed) setTimeout(next, everyMs);
      };
      next();
    });
    socket.on('data', (data: Buffer) => (text += data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve({ text, ms: Date.now() - begun });
    });
  });
}

describe('what is no proper request', () => {
  const HEAD = 'Host: music.example\r\n';

  it('is refused, and the server goes on', async () => {
    const answers = await Promise.all([
      raw(['\u0016\u0003\u0001 nonsense\r\n\r\n']),
      raw(['GET /genregram/login HTTP/1.1\r\n\r\n']),
      raw([`GET /genregram/login HTTP/1.1\r\n${HEAD}X: ${'x'.repeat(20_000)}\r\n\r\n`]),
      raw([
        `POST /genregram/login HTTP/1.1\r\n${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      ]),
      raw([`GET /genregram/login HTTP/1.1\r\n${HEAD}X: a\r\n\u0000: b\r\n\r\n`]),
      raw([`CONNECT evil.example:443 HTTP/1.1\r\n${HEAD}\r\n`]),
      raw([`GET /genregram/ HTTP/1.1\r\n${HEAD}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`]),
    ]);
    const statuses = answers.map(({ text }) => /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 'closed');
    expect(statuses).toEqual(['400', '400', '431', '400', '400', 'closed', '401']);
    expect((await ask('/genregram/login')).status).toBe(200);
  });

  it('and what is sent to a page is not read to its end', async () => {
    const { text } = await raw([`GET /genregram/login HTTP/1.1\r\n${HEAD}Content-Length: 1073741824\r\n\r\nxxxx`]);
    expect(text).toMatch(/^HTTP\/1\.1 200/);
    expect(text).toMatch(/connection: close/i);
  });

  it.skipIf(!process.env['GENREGRAM_LONG_TESTS'])('is cut off where it comes drop by drop, or not at all', async () => {
    const slowly = [`GET /genregram/login HTTP/1.1\r\n${HEAD}`, ...Array<string>(60).fill('X-A: b\r\n')];
    const slowBody = [
      `POST /genregram/login HTTP/1.1\r\n${HEAD}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\n`,
      ...Array<string>(80).fill('p'),
    ];
    const [silent, header, body] = await Promise.all([raw([]), raw(slowly, 500), raw(slowBody, 500)]);
    expect(header.text).toMatch(/^HTTP\/1\.1 408/);
    expect(silent.ms).toBeLessThan(16_000);
    expect(header.ms).toBeLessThan(16_000);
    expect(body.ms).toBeLessThan(26_000);
  });

  it('is held to a part of the connections, unless a proxy asks for all', async () => {
    const other = await startWebServer({
      port: 0,
      rendererFolder: folder,
      audio: () => Promise.reject(new Error()),
      attach: () => undefined,
    });
    const sockets = Array.from({ length: 70 }, () => connect(other.port, '127.0.0.1'));
    const closed = await new Promise<number>((resolve) => {
      let count = 0;
      for (const socket of sockets) {
        socket.on('error', () => undefined);
        socket.once('close', () => {
          if (++count === 6) resolve(count);
        });
      }
    });
    expect(closed).toBe(6);
    for (const socket of sockets) socket.destroy();
    await other.close();
  });
});
