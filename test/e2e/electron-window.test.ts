import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wavFile } from '../builders/pcm-files';
import { missing, repositoryRoot } from '../builders/requirements';
import { musicLike } from '../builders/sounds';
import { electronDriver, type ElectronApp } from './drivers';

/** What a page in the window can reach: as little as it needs. */
describe.skipIf(missing('electron'))('the window in Electron', () => {
  const folder = mkdtempSync(join(tmpdir(), 'electron-window-'));
  let app: ElectronApp;

  beforeAll(async () => {
    app = await electronDriver.open(join(folder, 'library.sqlite'), join(folder, 'home'));
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives the page nothing of Node or Electron but the named few things', async () => {
    const { page } = app;
    expect(page.url()).toBe('app://genregram/index.html');
    const seen = await page.evaluate(() => ({
      foreign: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in window),
      given: Object.keys((window as unknown as { genregram: object }).genregram).sort(),
    }));
    expect(seen).toEqual({
      foreign: [],
      given: ['dragOut', 'notify', 'pathForFile', 'pickFolders', 'pickOne', 'platform', 'requestPort', 'showProgress'],
    });
  });

  it('asks the system for one folder or one table, and for nothing else', async () => {
    await app.electron.evaluate(({ dialog }) => {
      const answer = (_: unknown, { properties, filters }: Electron.OpenDialogOptions) =>
        Promise.resolve({
          canceled: false,
          filePaths: [`${properties?.join() ?? ''} ${filters?.[0]?.extensions.join() ?? ''}`],
        });
      dialog.showOpenDialog = answer as typeof dialog.showOpenDialog;
    });
    const picked = await app.page.evaluate(() => {
      const { genregram } = window as unknown as { genregram: { pickOne(what: string): Promise<string | null> } };
      return Promise.all(
        ['folder', 'table', 'anything'].map((what) => genregram.pickOne(what).catch((error: Error) => error.message)),
      );
    });
    expect(picked).toEqual(['openDirectory ', 'openFile csv,tsv,txt', expect.stringContaining('refused')]);
  });

  it('knows where a dropped file lies', async () => {
    const { page } = app;
    await page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.id = 'probe';
      document.body.append(input);
    });
    const file = join(folder, 'dropped.mp3');
    writeFileSync(file, 'anything');
    await page.locator('#probe').setInputFiles(file);
    const found = await page.evaluate(() => {
      const { files } = document.querySelector<HTMLInputElement>('#probe') ?? { files: null };
      const { genregram } = window as unknown as { genregram: { pathForFile(file: object): string } };
      return [genregram.pathForFile(files?.[0] ?? {}), genregram.pathForFile(new File(['x'], 'made-up.mp3'))];
    });
    expect(found).toEqual([file, '']);
  });

  it('does what its native menu asks for, and lets files of the library be dragged out, no others', async () => {
    const { page, electron } = app;
    const choose = (id: string): Promise<void> =>
      electron.evaluate(({ Menu }, item) => {
        Menu.getApplicationMenu()?.getMenuItemById(item)?.click();
      }, id);
    const music = join(folder, 'music');
    mkdirSync(music);
    for (const name of ['a.wav', 'b.wav']) writeFileSync(join(music, name), wavFile(musicLike(1, 1, 1, 16_000), 's16'));
    await app.chooseFolder(music, () => choose('addFolders'));
    await page.getByRole('row', { name: /b\.wav/ }).waitFor();
    await choose('insight');
    await page.getByRole('button', { name: 'Insight' }).and(page.locator('[aria-current=page]')).waitFor();
    await choose('library');

    await electron.evaluate(({ BrowserWindow }) => {
      const told: unknown[] = [];
      const window = BrowserWindow.getAllWindows()[0]!;
      Object.assign(globalThis, { told });
      window.webContents.startDrag = ({ files }) => told.push(files);
      window.setProgressBar = (share) => told.push(share);
    });
    const rows = page.getByRole('row', { name: /\.wav/ });
    await rows.first().click();
    await rows.last().click({ modifiers: ['Shift'] });
    await rows.last().dispatchEvent('dragstart');
    await page.evaluate(() => {
      const { genregram } = window as unknown as {
        genregram: { dragOut(ids: unknown): void; showProgress(share: unknown): void };
      };
      for (const wrong of [['/etc/passwd'], [], [999_999], 7]) genregram.dragOut(wrong);
      for (const share of [2, 'half', 0.5, null]) genregram.showProgress(share);
    });
    await expect
      .poll(() => electron.evaluate(() => (globalThis as unknown as { told: unknown[] }).told))
      .toEqual(expect.arrayContaining([[join(music, 'a.wav'), join(music, 'b.wav')], 0.5, -1]));
    const told = await electron.evaluate(() => (globalThis as unknown as { told: unknown[] }).told);
    expect(told.filter((each) => Array.isArray(each) || (each !== 0.5 && each !== -1))).toHaveLength(1);
  });

  it('goes nowhere: no other page, no second window, no request, no permission, no file outside its own', async () => {
    const { page, electron } = app;
    const tried = await page.evaluate(async () => {
      const status = (url: string): Promise<number | string> =>
        fetch(url).then(
          (response) => response.status,
          () => 'refused',
        );
      location.href = 'https://example.com/';
      return {
        popup: window.open('https://example.com/'),
        web: await status('https://example.com/'),
        local: await status('file:///etc/hostname'),
        outside: await status('app://genregram/..%2f..%2fpackage.json'),
        other: await status('app://other/index.html'),
        notifications: await Notification.requestPermission(),
        location: (await navigator.permissions.query({ name: 'geolocation' })).state,
      };
    });
    expect(tried).toEqual({
      popup: null,
      web: 'refused',
      local: 'refused',
      outside: 403,
      other: 'refused',
      notifications: 'denied',
      location: 'denied',
    });
    expect(page.url()).toBe('app://genregram/index.html');
    expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    // Also what the page's own policy does not judge: the session refuses every request but those for our files.
    const fromMain = await electron.evaluate(({ session }) =>
      session.defaultSession.fetch('http://127.0.0.1:9/').then(
        () => 'sent',
        (error: unknown) => String(error),
      ),
    );
    expect(fromMain).toContain('ERR_BLOCKED_BY_CLIENT');
  });

  it('lets the window save what it made itself, and nothing else', async () => {
    const { page, electron } = app;
    const path = join(folder, 'saved.csv');
    await electron.evaluate(({ session }, to) => {
      const seen: [string, boolean][] = [];
      Object.assign(globalThis, { seenDownloads: seen });
      session.defaultSession.on('will-download', (event, item) => {
        // In the place of the system's dialog.
        item.setSavePath(to);
        seen.push([item.getURL().slice(0, 5), event.defaultPrevented]);
      });
    }, path);
    await page.evaluate(() => {
      for (const href of ['data:text/csv,other', URL.createObjectURL(new Blob(['a,b']))]) {
        const link = document.createElement('a');
        Object.assign(link, { href, download: 'saved.csv' });
        link.click();
      }
    });
    await expect.poll(() => existsSync(path) && readFileSync(path, 'utf8')).toBe('a,b');
    const seen = await electron.evaluate(() => (globalThis as unknown as { seenDownloads: unknown[] }).seenDownloads);
    expect(seen).toEqual(
      expect.arrayContaining([
        ['data:', true],
        ['blob:', false],
      ]),
    );
  });

  it('answers only its own page', async () => {
    const { electron } = app;
    // Another window with the same preload, on a page that is not ours, asks for the folder dialog and for a port.
    const answers = await electron.evaluate(
      async ({ BrowserWindow }, preload) => {
        const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
        await stranger.loadURL('data:text/html,<title>stranger</title>');
        const answer: unknown = await stranger.webContents.executeJavaScript(`
        new Promise((resolve) => {
          window.addEventListener('message', (event) => resolve('port: ' + event.data.type));
          window.genregram.requestPort();
          window.genregram.pickFolders().then(() => resolve('dialog'), (error) =>
            setTimeout(() => resolve(error.message), 500));
        })`);
        stranger.destroy();
        return answer;
      },
      join(repositoryRoot, 'out/main/preload.cjs'),
    );
    expect(answers).toContain('refused');
  });
});
