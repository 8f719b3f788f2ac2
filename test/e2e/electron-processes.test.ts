import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { electronPath, missing, repositoryRoot } from '../builders/requirements';
import { traceNetwork } from '../builders/strace';
import { cleanEnvironment, electronDriver, rootFlags, useTinyModel, type ElectronApp } from './drivers';
import { pagesOf } from './pages';

const folder = mkdtempSync(join(tmpdir(), 'electron-processes-'));
const home = join(folder, 'home');
const library = join(folder, 'library.sqlite');
const open: ElectronApp[] = [];

const openApp = async (file = library, homeFolder = home): Promise<ElectronApp> => {
  const app = await electronDriver.open(file, homeFolder);
  open.push(app);
  return app;
};

afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A child that has ended and was not waited for yet still has a number.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

describe.skipIf(missing('electron'))('the app in Electron', () => {
  it('remembers its place', async () => {
    const first = await openApp();
    await first.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 1000, height: 640 });
    });
    await first.close();
    const second = await openApp();
    const bounds = await second.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    expect(bounds).toMatchObject({ width: 1000, height: 640 });
  });

  it('is there once: a second start brings the first window forward and ends', async () => {
    const first = await openApp();
    const second = spawn(electronPath() ?? '', [...rootFlags, repositoryRoot, '--library', library], {
      env: cleanEnvironment(home),
      stdio: 'ignore',
    });
    const [code] = (await once(second, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(await first.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  it('takes all its processes along, even when killed', async () => {
    const app = await openApp();
    await app.page.getByRole('button').first().waitFor();
    const pids = await app.electron.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ pid }) => pid));
    expect(pids.length).toBeGreaterThan(2);
    app.electron.process().kill('SIGKILL');
    open.splice(0);
    await vi.waitFor(
      () => {
        expect(pids.filter(isAlive)).toEqual([]);
      },
      { timeout: 60_000 },
    );
  });
});

describe.skipIf(missing('electron', 'ffmpeg'))('listening in Electron', () => {
  const music = join(folder, 'music');
  const tracks = 6;

  beforeAll(() => {
    mkdirSync(music);
    for (let i = 0; i < tracks; i++)
      execFileSync('ffmpeg', [
        ...['-v', 'error', '-f', 'lavfi', '-i', `anoisesrc=c=pink:a=0.4:seed=${i}`, '-t', '40'],
        join(music, `${i}.mp3`),
      ]);
  });

  const processNamed = async ({ electron }: ElectronApp, wanted: string): Promise<number | undefined> =>
    electron.evaluate(
      ({ app }, name) => app.getAppMetrics().find((metric) => (metric.name ?? metric.serviceName) === name)?.pid,
      wanted,
    );

  const addMusic = async (app: ElectronApp): Promise<void> => {
    const { addButton } = pagesOf(app.page).folders;
    await app.chooseFolder(music, () => addButton.click());
  };

  it('goes on after the analysis process was killed, and the window hears of it', async () => {
    const place = join(folder, 'home-killed');
    useTinyModel(place);
    const app = await openApp(join(folder, 'killed.sqlite'), place);
    await addMusic(app);
    const pid = await vi.waitUntil(() => processNamed(app, 'Genregram analysis'), { timeout: 60_000, interval: 5 });
    process.kill(pid, 'SIGKILL');
    const { library, shell } = pagesOf(app.page);
    await library.untilTotal(tracks);
    // A track that was being listened to is tried once more; none is lost without a word.
    await expect
      .poll(async () => (await library.count('To review')) + (await library.count('Failed')), { timeout: 90_000 })
      .toBe(tracks);
    await shell.untilIdle();
    await expect.poll(() => library.count('To review')).toBeGreaterThan(0);
  });

  it('can be quit in the middle, and goes on from there at the next start', async () => {
    const place = join(folder, 'home-quit');
    useTinyModel(place);
    const file = join(folder, 'quit.sqlite');
    const first = await openApp(file, place);
    await addMusic(first);
    await pagesOf(first.page).library.untilTotal(tracks);
    await first.close();

    const second = await openApp(file, place);
    const { library, folders } = pagesOf(second.page);
    await library.untilTotal(tracks);
    await folders.scan();
    await expect.poll(() => library.count('To review'), { timeout: 90_000 }).toBe(tracks);
  });
});

describe.skipIf(missing('electron'))('a library that can’t be opened', () => {
  it('is open in another window: that is said, and a later try works', async () => {
    const file = join(folder, 'shared.sqlite');
    const first = await openApp(file, join(folder, 'home-first'));
    await first.page.getByRole('heading', { name: 'Add a folder of music' }).waitFor();
    const { page } = await openApp(file, join(folder, 'home-second'));
    await page
      .getByText(/in use|is open|another/i)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /try now/i }).waitFor();
    await first.close();
    await pagesOf(page).shell.tryNow();
    await page.getByRole('heading', { name: 'Add a folder of music' }).waitFor();
  });

  it('is named with what can be done about it, and can be tried again', async () => {
    const damaged = join(folder, 'damaged.sqlite');
    writeFileSync(damaged, 'this is no database, but long enough to be looked at as one. '.repeat(40));
    const { page } = await openApp(damaged, join(folder, 'home-2'));
    await page
      .getByText(/damaged|no library|not a (Genregram )?library/i)
      .first()
      .waitFor();
    await page.getByRole('button', { name: /try now/i }).waitFor();
    rmSync(damaged);
    await pagesOf(page).shell.tryNow();
    await page
      .getByRole('button', { name: /add.*folder/i })
      .first()
      .waitFor();
  });
});

describe.skipIf(missing('electron', 'strace'))('the network', () => {
  it('is not used: nothing is sent, nothing is connected', async () => {
    const app = [electronPath() ?? '', ...rootFlags, repositoryRoot, '--library', library];
    const { internet } = await traceNetwork(
      ['timeout', '--foreground', '8', ...app],
      cleanEnvironment(join(folder, 'home-3')),
    );
    // Chromium asks the kernel for a route with a UDP socket that it connects and never sends on; no packet leaves.
    const quiet = /socket\(AF_INET6?, SOCK_DGRAM|2001:4860:4860::8888/;
    expect(internet.filter((call) => !quiet.test(call) || /send(to|msg|mmsg)\(/.test(call))).toEqual([]);
  });
});
