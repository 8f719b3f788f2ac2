import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, chromium, type ElectronApplication, type Page } from 'playwright-core';
import { chromiumPath, electronPath, repositoryRoot } from '../builders/requirements';
import { Folders } from './pages/folders';

/** The app as a user has it before them, whichever host shows it. */
export interface App {
  readonly page: Page;
  /** Answers the next wish for a folder as the user would: by the system's dialog, or by the list in the window. */
  chooseFolder(path: string, ask: () => Promise<void>): Promise<void>;
  /** Kills the backend as a crash would. */
  killBackend(): Promise<void>;
  close(): Promise<void>;
}

export interface ElectronApp extends App {
  /** For what only Electron's main process can tell. */
  readonly electron: ElectronApplication;
}

export interface Driver<A extends App = App> {
  readonly name: 'Electron' | 'Chromium';
  readonly need: 'electron' | 'chromium';
  /** Opens the app on a library; `home` keeps settings apart from the user's own and from other tests'. */
  open(library: string, home: string): Promise<A>;
}

/** Chromium refuses to start its sandbox as root. */
export const rootFlags: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The environment of the started app: nothing of the user's own settings is read or written. */
export function cleanEnvironment(home: string): Record<string, string> {
  mkdirSync(home, { recursive: true });
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
  };
}

export const electronDriver: Driver<ElectronApp> = {
  name: 'Electron',
  need: 'electron',
  async open(library, home) {
    const executablePath = electronPath();
    if (!executablePath) throw new Error('no Electron runtime');
    const electron = await _electron.launch({
      executablePath,
      args: [...rootFlags, repositoryRoot, '--library', library],
      env: cleanEnvironment(home),
    });
    const page = await electron.firstWindow();
    return {
      page,
      electron,
      async chooseFolder(path, ask) {
        await electron.evaluate(({ dialog }, chosen) => {
          dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
        }, path);
        await ask();
      },
      async killBackend() {
        const pid = await electron.evaluate(
          ({ app }) =>
            app.getAppMetrics().find(({ name, serviceName }) => (name ?? serviceName) === 'Genregram backend')?.pid,
        );
        if (!pid) throw new Error('no backend process runs');
        process.kill(pid, 'SIGKILL');
      },
      close: () => electron.close(),
    };
  },
};

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Starts `serve` and waits for its URL. */
async function startServer(library: string, home: string, port = 0): Promise<Server> {
  const child = spawn(
    process.execPath,
    [join(repositoryRoot, 'out/main/web.cjs'), '--library', library, '--port', String(port), '--json'],
    { env: { ...cleanEnvironment(home), GENREGRAM_TOKEN: TOKEN }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url: string };
    return { child, url };
  }
  throw new Error('serve ended before it told its URL');
}

/** Kept over a restart of the server, so that the page that is open is let in again. */
const TOKEN = 'e2e-test-token-that-is-at-least-32-characters-long';

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

export const chromiumDriver: Driver = {
  name: 'Chromium',
  need: 'chromium',
  async open(library, home) {
    const executablePath = chromiumPath();
    if (!executablePath) throw new Error('no Chromium');
    let server = await startServer(library, home);
    const browser = await chromium.launch({ executablePath, args: [...rootFlags] });
    const page = await browser.newPage({ viewport: { width: 1360, height: 820 } });
    await page.goto(server.url);
    return {
      page,
      async chooseFolder(path, ask) {
        await ask();
        await new Folders(page).chooseInWindow(path);
      },
      async killBackend() {
        const port = Number(new URL(server.url).port);
        const gone = once(server.child, 'exit');
        server.child.kill('SIGKILL');
        await gone;
        server = await startServer(library, home, port);
      },
      async close() {
        await browser.close();
        await stop(server.child);
      },
    };
  },
};

/**
 * Puts the tests' tiny model into the user's model folder, in the place of the shipped one: these stories are about the way, and
 * must not change with each better model. What the shipped model hears is judged elsewhere.
 */
export function useTinyModel(home: string): void {
  const folder = join(home, 'data', 'Genregram', 'models', 'base');
  cpSync(join(repositoryRoot, 'test/fixtures/analysis/tiny-model'), folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as object;
  writeFileSync(join(folder, 'model.json'), JSON.stringify({ ...manifest, id: 'base' }));
}
