import { describe, expect, it } from 'vitest';
import { missing } from '../../builders/requirements';
import { seriousViolations } from './axe';
import { benchOfFile, openFromMenu, until } from './harness';

describe.skipIf(missing('chromium'))('genres in the window', () => {
  const bench = benchOfFile();

  it('are changed as a text, and nothing wrong can be saved', async () => {
    const opened = await bench.open({ tracks: 20 });
    const dialog = await openFromMenu(opened, 'Genres…', 'Your own genres');
    const text = dialog.getByLabel('Your lines');
    const save = dialog.getByRole('button', { name: 'Save' });
    await until(() => save.isDisabled()).toBe(true);
    await text.fill('Rap = hip-hop\nRock < Hard Rock');
    await dialog.getByText('Line 2: “Rock” can’t be a kind of “Hard Rock”').waitFor();
    await until(() => save.isDisabled()).toBe(true);
    expect(await seriousViolations(opened.page)).toEqual([]);
    await text.fill('Rap = hip-hop\nBlaze Rock < Rock');
    await until(() => dialog.getByRole('listitem').count()).toBe(0);
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    expect(opened.host.backend.handlers['genres.get']({})).toMatchObject({ text: 'Rap = hip-hop\nBlaze Rock < Rock' });
    const again = await openFromMenu(opened, 'Genres…', 'Your own genres');
    await until(() => again.getByLabel('Your lines').inputValue()).toContain('Blaze Rock');
  });

  it('are found by typing in any spelling when one changes a track', async () => {
    const { library, detail, page } = await bench.open({ tracks: 20 });
    await library.row(1).click();
    await page.keyboard.press('e');
    const box = detail.form.locator('input').and(detail.form.getByLabel('Genre', { exact: true }));
    await box.fill('dnb');
    await page.getByRole('option').first().waitFor();
    await until(() => page.getByRole('option').allTextContents()).toEqual(['Drum and Bass']);
    await box.fill('hard');
    await until(() => page.getByRole('option').first().textContent()).toMatch(/^Hard/);
    await until(() => page.getByRole('option').count()).toBeLessThanOrEqual(12);
    await page.keyboard.press('Escape');
    await until(() => page.getByRole('option').count()).toBe(0);
    await box.fill('dnb');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await detail.form.getByText('Drum and Bass').first().waitFor();
    await page.keyboard.press('Escape');
    await detail.form.waitFor({ state: 'detached' });
  });

  it('decide what accepting writes and why, and clean what files have', async () => {
    const opened = await bench.open({ tracks: 60 });
    const { page, library, detail } = opened;
    const accepting = page.getByRole('region', { name: 'Accepting writes' });
    await library.row(1).click();
    await detail.title.waitFor();
    await until(() => accepting.count()).toBe(0);

    const dialog = await openFromMenu(opened, 'Genres…', 'Your own genres');
    await dialog
      .getByRole('region', { name: 'Labels that are no genres here' })
      .getByText('female vocalists')
      .waitFor();
    const clean = dialog.getByRole('button', { name: 'Clean the files’ genres…' });
    await dialog.getByLabel('Your lines').fill('@folder Music: Folk\n! Other');
    await until(() => clean.isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await accepting.getByText('your line for the folder Music').waitFor();

    const writing = await openFromMenu(opened, 'Writing…', 'How files are written');
    const which = writing.getByRole('region', { name: 'Which genres' });
    await until(() => which.getByRole('radiogroup', { name: 'Order' }).count()).toBe(0);
    await which.getByRole('radiogroup', { name: 'Genres a track gets at most' }).getByText('3').click();
    await which.getByRole('radiogroup', { name: 'Order' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await until(() => opened.host.backend.handlers['settings.writing']({})).toMatchObject({ mostGenres: 3 });
    await page.keyboard.press('Escape');
    await writing.waitFor({ state: 'detached' });

    const again = await openFromMenu(opened, 'Genres…', 'Your own genres');
    await again.getByRole('button', { name: 'Clean the files’ genres…' }).click();
    await page.getByRole('heading', { name: 'Clean genres' }).waitFor();
    const dirty = opened.host.backend.library.rows.filter(({ ownGenres }) => ownGenres.includes('Other')).length;
    const write = page.getByRole('button', { name: /^Write \d+ files?$/ });
    await write.waitFor();
    expect(dirty).toBeGreaterThan(0);
    expect(await seriousViolations(page)).toEqual([]);
    await write.click();
    await until(
      () =>
        opened.host.backend.library.rows.filter(({ ownGenres, id }) => id % 23 !== 0 && ownGenres.includes('Other'))
          .length,
    ).toBe(0);
    expect(opened.host.backend.library.rows.some(({ ownGenres }) => ownGenres.includes('Soundtrack'))).toBe(true);
  });
});
