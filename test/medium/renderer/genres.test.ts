import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../builders/requirements';
import { seriousViolations } from './axe';
import { openFromMenu, startBench, until, type Bench } from './harness';

describe.skipIf(missing('chromium'))('genres in the window', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterEach(async () => {
    await bench.tidy();
  });
  afterAll(async () => {
    await bench.close();
  });

  it('are changed as a text, and nothing wrong can be saved', async () => {
    const opened = await bench.open({ tracks: 20 });
    const dialog = await openFromMenu(opened, 'Genres…', 'Your own genres');
    const text = dialog.getByLabel('Your lines');
    const save = dialog.getByRole('button', { name: 'Save' });
    expect(await save.isDisabled()).toBe(true);
    await text.fill('Rap = hip-hop\nRock < Hard Rock');
    await dialog.getByText('Line 2: “Rock” can’t be a kind of “Hard Rock”').waitFor();
    expect(await save.isDisabled()).toBe(true);
    expect(await seriousViolations(opened.page)).toEqual([]);
    await text.fill('Rap = hip-hop\nBlaze Rock < Rock');
    await until(() => dialog.getByRole('listitem').count()).toBe(0);
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    expect(opened.host.backend.handlers['genres.get']({})).toMatchObject({ text: 'Rap = hip-hop\nBlaze Rock < Rock' });
    const again = await openFromMenu(opened, 'Genres…', 'Your own genres');
    expect(await again.getByLabel('Your lines').inputValue()).toContain('Blaze Rock');
  });

  it('are found by typing in any spelling when one changes a track', async () => {
    const { library, detail, page } = await bench.open({ tracks: 20 });
    await library.row(1).click();
    await page.keyboard.press('e');
    const box = detail.form.locator('input').and(detail.form.getByLabel('Genre', { exact: true }));
    await box.fill('dnb');
    await page.getByRole('option').first().waitFor();
    expect(await page.getByRole('option').allTextContents()).toEqual(['Drum and Bass']);
    await box.fill('hard');
    await until(() => page.getByRole('option').first().textContent()).toMatch(/^Hard/);
    expect(await page.getByRole('option').count()).toBeLessThanOrEqual(12);
    await page.keyboard.press('Escape');
    await until(() => page.getByRole('option').count()).toBe(0);
    await box.fill('dnb');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await detail.form.getByText('Drum and Bass').first().waitFor();
    await page.keyboard.press('Escape');
    await detail.form.waitFor({ state: 'detached' });
  });
});
