import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { programPath, startNode, waitForOutput } from '../../builders/programs';
import { chromiumPath, missing } from '../../builders/requirements';
import { pagesOf } from '../../e2e/pages/index';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });

/** The window as somebody else in the house has it: below a path, after a login, in a real browser and twice. */
describe.skipIf(missing('chromium'))('the window of a server with a password', () => {
  it('asks for it first, keeps to its folder, stands beside another, and leaves with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'genregram-window-'));
    mkdirSync(join(folder, 'music', 'album'), { recursive: true });
    const address = `http://127.0.0.1:${await freePort()}/genregram/`;
    const options = ['--port', new URL(address).port, '--public-url', address, '--folder', join(folder, 'music')];
    const library = ['--library', join(folder, 'library.sqlite')];
    const program = startNode([programPath('cli'), 'serve', ...options, ...library], {
      env: { GENREGRAM_PASSWORD: 'a long password' },
    });
    await waitForOutput(program, /Genregram is at/);
    const browser = await chromium.launch({
      executablePath: chromiumPath()!,
      args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    });
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      const refused: string[] = [];
      page.on('console', (message) => {
        if (/Content Security Policy/.test(message.text())) refused.push(message.text());
      });
      await page.goto(address);
      expect(page.url()).toBe(`${address}login`);
      const shots = process.env['GENREGRAM_SHOTS'];
      if (shots) await page.screenshot({ path: join(shots, 'login.png') });
      await page.getByLabel('Password').fill('a wrong password');
      await page.keyboard.press('Enter');
      expect(await page.getByRole('alert').textContent()).toContain('not the password');
      await page.emulateMedia({ colorScheme: 'dark' });
      if (shots) await page.screenshot({ path: join(shots, 'login-dark.png') });
      await page.getByLabel('Password').fill('a long password');
      await page.getByRole('button', { name: 'Log in' }).click();
      await pagesOf(page).shell.viewButton('Library').waitFor();
      expect(page.url()).toBe(address);

      await page.getByRole('button', { name: 'Add folder' }).first().click();
      const chooser = page.getByRole('dialog');
      await chooser.getByRole('button', { name: 'album' }).waitFor();
      expect(await chooser.getByText('Up to').count()).toBe(0);
      await page.keyboard.press('Escape');

      const second = await context.newPage();
      await second.goto(address);
      await pagesOf(second).shell.viewButton('Failures').click();
      expect(await pagesOf(page).shell.viewButton('Library').getAttribute('aria-current')).toBe('page');

      await second.getByRole('button', { name: 'Appearance and models' }).click();
      if (shots) await second.screenshot({ path: join(shots, 'log-out.png') });
      await second.getByRole('menuitem', { name: 'Log out' }).click();
      for (const each of [second, page]) await each.waitForURL(`${address}login`);
      expect(refused).toEqual([]);
    } finally {
      await browser.close();
      program.kill('SIGTERM');
      await program.finished;
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
