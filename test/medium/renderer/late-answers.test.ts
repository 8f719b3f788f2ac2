import { describe, expect, it } from 'vitest';
import { missing } from '../../builders/requirements';
import { EvaluatePage } from '../../e2e/pages/evaluate';
import { benchOfFile, openFromMenu, until, type Opened } from './harness';

describe.skipIf(missing('chromium'))('a window whose backend answers late', () => {
  const bench = benchOfFile();

  const late = (): Promise<Opened> => bench.open({ tracks: 40, tickMs: 20, delayMs: 500 });

  it('calls no library empty whose list is still on its way', async () => {
    const { library, page } = await late();
    await library.quick('To review').click();
    const empty = page.getByRole('heading', { name: 'No tracks yet' });
    await library.table.or(empty).waitFor();
    const isCalledEmpty = await empty.isVisible();
    expect(isCalledEmpty).toBe(false);
    await library.row(0).waitFor();
  });

  it('keeps what is typed while the answer to what was typed before is on its way', async () => {
    const opened = await late();
    const { page, host } = opened;
    const longest = async () => (await host.backend.handlers['settings.listening']({})).maxFileMinutes;
    const dialog = await openFromMenu(opened, 'Listening…', 'How Genregram listens');
    const field = dialog.getByLabel('Longest file, in minutes');
    await field.fill('90');
    await page.keyboard.press('Enter');
    await until(longest).toBe(90);
    // The window has not been told of the 90 yet.
    await field.fill('');
    await page.keyboard.press('Enter');
    await until(longest).toBe(null);
    await field.fill('12');
    await page.waitForTimeout(1200);
    await until(() => field.inputValue()).toBe('12');
    await page.keyboard.press('Enter');
    await until(longest).toBe(12);
  });

  it('lists the tracks of a cell that was clicked as soon as it was there', async () => {
    const { page } = await late();
    const evaluate = new EvaluatePage(page);
    await evaluate.open();
    await evaluate.folder.fill('/home/ada/Music/test set');
    await evaluate.start.click();
    await (await evaluate.cell('Jazz', 'Jazz')).click();
    await evaluate.tracks.first().waitFor();
  });
});
