import { describe, expect, it } from 'vitest';
import { missing } from '../../builders/requirements';
import { PlayerPage } from '../../e2e/pages/player';
import { seriousViolations } from './axe';
import { benchOfFile, until, type Opened, type OpenOptions } from './harness';

/** The player among the window's other parts; what is really heard is tried in `test/e2e/playback.test.ts`. */
describe.skipIf(missing('chromium'))('listening', () => {
  const bench = benchOfFile();

  /** With a track open that the model is sure of. */
  async function open(options: OpenOptions = {}): Promise<Opened & { player: PlayerPage }> {
    const opened = await bench.open({ tracks: 300, ...options });
    await opened.library.untilTotal(300);
    await opened.library.row(1).click();
    await opened.detail.timeline('Genre').waitFor();
    return { ...opened, player: new PlayerPage(opened.page) };
  }
  const isPaused = (player: PlayerPage) => until(async () => (await player.sound()).paused);

  it('axe finds nothing serious while windows are heard and pictured, light and dark, on a wide and on a narrow window', async () => {
    for (const width of [1360, 760]) {
      const { page, player } = await open({ width });
      await page.getByRole('button', { name: 'Spectrogram' }).click();
      await page.getByRole('img', { name: /^Spectrogram of \d+:\d\d, .* strongest at \d+:\d\d\.$/ }).waitFor();
      await page.keyboard.press('h');
      await player.words.waitFor();
      await isPaused(player).toBe(false);
      expect(await seriousViolations(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
      expect(await seriousViolations(page)).toEqual([]);
    }
  });

  it('is looked at closely by button, key and wheel, about the place that was pointed at', async () => {
    const { page, detail } = await open();
    const strip = detail.timeline('Genre');
    const whole = await strip.boundingBox();
    const scale = detail.pane.locator('[class*="scale"] span');
    if (!whole) throw new Error('no strip');
    const width = async () => Math.round(((await strip.boundingBox())?.width ?? 0) / whole.width);
    const length = (await scale.last().textContent()) ?? '';
    await until(() => detail.zoomOut.isDisabled()).toBe(true);
    await detail.zoomIn.click();
    await until(width).toBe(2);
    // Keys lead along the track, and the window they lead to is in sight.
    await strip.focus();
    await page.keyboard.press('+');
    await until(width).toBe(4);
    await page.keyboard.press('End');
    await until(() => scale.last().textContent()).toBe(length);
    await until(() => scale.first().textContent()).not.toBe('0:00');
    await page.keyboard.press('Home');
    await until(() => scale.first().textContent()).toBe('0:00');
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('0');
    await until(width).toBe(1);
    // By wheel what is under the pointer stays there.
    await strip.hover({ position: { x: whole.width * 0.75, y: 5 } });
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -400);
    await page.keyboard.up('Control');
    await until(width).toBe(4);
    const left = Math.round(((await strip.boundingBox())?.x ?? 0) - whole.x);
    expect(left / whole.width).toBeCloseTo(-(0.75 * 4 - 0.75), 1);
  });

  it('is driven by keys wherever the focus is, but takes no key from a control that has its own use for it', async () => {
    const { page, player, detail, shell } = await open();
    await page.keyboard.press('Space');
    await isPaused(player).toBe(false);
    await detail.skip.focus();
    await page.keyboard.press('h');
    await player.words.waitFor();
    await page.keyboard.press('l');
    await until(() => player.loop.getAttribute('aria-pressed')).toBe('true');
    await player.position.focus();
    await page.keyboard.press('Space');
    await isPaused(player).toBe(true);
    // The space bar presses the button in focus, and nothing is played.
    await shell.viewButton('Write').focus();
    await page.keyboard.press('Space');
    await page.getByRole('heading', { name: 'Nothing to write yet' }).waitFor();
    expect((await player.sound()).paused).toBe(true);
    // In a view without a cursor, it goes on with what was heard.
    await page.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
    });
    await page.keyboard.press('Space');
    await isPaused(player).toBe(false);
  });

  it('hears the track that is being reviewed', async () => {
    const { page, player } = await open();
    await page.keyboard.press('r');
    const timeline = page.getByRole('slider', { name: 'Genre per window' });
    await timeline.waitFor();
    await page.keyboard.press('h');
    await until(() => player.words.textContent()).toMatch(/ 1 of \d+$/);
    const title = await page.getByRole('article').getByRole('heading').first().textContent();
    await until(() => player.bar.textContent()).toContain(title);
    await timeline.click();
    await until(() => player.words.textContent()).toMatch(/^Window \d+ of \d+$/);
  });

  it('says why a track can’t be heard, and hears the next one all the same', async () => {
    const { page, player, library, shell, host } = await open();
    await library.show('Failed');
    await library.row(0).click();
    const failed = host.backend.library.rows.find((row) => row.failure);
    await page.keyboard.press('Space');
    await shell.messages.getByText(failed!.failure!.message.slice(0, 30)).waitFor();
    await until(() => player.bar.textContent()).toContain('Can’t be heard');
    expect((await player.sound()).paused).toBe(true);
    await library.show('All tracks');
    await library.row(3).click();
    await page.keyboard.press('Space');
    await isPaused(player).toBe(false);
  });

  it('offers no bar to be heard that no window voted for', async () => {
    const { detail } = await open();
    const bars = detail.histogram('Genre').locator('tbody tr');
    for (let i = 0; i < (await bars.count()); i++) {
      const votes = Number(await bars.nth(i).locator('td').last().textContent());
      await until(() => bars.nth(i).getByRole('button').count()).toBe(votes > 0 && !(await isRest(i)) ? 1 : 0);
    }
    async function isRest(i: number): Promise<boolean> {
      return (await bars.nth(i).getAttribute('data-rest')) !== null;
    }
  });
});
