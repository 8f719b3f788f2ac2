import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Transport } from '#shared/contract/transport';
import type { RespondWithAudio } from '../../../src/main/hosts/web/audio';
import { startWebServer, type WebServer } from '../../../src/main/hosts/web/server';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const noAudio: RespondWithAudio = () => Promise.reject(new Error('nobody asks for audio here'));
let folder: string;
let server: WebServer;
let token: string;
const received: unknown[] = [];
const transports: Transport[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'genregram-web-'));
  const pages = join(folder, 'renderer');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>window</title>');
  writeFileSync(join(pages, 'assets', 'main.js'), 'export {};');
  writeFileSync(join(pages, 'notes.secret'), 'no page');
  writeFileSync(join(folder, 'outside.txt'), 'outside');
  symlinkSync(join(folder, 'outside.txt'), join(pages, 'link.txt'));
  server = await startWebServer({
    port: 0,
    rendererFolder: pages,
    audio: noAudio,
    attach: (transport) => {
      transports.push(transport);
      transport.onMessage((message) => received.push(message));
    },
  });
  token = new URL(server.url).searchParams.get('token') ?? '';
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const cookie = (): string => `genregram-${server.port}=${token}`;

/** Sends the path as it is: no client in between that tidies it up. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the pages', () => {
  it('puts the token of the printed URL into a strict cookie and takes it out of the address', async () => {
    const answer = await ask(`/?token=${token}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(answer.headers['set-cookie']).toEqual([`${cookie()}; Path=/; HttpOnly; SameSite=Strict`]);
  });

  it('serves the window with headers that shut everything else out', async () => {
    const answer = await ask('/', { cookie: cookie() });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<title>window</title>');
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self';/);
    expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(answer.headers['content-security-policy']).toContain(
      `media-src http://127.0.0.1:${server.port}/audio/; connect-src`,
    );
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
    expect((await ask('/assets/main.js', { cookie: cookie() })).headers['content-type']).toMatch(/^text\/javascript/);
  });

  it.each([
    ['no token', {}],
    ['a wrong token', { cookie: 'genregram=x' }],
    ["another port's token", { cookie: `genregram-1=aaaa` }],
  ])('refuses %s', async (_, headers) => {
    const answer = await ask('/', headers);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('Open the whole address');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('refuses a token that is almost right', async () => {
    expect((await ask(`/?token=${token.slice(0, -1)}`)).status).toBe(403);
    expect((await ask(`/?token=${token}x`)).status).toBe(403);
  });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost.evil.example'])(
    'refuses the foreign name %s even with the token (DNS rebinding)',
    async (host) => {
      const answer = await ask(`/?token=${token}`, { host, cookie: cookie() });
      expect(answer.status).toBe(403);
      expect(answer.headers['set-cookie']).toBeUndefined();
    },
  );

  it('answers to localhost too', async () => {
    expect((await ask('/', { host: `localhost:${server.port}`, cookie: cookie() })).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    const answer = await ask('/', { cookie: cookie() }, method);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
  });

  it('answers HEAD without a body', async () => {
    const answer = await ask('/', { cookie: cookie() }, 'HEAD');
    expect([answer.status, answer.body]).toEqual([200, '']);
  });

  it.each([
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/assets/../../outside.txt',
    '/..\\outside.txt',
    '//outside.txt',
    '/link.txt',
    '/notes.secret',
    '/assets',
    '/assets/',
    '/index.html%00.js',
    '/__proto__',
  ])('does not find %s', async (path) => {
    const answer = await ask(path, { cookie: cookie() });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('outside');
  });

  it('never redirects to another place', async () => {
    expect((await ask(`http://evil.example/?token=${token}`)).headers.location).toBeUndefined();
    for (const path of ['//evil.example/', '/\\evil.example/']) {
      const { location } = (await ask(`${path}?token=${token}`)).headers;
      expect(location).toMatch(/^\/([^/\\]|$)/);
    }
  });

  it('lives through what is no HTTP', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write('\u0016\u0003\u0001 nonsense\r\n\r\n'));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        resolve();
      });
      socket.resume();
    });
    expect((await ask('/', { cookie: cookie() })).status).toBe(200);
  });
});

/** Resolves with the socket when open, or with the HTTP status of the refusal. */
function open(path: string, headers: Record<string, string>): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
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

async function openOrFail(): Promise<WebSocket> {
  const socket = await open('/ws', { cookie: cookie(), origin: `http://127.0.0.1:${server.port}` });
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return socket;
}

const closeCode = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));

describe('the connection to the backend', () => {
  it('carries JSON messages both ways', async () => {
    const socket = await openOrFail();
    const answered = new Promise<string>((resolve) =>
      socket.once('message', (data) => {
        resolve((data as Buffer).toString());
      }),
    );
    socket.send(JSON.stringify({ type: 'request', id: 1, method: 'roots.list', input: {} }));
    await expect.poll(() => received.at(-1)).toEqual({ type: 'request', id: 1, method: 'roots.list', input: {} });
    transports.at(-1)?.post({ type: 'reply', id: 1, output: [] });
    expect(JSON.parse(await answered)).toEqual({ type: 'reply', id: 1, output: [] });
    socket.close();
  });

  it('takes a program that has the token in its URL', async () => {
    const socket = await open(`/ws?token=${token}`, {});
    expect(socket).toBeInstanceOf(WebSocket);
    (socket as WebSocket).close();
  });

  it('refuses a page of another origin, a foreign name and a missing token', async () => {
    const origin = `http://127.0.0.1:${server.port}`;
    expect(await open('/ws', { cookie: cookie(), origin: 'http://evil.example' })).toBe(403);
    expect(await open('/ws', { cookie: cookie(), origin: 'null' })).toBe(403);
    expect(await open('/ws', { cookie: cookie(), origin: `http://127.0.0.1:1` })).toBe(403);
    expect(await open('/ws', { cookie: cookie(), origin: 'http://evil.example', host: 'evil.example' })).toBe(403);
    expect(await open('/ws', { origin })).toBe(403);
    expect(await open('/ws?token=guess', { origin })).toBe(403);
    expect(await open('/other', { cookie: cookie(), origin })).toBe(404);
  });

  it('closes at a frame that is no JSON, and at one that is no text', async () => {
    const malformed = await openOrFail();
    malformed.send('{"type":');
    expect(await closeCode(malformed)).toBe(1007);
    const binary = await openOrFail();
    binary.send(Buffer.from([1, 2, 3]));
    expect(await closeCode(binary)).toBe(1003);
  });

  it('closes at a frame over 32 MiB without reading it', async () => {
    const socket = await openOrFail();
    const before = received.length;
    socket.send(JSON.stringify('x'.repeat(33 * 1024 * 1024)));
    expect(await closeCode(socket)).toBe(1009);
    expect(received).toHaveLength(before);
  });

  it('cuts off a page that does not read, rather than fill the memory', async () => {
    const socket = await openOrFail();
    const transport = transports.at(-1);
    socket.pause();
    const lump = 'x'.repeat(8 * 1024 * 1024);
    const flood = (): void => {
      for (let lumps = 0; lumps < 40; lumps++) transport?.post(lump);
    };
    expect(flood).toThrow(expect.objectContaining({ code: 'disconnected' }));
    socket.terminate();
    expect((await ask('/', { cookie: cookie() })).status).toBe(200);
  });

  it('tells the backend when a page goes', async () => {
    const socket = await openOrFail();
    const transport = transports.at(-1);
    const closed = new Promise<void>((resolve) => transport?.onClose(resolve));
    socket.close();
    await closed;
    expect(() => transport?.post({})).toThrow(expect.objectContaining({ code: 'disconnected' }));
  });
});

describe('starting and ending', () => {
  it('says which port is taken', async () => {
    const again = startWebServer({
      port: server.port,
      rendererFolder: join(folder, 'renderer'),
      audio: noAudio,
      attach: () => undefined,
    });
    await expect(again).rejects.toMatchObject({
      code: 'not-available',
      message: expect.stringContaining('--port') as string,
    });
  });

  it('says that the window is not built', async () => {
    const empty = startWebServer({
      port: 0,
      rendererFolder: join(folder, 'nowhere'),
      audio: noAudio,
      attach: () => undefined,
    });
    await expect(empty).rejects.toMatchObject({ message: expect.stringContaining('npm run build') as string });
  });

  it('ends although pages are connected, and tells them', async () => {
    const other = await startWebServer({
      port: 0,
      rendererFolder: join(folder, 'renderer'),
      audio: noAudio,
      attach: () => undefined,
    });
    const otherToken = new URL(other.url).searchParams.get('token') ?? '';
    const socket = new WebSocket(`ws://127.0.0.1:${other.port}/ws?token=${otherToken}`);
    await new Promise((resolve) => socket.once('open', resolve));
    const [code] = await Promise.all([closeCode(socket), other.close()]);
    expect(code).toBe(1001);
    expect(otherToken).not.toBe(token);
    expect(Buffer.from(otherToken, 'base64url')).toHaveLength(32);
  });
});
