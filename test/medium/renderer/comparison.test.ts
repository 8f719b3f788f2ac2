import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missing } from '../../builders/requirements';
import { ComparisonPage } from '../../e2e/pages/comparison';
import { seriousViolations } from './axe';
import { benchOfFile, until } from './harness';

/** Where pictures of the dialog go, for looking at; none are taken without it. */
const PICTURES = process.env['GENREGRAM_PICTURES'];

describe.skipIf(missing('chromium'))('models compared on a track', () => {
  const bench = benchOfFile();

  it('three stand side by side once they have listened; bars are heard, models come and go, by keys alone', async () => {
    const { page, library, host } = await bench.open({ tracks: 60, tickMs: 200, width: 1366 });
    const comparison = new ComparisonPage(page);
    const { table } = comparison;
    const picture = async (name: string): Promise<void> => {
      if (!PICTURES) return;
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `comparison-${name}.png`) });
    };
    const before = JSON.stringify(host.backend.library.rows);
    await library.row(1).click();
    await comparison.opener.focus();
    await page.keyboard.press('Enter');
    await comparison.head('Genregram base').waitFor();
    // The library's own result is there at once, the others are still to listen.
    await until(() => comparison.head('Genregram base').innerText()).toContain('From the library');
    await until(() => comparison.head('Both of them').innerText()).toContain('Not heard yet');
    await until(() => table.getByRole('columnheader').count()).toBe(4);
    await picture('before');

    await comparison.button('Listen with 2 models').click();
    await until(() => comparison.button(/Listen|Try|Cancel/).count()).toBe(0);
    const sentence = table.getByRole('row', { name: /^Genre / }).getByRole('cell');
    await until(() => sentence.innerText()).toMatch(/3 name|No two agree|name none|names none/);
    await until(() => comparison.head('A tagger of somebody else').innerText()).toMatch(/24 windows of 10\.0 s/);
    // What one model has no label for is a dash, and none is hidden.
    const tagger = await comparison.shares('Classical');
    expect(tagger).toHaveLength(3);
    expect(tagger[1]).toContain('This model has no such label');
    await until(() => table.getByText('This model tells none').count()).toBe(1);
    // One scale: so long a bar is so large a share, in whichever column.
    const lengths = await table
      .locator('tbody')
      .first()
      .locator('[class*="cell"]')
      .evaluateAll((cells) =>
        cells.flatMap((cell) => {
          const share = Number.parseFloat(/(\d+)%/.exec(cell.textContent)?.[1] ?? '0');
          const width = cell.querySelector<HTMLElement>('[class*="bar"]')?.style.width;
          return width !== undefined && share >= 10 ? [Number.parseFloat(width) / share] : [];
        }),
      );
    expect(lengths.length).toBeGreaterThan(3);
    expect(Math.max(...lengths) / Math.min(...lengths)).toBeLessThan(1.1);

    // A bar is heard by its model's windows, from the keyboard.
    const bar = comparison.button(/as A tagger of somebody else hears it/).first();
    await bar.focus();
    await page.keyboard.press('Enter');
    await until(() => bar.getAttribute('aria-pressed')).toBe('true');
    await comparison.dialog.getByRole('group', { name: /window/i }).waitFor();
    await until(() =>
      comparison
        .button(/, \d+%$/)
        .and(page.locator('[aria-pressed=true]'))
        .count(),
    ).toBe(1);

    expect(await seriousViolations(page)).toEqual([]);
    await picture('light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await picture('dark');

    // Without a model its column is gone; what was heard is known when it comes back, and when the dialog is opened again.
    await comparison.model('A tagger of somebody else').focus();
    await page.keyboard.press('Space');
    await until(() => table.getByRole('columnheader').count()).toBe(3);
    await page.keyboard.press('Space');
    await until(() => table.getByRole('columnheader').count()).toBe(4);
    await until(() => comparison.button(/Listen/).count()).toBe(0);
    await page.keyboard.press('Escape');
    await comparison.dialog.waitFor({ state: 'detached' });
    await comparison.opener.click();
    await comparison.head('Both of them').waitFor();
    await until(() => comparison.button(/Listen/).count()).toBe(0);
    expect(JSON.stringify(host.backend.library.rows)).toBe(before);
  });

  it('says that another job is in the way, what a model could not hear, and can be cancelled', async () => {
    const { page, library, host } = await bench.open({ tracks: 60, tickMs: 1500, width: 900 });
    const comparison = new ComparisonPage(page);
    const failing = host.backend.library.rows.findIndex(({ id, genre }) => id % 10 === 9 && genre !== null);
    const { title, fileName } = host.backend.library.rows[failing]!;
    await library.filter.fill(title ?? fileName);
    await library
      .rowOf(title ?? fileName)
      .first()
      .click();
    await comparison.opener.click();
    host.backend.library.runJob({ kind: 'analyze', total: 2, perTick: 1, step: () => undefined, end: () => undefined });
    await comparison.button('Listen with 2 models').click();
    await comparison.dialog
      .getByRole('alert')
      .getByText(/Wait for it or cancel it/)
      .waitFor();
    await until(async () => {
      await comparison
        .button('Listen with 2 models')
        .click({ timeout: 500 })
        .catch(() => undefined);
      return comparison.button('Cancel').count();
    }).toBe(1);
    await comparison.button('Cancel').click();
    await comparison.button(/Listen with [12] model/).click();
    await comparison
      .head('A tagger of somebody else')
      .getByText(/Could not listen: The audio can’t be decoded/)
      .waitFor();
    await comparison.button('Try 1 model again').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    if (PICTURES) await page.screenshot({ path: join(PICTURES, 'comparison-failed.png') });
  });
});
