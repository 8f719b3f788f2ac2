import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_WRITING, type WritingSettings } from '#shared/domain/writing';
import { missing } from '../../builders/requirements';
import { seriousViolations } from './axe';
import { benchOfFile, openFromMenu, until, type Opened } from './harness';

/** Where pictures of the dialog go, for looking at; none are taken without it. */
const PICTURES = process.env['GENREGRAM_PICTURES'];

describe.skipIf(missing('chromium'))('the dialog of how files are written', () => {
  const bench = benchOfFile();

  const openDialog = (opened: Opened) => openFromMenu(opened, 'Writing…', 'How files are written');
  const settingsOf = ({ host }: Opened): WritingSettings =>
    host.backend.handlers['settings.writing']({}) as WritingSettings;

  it('shows the settings and keeps each change at once', async () => {
    const opened = await bench.open();
    const dialog = await openDialog(opened);
    expect(settingsOf(opened)).toEqual(DEFAULT_WRITING);
    // Not check(), which looks at once: a box shows its new state with the window's next drawing.
    const heard = dialog.getByRole('checkbox', { name: 'What was heard' });
    await heard.click();
    await until(() => heard.isChecked()).toBe(true);
    await dialog.getByRole('checkbox', { name: 'Keep the time of the last change' }).click();
    await dialog.getByText('Rock/Pop').click();
    await dialog.getByText('Over 100 MiB').click();
    await dialog.getByText('Break', { exact: true }).click();
    await dialog.getByText('The name gets a file of its own').waitFor();
    await dialog.getByLabel('Genres that always stay').fill('Audiobook');
    await opened.page.keyboard.press('Enter');
    await until(() => settingsOf(opened)).toEqual({
      ...DEFAULT_WRITING,
      histogramField: true,
      keepMtime: false,
      joinV23: '/',
      inPlaceAboveMiB: 100,
      links: 'break',
      keepGenres: ['Audiobook'],
    });
    await opened.page.keyboard.press('Escape');
    await opened.page.reload();
    const again = await openDialog(opened);
    await until(() => again.getByRole('radio', { name: 'Rock/Pop' }).isChecked()).toBe(true);
    await until(() => again.getByRole('checkbox', { name: 'What was heard' }).isChecked()).toBe(true);
  });

  it('shows a size that was set elsewhere, and goes back to what holds where a change is refused', async () => {
    const opened = await bench.open();
    const { page, host } = opened;
    void host.backend.handlers['settings.setWriting']({ inPlaceAboveMiB: 5000, keepGenres: ['Rock'] });
    const dialog = await openDialog(opened);
    await until(() => dialog.getByRole('radio', { name: 'Over 5,000 MiB' }).isChecked()).toBe(true);
    await dialog.getByLabel('Genres that always go').fill('Rock');
    await page.keyboard.press('Enter');
    await page.getByText("Rock can't be both kept and dropped.").waitFor();
    await until(() => dialog.getByText('Rock', { exact: true }).count()).toBe(1);
  });

  it('opens from the write desk too, where plans say what a link leads to', async () => {
    const opened = await bench.open();
    const { library, page, shell, write } = opened;
    await library.show('To review');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await until(() => library.count('Decided')).toBe(1);
    await shell.goTo('Write');
    await write.plan.getByRole('listitem').first().waitFor();
    await page.getByRole('button', { name: 'Writing…' }).click();
    await page.getByRole('dialog', { name: 'How files are written' }).waitFor();
  });

  it.each(['light', 'dark'] as const)('has no accessibility fault in %s', async (scheme) => {
    const opened = await bench.open({ scheme });
    await openDialog(opened);
    await opened.page.waitForTimeout(400);
    if (PICTURES) {
      mkdirSync(PICTURES, { recursive: true });
      await opened.page.screenshot({ path: join(PICTURES, `writing-${scheme}.png`) });
    }
    expect(await seriousViolations(opened.page)).toEqual([]);
  });
});
