import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodInput, MethodName, MethodOutput } from '#shared/contract/methods';
import { leftOut, missing, repositoryRoot } from '../builders/requirements';
import { cleanEnvironment, rootFlags } from './drivers';

const program = join(repositoryRoot, 'dist/linux-unpacked/genregram');

function whyNot(): string | null {
  if (process.platform !== 'linux') return 'only the Linux package is looked at';
  if (existsSync(program)) return missing('electron', 'ffmpeg', 'base-model');
  const reason = 'dist/ holds no packaged app (npm run dist makes one)';
  leftOut(reason);
  return reason;
}

/** Starts the packaged app and takes hold of its window by Chromium's own protocol: Node's inspector is fused off in it. */
async function start(library: string, home: string): Promise<{ child: ChildProcess; browser: Browser; page: Page }> {
  const child = spawn(program, [...rootFlags, '--remote-debugging-port=0', '--library', library], {
    // No ffmpeg on the path: the decoders inside the package must do.
    env: { ...cleanEnvironment(home), PATH: '/nowhere' },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  for await (const line of createInterface({ input: child.stderr })) {
    const endpoint = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (!endpoint) continue;
    child.stderr.resume();
    const browser = await chromium.connectOverCDP(endpoint);
    const context = browser.contexts()[0];
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
    if (!page) throw new Error('the packaged app has no window');
    return { child, browser, page };
  }
  throw new Error('the packaged app ended before its window was there');
}

interface Reply {
  readonly id?: number;
  readonly output?: unknown;
  readonly failure?: { readonly message: string };
}

/** Asks the backend as the page does. */
async function ask<M extends MethodName>(page: Page, method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
  const reply = await page.evaluate(
    ([name, data]) =>
      new Promise<Reply>((resolve) => {
        addEventListener(
          'message',
          ({ ports: [port] }) => {
            if (!port) return;
            // The page takes the new port into use as well; a number far from its own tells our answer apart.
            const id = 1_000_000_000;
            port.addEventListener('message', (event: MessageEvent<Reply>) => {
              if (event.data.id === id) resolve(event.data);
            });
            port.start();
            port.postMessage({ type: 'request', id, method: name, input: data });
          },
          { once: true },
        );
        (window as unknown as { genregram: { requestPort(): void } }).genregram.requestPort();
      }),
    [method, input] as const,
  );
  if (reply.failure) throw new Error(`${method}: ${reply.failure.message}`);
  return reply.output as MethodOutput<M>;
}

describe.skipIf(whyNot())('the packaged app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'packaged-'));
  const music = join(folder, 'music');
  let app: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    mkdirSync(music);
    for (const name of ['a.mp3', 'b.flac'])
      execFileSync('ffmpeg', [
        ...['-v', 'error', '-f', 'lavfi', '-i', 'anoisesrc=d=8:c=pink:a=0.5:seed=1', '-ac', '2'],
        join(music, name),
      ]);
    app = await start(join(folder, 'library.sqlite'), join(folder, 'home'));
  });

  afterAll(async () => {
    const gone = once(app.child, 'exit');
    app.child.kill('SIGTERM');
    await gone;
    await app.browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows its window', async () => {
    expect(await app.page.title()).toContain('Genregram');
    await app.page
      .getByRole('button', { name: /add.*folder/i })
      .first()
      .waitFor();
  });

  it('finds its models, its native parts and its decoders', async () => {
    const report = await ask(app.page, 'doctor.report', {});
    expect(report.electron).not.toBeNull();
    expect(report.modelFailures).toEqual([]);
    expect(report.models.map(({ id }) => id)).toContain('base');
    expect(report.providers.filter(({ state }) => state === 'in-use' || state === 'works')).not.toEqual([]);
  });

  it('brings the terms of what it is made from', () => {
    const notices = readFileSync(join(program, '../resources/THIRD_PARTY_NOTICES.txt'), 'utf8');
    for (const name of ['react', 'umap-js', 'zod', 'opus-decoder', 'libsql'])
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });

  it('listens to music with what is inside it', async () => {
    await ask(app.page, 'jobs.scan', { paths: [music] });
    await expect
      .poll(async () => (await ask(app.page, 'jobs.list', {})).map(({ state }) => state), { timeout: 90_000 })
      .not.toContain('running');
    const { rows } = await ask(app.page, 'tracks.query', {});
    expect(rows.map(({ fileName, state, failure }) => ({ fileName, state, failure }))).toEqual([
      { fileName: 'a.mp3', state: 'analysed', failure: null },
      { fileName: 'b.flac', state: 'analysed', failure: null },
    ]);
  });
});
