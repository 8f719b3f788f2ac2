import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { startRendererHost, type HostOptions, type RendererHost } from '../../builders/renderer-host';
import { chromiumPath } from '../../builders/requirements';
import { pagesOf, type Pages } from '../../e2e/pages/index';

/** Waits for what the window shows or the backend holds to become so. */
export const until: typeof expect.poll = (look) => expect.poll(look);

/** A window in Chromium with a fake backend behind it. */
export interface Opened extends Pages {
  readonly page: Page;
  readonly host: RendererHost;
}

export type OpenOptions = HostOptions & { scheme?: 'light' | 'dark'; width?: number; height?: number };

interface Bench {
  /** Closes what was opened since the last call; fails if a page logged an error. */
  tidy(): Promise<void>;
  open(options?: OpenOptions): Promise<Opened>;
  close(): Promise<void>;
}

/** One browser for the tests around. What a page logs as an error fails the test that caused it. To be called where tests are declared. */
export function benchOfFile(): Pick<Bench, 'open'> {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.tidy());
  afterAll(() => bench.close());
  return { open: (options) => bench.open(options) };
}

async function startBench(): Promise<Bench> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error('no Chromium');
  const browser: Browser = await chromium.launch({
    executablePath,
    args: ['--disable-gpu', '--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const opened: { host: RendererHost; page: Page; errors: string[] }[] = [];
  return {
    async open({ scheme = 'light', width = 1280, height = 800, ...options } = {}) {
      const host = await startRendererHost(options);
      const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('WebSocket')) errors.push(message.text());
      });
      opened.push({ host, page, errors });
      await page.goto(host.url);
      const pages = pagesOf(page);
      // The page's load event comes before React has drawn, and keys pressed until then go nowhere.
      await pages.shell.viewButton('Library').waitFor();
      return { page, host, ...pages };
    },
    async tidy() {
      const done = opened.splice(0);
      for (const { page, host } of done) {
        await page.context().close();
        await host.close();
      }
      const errors = done.flatMap((each) => each.errors);
      if (errors.length > 0) throw new Error(`the page reported errors: ${errors.join('; ')}`);
    },
    async close() {
      await browser.close();
    },
  };
}

/** Opens a dialog by the menu of the window's settings. */
export async function openFromMenu({ page }: Opened, item: string, name: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Appearance and models' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  const dialog = page.getByRole('dialog', { name });
  await dialog.waitFor();
  return dialog;
}
