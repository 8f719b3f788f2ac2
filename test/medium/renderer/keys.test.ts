import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { missing } from '../../builders/requirements';
import { benchOfFile, until, type Opened } from './harness';

describe.skipIf(missing('chromium'))('keys of one’s own', () => {
  const bench = benchOfFile();

  const openSheet = async ({ page, shell }: Opened): Promise<Locator> => {
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
    await shell.shortcuts.waitFor();
    return shell.shortcuts;
  };
  const closeSheet = async ({ page, shell }: Opened): Promise<void> => {
    await page.keyboard.press('Escape');
    await shell.shortcuts.waitFor({ state: 'detached' });
  };
  const line = (sheet: Locator, label: string): Locator => sheet.getByRole('listitem').filter({ hasText: label });
  const ask = async (sheet: Locator, label: string): Promise<void> => {
    await line(sheet, label)
      .getByRole('button', { name: `Change the key: ${label}` })
      .click();
    await sheet.getByRole('status').waitFor();
  };
  const decided = ({ host }: Opened, action: 'skip' | 'accept'): number =>
    host.backend.library.rows.filter(({ decision }) => decision?.action === action).length;

  it('hold at once and after a restart, with modifiers too, until they are set back', async () => {
    const opened = await bench.open({ tracks: 60 });
    const { page, library } = opened;
    await library.untilTotal(60);
    let sheet = await openSheet(opened);
    const SKIP = 'Skip: leave the file as it is';
    await ask(sheet, SKIP);
    await page.keyboard.press('Control+Shift+X');
    await until(() => line(sheet, SKIP).textContent()).toContain('Ctrl⇧X');
    await closeSheet(opened);

    await library.row(2).click();
    await page.keyboard.press('s');
    await page.keyboard.press('Control+Shift+X');
    await until(() => decided(opened, 'skip')).toBe(1);

    await page.reload();
    await library.untilTotal(60);
    await library.row(5).click();
    await page.keyboard.press('Control+Shift+X');
    await until(() => decided(opened, 'skip')).toBe(2);

    sheet = await openSheet(opened);
    await line(sheet, SKIP)
      .getByRole('button', { name: `Back to the default: ${SKIP}` })
      .click();
    await until(() => line(sheet, SKIP).textContent()).toBe(`S${SKIP}`);
    await closeSheet(opened);
    await library.row(7).click();
    await page.keyboard.press('Control+Shift+X');
    await page.keyboard.press('s');
    await until(() => decided(opened, 'skip')).toBe(3);
  });

  it('are told to be taken; taken over, the other shortcut has none; Escape keeps the old one', async () => {
    const opened = await bench.open({ tracks: 60 });
    const { page } = opened;
    const sheet = await openSheet(opened);
    const SKIP = 'Skip: leave the file as it is';
    await ask(sheet, SKIP);
    await page.keyboard.press('Escape');
    await sheet.getByRole('status').waitFor({ state: 'detached' });
    await until(() => line(sheet, SKIP).textContent()).toBe(`S${SKIP}`);

    await ask(sheet, SKIP);
    await page.keyboard.press('5');
    await until(() => sheet.getByRole('alert').textContent()).toContain(
      '5 is taken by “Review: the genre of this number”',
    );
    await until(() => sheet.getByRole('button', { name: 'Take it over' }).count()).toBe(0);
    await page.keyboard.press('Enter');
    await sheet.getByRole('status').waitFor();
    await page.keyboard.press('u');
    await until(() => sheet.getByRole('alert').textContent()).toContain('U is taken by “Undo the last decision made”');
    await page.keyboard.press('Enter');
    await until(() => line(sheet, SKIP).textContent()).toBe(`U${SKIP}`);
    await until(() => line(sheet, 'Undo the last').textContent()).toBe('no keyUndo the last decision made');
    await sheet.getByRole('button', { name: 'All back to default' }).click();
    await until(() => line(sheet, 'Undo the last').textContent()).toBe('UUndo the last decision made');
    await until(() => line(sheet, SKIP).textContent()).toBe(`S${SKIP}`);
  });

  it('of a single character can be switched off, and no longer react nor are promised', async () => {
    const opened = await bench.open({ tracks: 60 });
    const { page, library, shell, review } = opened;
    await library.untilTotal(60);
    const sheet = await openSheet(opened);
    await sheet.getByRole('checkbox', { name: 'Keys of a single character' }).click();
    await closeSheet(opened);
    await shell.goTo('Review');
    await review.labels.first().waitFor();
    const title = await review.title.textContent();
    for (const key of ['s', '1', 'n', 'j', '?']) await page.keyboard.press(key);
    await until(() => review.title.textContent()).toBe(title);
    await until(() => review.labels.first().textContent()).not.toMatch(/^1/);
    await until(() => shell.shortcuts.count()).toBe(0);
    await page.keyboard.press('ArrowDown');
    await until(() => review.title.textContent()).not.toBe(title);
    expect(decided(opened, 'skip')).toBe(0);
    await page.reload();
    await shell.viewButton('Review').waitFor();
    await page.keyboard.press('r');
    await until(() => review.desk.count()).toBe(0);
  });
});
