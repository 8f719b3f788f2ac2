import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseSearch } from '#shared/domain/search/parse';
import { matchesPlainly } from '../../builders/plain-search';
import { missing } from '../../builders/requirements';
import { seriousViolations } from './axe';
import { startBench, until, type Bench, type Opened } from './harness';

const found = ({ host }: Opened, text: string): number =>
  host.backend.library.rows.filter((row) => matchesPlainly(parseSearch(text), row)).length;

describe.skipIf(missing('chromium'))('finding tracks', () => {
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

  it('suggests fields and then values with their counts, all by keyboard', async () => {
    const opened = await bench.open({ tracks: 900 });
    const { page, library } = opened;
    await library.untilTotal(900);
    await page.keyboard.press('/');
    await page.keyboard.type('ge');
    await library.suggestion(/^genre/).waitFor();
    expect(await library.filter.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await library.filter.inputValue()).toBe('genre:');
    await page.keyboard.type('hip');
    const count = found(opened, 'genre:"Hip-Hop"');
    await library.suggestion(`Hip-Hop ${count} tracks`).waitFor();
    await page.keyboard.press('ArrowDown');
    const active = await library.filter.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).textContent()).toContain('Hip-Hop');
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await library.filter.inputValue()).toBe('genre:Hip-Hop ');
    await library.untilTotal(count);

    // Further terms narrow it down; Enter goes to the table.
    await page.keyboard.type('share:hip-hop>0.3');
    await library.untilTotal(found(opened, 'genre:Hip-Hop share:hip-hop>0.3'));
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tracks');
  });

  it('puts values with spaces in quotes', async () => {
    const opened = await bench.open({ tracks: 900 });
    const { page, library } = opened;
    await library.untilTotal(900);
    await library.filter.fill('-artist:lantern');
    await library.suggestion(/^The Lantern Club/).click();
    expect(await library.filter.inputValue()).toBe('-artist:"The Lantern Club" ');
    await library.untilTotal(found(opened, '-artist:"The Lantern Club"'));
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox');
  });

  it('says what it can’t read and what to write instead, and goes by the rest', async () => {
    const opened = await bench.open({ tracks: 900 });
    const { page, library } = opened;
    await library.untilTotal(900);
    await library.filter.fill('heard:rock share:metal');
    await library.suggestion('Metal').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('share needs a label and a comparison, for example share:metal>0.3.').waitFor();
    expect(await library.filter.getAttribute('aria-invalid')).toBe('true');
    await library.untilTotal(found(opened, 'heard:rock'));
    expect(await seriousViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousViolations(page)).toEqual([]);

    await page.keyboard.press('Escape');
    expect(await library.filter.inputValue()).toBe('');
    await library.untilTotal(900);
    await until(() => library.filter.getAttribute('aria-invalid')).toBeNull();
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('tracks');
  });
});
