import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../builders/programs';
import { missing } from '../builders/requirements';
import { noise, tone, writeWav } from '../builders/sounds';
import { chromiumDriver, cleanEnvironment, useTinyModel, type App } from './drivers';
import { pagesOf, type Pages } from './pages';

const TRACKS = 5;

/** A library that was heard quickly in a terminal is heard in full from the window. */
describe.skipIf(missing(chromiumDriver.need))('a collector who has had a quick look', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quick-story-'));
  const music = join(folder, 'music');
  const library = join(folder, 'library.sqlite');
  let app: App;
  let pages: Pages;

  beforeAll(async () => {
    mkdirSync(music);
    for (let n = 0; n < TRACKS; n++)
      writeWav(join(music, `${n}.wav`), n % 2 === 0 ? tone(110 * (n + 1)) : noise(n), 45);
    useTinyModel(join(folder, 'home'));
    const home = join(folder, 'home');
    const { code } = await runCli(['analyze', music, '--windows', '12', '--library', library], {
      env: cleanEnvironment(home),
    });
    expect(code).toBe(0);
    app = await chromiumDriver.open(library, join(folder, 'home'));
    pages = pagesOf(app.page);
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('sees which verdicts are quick', async () => {
    await pages.library.untilTotal(TRACKS);
    await expect.poll(() => pages.library.count('Heard quickly')).toBe(TRACKS);
    for (let index = 0; index < TRACKS; index++) await pages.library.quickSign(index).waitFor();
    await pages.library.row(1).click();
    await expect
      .poll(() => pages.detail.provenance.textContent())
      .toContain('12 windows of 3.0 s, quick; the next scan hears it in full');
  });

  it('has all of them heard in full by the next scan', async () => {
    await pages.library.quickFirst().click();
    await expect.poll(() => pages.library.quickFirst().getAttribute('aria-pressed')).toBe('true');
    await app.page.getByRole('button', { name: 'Scan', exact: true }).click();
    await expect.poll(() => pages.library.count('Heard quickly'), { timeout: 90_000 }).toBe(0);
    await pages.shell.untilIdle();
    await expect.poll(() => pages.shell.progress.textContent()).toContain('Listening in full finished');
    await expect.poll(() => pages.library.table.getByRole('img', { name: 'Heard quickly' }).count()).toBe(0);
    await expect.poll(() => pages.library.count('To review')).toBe(TRACKS);
  });

  it('still has the same track selected and open, now with all its windows', async () => {
    await expect.poll(() => pages.library.selected().count()).toBe(1);
    await expect.poll(() => pages.detail.title.textContent()).toBe('1.wav');
    await expect.poll(() => pages.detail.provenance.textContent()).toContain('15 windows of 3.0 s');
    await expect.poll(() => pages.detail.provenance.textContent()).not.toContain(', quick');
  });
});
