import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createClient, type Client } from '#shared/contract/client';
import { socketTransport } from '../../../src/main/hosts/web/socket-transport';
import { programPath, runCli, startNode, waitForOutput, type RunningProgram } from '../../builders/programs';
import { leftOut, repositoryRoot } from '../../builders/requirements';

const folder = mkdtempSync(join(tmpdir(), 'genregram-serve-'));
const library = join(folder, 'library.sqlite');
const started: RunningProgram[] = [];

afterEach(async () => {
  for (const program of started.splice(0)) {
    if (program.exitCode === null) program.kill('SIGTERM');
    await program.finished;
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningProgram {
  const program = startNode(args, { env });
  started.push(program);
  return program;
}

const printedUrl = async (program: RunningProgram): Promise<URL> =>
  new URL((await waitForOutput(program, /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}/))[0]);

async function connect(url: URL): Promise<Client> {
  const socket = new WebSocket(`ws://${url.host}/ws?token=${url.searchParams.get('token')}`);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return createClient(socketTransport(socket));
}

describe('genregram serve', () => {
  it('serves the window and its backend, and lets go of the library when it is ended', async () => {
    const program = start([programPath('cli'), 'serve', '--library', library]);
    const url = await printedUrl(program);
    const page = await fetch(url, { redirect: 'manual' });
    expect(page.status).toBe(303);
    const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';');
    const index = await fetch(new URL('/', url), { headers: { cookie } });
    expect([index.status, index.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);

    const client = await connect(url);
    expect(await client.call('library.summary')).toMatchObject({ path: library, tracks: 0 });
    await expect(client.call('roots.add', { path: join(folder, 'nowhere') })).rejects.toMatchObject({
      code: 'not-found',
    });

    const second = await runCli(['tags', 'history', '--library', library, '--json']);
    expect(second.code).toBe(3);
    expect(JSON.parse(second.stdout)).toMatchObject({ error: { code: 'library-locked' } });

    const disconnected = new Promise<void>((resolve) => {
      client.onDisconnect(resolve);
    });
    program.kill('SIGTERM');
    expect((await program.finished).code).toBe(0);
    await disconnected;
    expect((await runCli(['tags', 'history', '--library', library, '--json'])).code).toBe(0);
  });

  it('listens on its own port where that is free, so that a browser finds again what it kept', async () => {
    const ports = [];
    for (const name of ['one', 'two']) {
      const program = start([programPath('cli'), 'serve', '--library', join(folder, `${name}.sqlite`), '--json']);
      ports.push((JSON.parse((await waitForOutput(program, /\{.*\}\n/))[0]) as { port: number }).port);
    }
    // Another program may have it: then both take any.
    if (ports[0] === 4367) expect(ports[1]).not.toBe(4367);
    expect(ports.every((port) => port > 0)).toBe(true);
  });

  it('listens on the port asked for, and prints JSON where machines read', async () => {
    const free = JSON.parse(
      (await waitForOutput(start([programPath('cli'), 'serve', '--library', library, '--json']), /.*\n/))[0],
    ) as {
      port: number;
    };
    const taken = await runCli(['serve', '--port', String(free.port), '--library', join(folder, 'other.sqlite')]);
    expect(taken.code).toBe(3);
    expect(taken.stderr).toContain(`Port ${free.port} is taken`);
  });
});

describe('genregram serve, for others', () => {
  it('asks for a password and folders first, then lets in who knows the one, and no further than the others', async () => {
    const hash = join(folder, 'password');
    const open = ['serve', '--host', '0.0.0.0', '--port', '0', '--library', join(folder, 'nas.sqlite')];
    const bare = await runCli([...open, '--folder', folder], { env: { HOME: folder, XDG_DATA_HOME: folder } });
    expect([bare.code, bare.stderr]).toEqual([2, expect.stringContaining('genregram serve password')]);
    const input = 'a long password\n';
    execFileSync(process.execPath, [programPath('cli'), 'serve', 'password', hash], { input });

    const program = start([programPath('cli'), ...open, '--folder', folder, '--password-file', hash, '--json']);
    const { url, port } = JSON.parse((await waitForOutput(program, /\{.*\}\n/))[0]) as { url: string; port: number };
    expect(url).toBe(`http://0.0.0.0:${port}/`);
    const site = `http://127.0.0.1:${port}`;
    const logIn = (password: string) =>
      fetch(`${site}/login`, { method: 'POST', body: new URLSearchParams({ password }), redirect: 'manual' });
    expect((await logIn('a wrong password')).status).toBe(401);
    const [cookie = ''] = ((await logIn('a long password')).headers.get('set-cookie') ?? '').split(';');
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, { headers: { cookie, origin: site } });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const client = createClient(socketTransport(socket));
    expect(await client.call('folders.list')).toMatchObject({ path: folder, parent: null });
    await expect(client.call('folders.list', { path: '/' })).rejects.toMatchObject({ code: 'permission-denied' });
    program.kill('SIGTERM');
    expect((await program.finished).stderr).toMatch(/Login refused: a wrong password from 127\.0\.0\.1\n.*Login from/s);
  });
});

function runtimeIsThere(): boolean {
  const isThere = existsSync(join(repositoryRoot, 'node_modules/electron/path.txt'));
  if (isThere) leftOut('the Electron runtime is fetched already, so that its fetch is not tried');
  return isThere;
}

describe('npm start', () => {
  const script = join(repositoryRoot, 'scripts/start.mjs');
  const noElectron = { ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':99' };

  it.skipIf(process.platform !== 'linux')(
    'says in one line that there is no display, and serves to the browser',
    async () => {
      const program = start([script, '--library', library], { DISPLAY: '', WAYLAND_DISPLAY: '' });
      const url = await printedUrl(program);
      program.kill('SIGTERM');
      const { code, stdout } = await program.finished;
      const [reason, served] = stdout.trim().split('\n');
      expect(reason).toMatch(/^Electron is left out because no display is here .*; serving to your browser instead\.$/);
      expect(served).toContain(url.href);
      expect(code).toBe(0);
    },
  );

  it('says that there is no Electron runtime, and serves to the browser', async () => {
    const program = start([script, '--library', library], noElectron);
    await printedUrl(program);
    program.kill('SIGTERM');
    const { stdout } = await program.finished;
    expect(stdout).toContain('Electron is left out because ELECTRON_OVERRIDE_DIST_PATH holds no');
    expect(stdout.trim().split('\n')).toHaveLength(2);
  });

  it.skipIf(runtimeIsThere())(
    'gives up a fetch of Electron that brings nothing, and serves to the browser',
    async () => {
      const silent = createServer(() => undefined);
      await new Promise<void>((resolve) => {
        silent.listen(0, '127.0.0.1', resolve);
      });
      const { port } = silent.address() as AddressInfo;
      const program = start([script, '--library', library], {
        DISPLAY: ':99',
        ELECTRON_OVERRIDE_DIST_PATH: '',
        ELECTRON_MIRROR: `http://127.0.0.1:${port}/`,
        GENREGRAM_FETCH_STALL_MS: '1500',
      });
      await printedUrl(program);
      program.kill('SIGTERM');
      const { stdout } = await program.finished;
      silent.close();
      expect(stdout).toContain('Electron is left out because its runtime could not be fetched (no data for 2 s)');
      expect(stdout.trim().split('\n')).toHaveLength(2);
    },
  );

  it('serves to the browser without a word of Electron where that is asked for', async () => {
    const program = start([script, '--web', '--library', library], noElectron);
    await printedUrl(program);
    program.kill('SIGTERM');
    const { code, stdout } = await program.finished;
    expect(stdout).not.toContain('Electron');
    expect(code).toBe(0);
  });
});
