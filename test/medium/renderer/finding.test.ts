import { describe, expect, it } from 'vitest';
import { parseSearch } from '#shared/domain/search/parse';
import { matchesPlainly } from '../../builders/plain-search';
import { missing } from '../../builders/requirements';
import { seriousViolations } from './axe';
import { benchOfFile, until, type Opened } from './harness';

const found = ({ host }: Opened, text: string): number =>
  host.backend.library.rows.filter((row) => matchesPlainly(parseSearch(text), row)).length;

describe.skipIf(missing('chromium'))('finding tracks', () => {
  const bench = benchOfFile();

  it('suggests fields and then values with their counts, all by keyboard', async () => {
    const opened = await bench.open({ tracks: 900 });
    const { page, library } = opened;
    await library.untilTotal(900);
    await page.keyboard.press('/');
    await page.keyboard.type('ge');
    await library.suggestion(/^genre/).waitFor();
    await until(() => library.filter.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until(() => library.filter.inputValue()).toBe('genre:');
    await page.keyboard.type('hip');
    const count = found(opened, 'genre:"Hip-Hop"');
    await library.suggestion(`Hip-Hop ${count} tracks`).waitFor();
    // It is among the values before a letter was typed, too; now it is the first.
    await until(() => library.suggestion(/./).first().textContent()).toContain('Hip-Hop');
    await page.keyboard.press('ArrowDown');
    const active = await library.filter.getAttribute('aria-activedescendant');
    await until(() => page.locator(`[id="${active}"]`).textContent()).toContain('Hip-Hop');
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await until(() => library.filter.inputValue()).toBe('genre:Hip-Hop ');
    await library.untilTotal(count);

    // Further terms narrow it down; Enter goes to the table.
    await page.keyboard.type('share:hip-hop>0.3');
    await library.untilTotal(found(opened, 'genre:Hip-Hop share:hip-hop>0.3'));
    await page.keyboard.press('Enter');
    await until(() => page.evaluate(() => document.activeElement?.id)).toBe('tracks');
  });

  it('puts values with spaces in quotes', async () => {
    const opened = await bench.open({ tracks: 900 });
    const { page, library } = opened;
    await library.untilTotal(900);
    await library.filter.fill('-artist:lantern');
    await library.suggestion(/^The Lantern Club/).click();
    await until(() => library.filter.inputValue()).toBe('-artist:"The Lantern Club" ');
    await library.untilTotal(found(opened, '-artist:"The Lantern Club"'));
    await until(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox');
  });

  it('says what it can’t read and what to write instead, and goes by the rest', async () => {
    const opened = await bench.open({ tracks: 900 });
    const { page, library } = opened;
    await library.untilTotal(900);
    await library.filter.fill('heard:rock share:metal');
    await library.suggestion('Metal').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('share needs a label and a comparison, for example share:metal>0.3.').waitFor();
    await until(() => library.filter.getAttribute('aria-invalid')).toBe('true');
    await library.untilTotal(found(opened, 'heard:rock'));
    expect(await seriousViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousViolations(page)).toEqual([]);

    await page.keyboard.press('Escape');
    await until(() => library.filter.inputValue()).toBe('');
    await library.untilTotal(900);
    await until(() => library.filter.getAttribute('aria-invalid')).toBeNull();
    await page.keyboard.press('Escape');
    await until(() => page.evaluate(() => document.activeElement?.id)).toBe('tracks');
  });

  it('keeps a search under a name, and takes renaming and deleting back', async () => {
    const opened = await bench.open({ tracks: 900 });
    const { page, library, host, shell } = opened;
    await library.untilTotal(900);
    await library.filter.fill('heard:rock share:metal>0.1');
    await library.sortBy('Sure');
    const count = found(opened, 'heard:rock share:metal>0.1');
    await library.untilTotal(count);
    await library.saveView('Rock with metal');
    await until(() => library.savedView('Rock with metal').textContent()).toBe(`Rock with metal${count}`);
    await until(() => library.savedView('Rock with metal').getAttribute('aria-pressed')).toBe('true');
    expect(await seriousViolations(page)).toEqual([]);

    await library.filter.fill('');
    await library.sortBy('Title');
    await library.untilTotal(900);
    await library.savedView('Rock with metal').click();
    await library.untilTotal(count);
    await until(() => library.filter.inputValue()).toBe('heard:rock share:metal>0.1');
    await until(() => library.head('Sure').getAttribute('aria-sort')).toBe('ascending');

    await library.viewAction('Rock with metal', 'Rename…');
    await page.getByRole('textbox', { name: 'Name' }).fill('Hard rock');
    await page.keyboard.press('Enter');
    await library.savedView('Hard rock').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await library.viewAction('Hard rock', 'Delete');
    await library.savedView('Hard rock').waitFor({ state: 'detached' });
    await shell.messages.getByRole('button', { name: 'Undo' }).click();
    await library.savedView('Hard rock').waitFor();
    expect((await host.backend.handlers['views.list']({})).map(({ name }) => name)).toEqual(['Hard rock']);
  });

  it('groups the table under heads that select their tracks', async () => {
    const opened = await bench.open({ tracks: 900 });
    const { page, library, host } = opened;
    await library.untilTotal(900);
    await library.inTableMenu('Artist');
    const byArtist = host.backend.library.rows.filter((row) => row.artist === 'Captain Sundial');
    const head = library.groups().filter({ hasText: 'Captain Sundial' });
    expect(byArtist.length).toBeGreaterThan(20);
    await head.waitFor();
    await until(() => head.textContent()).toContain(`${byArtist.length} tracks`);
    const groups = new Set(host.backend.library.rows.map((row) => row.artist)).size;
    await library.untilTotal(900 + groups);
    await head.getByRole('button').click();
    await page.getByRole('heading', { name: `${byArtist.length} tracks selected` }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);

    // Moving by keys goes from track to track, past the heads.
    await page.keyboard.press('Home');
    await until(async () => (await library.selected().getAttribute('aria-rowindex')) ?? '').toBe('3');
    await page.keyboard.press('PageDown');
    await until(async () => (await library.selected().getAttribute('aria-rowindex')) ?? '').toBe('23');
  });

  it('shows the columns one wants, where and as wide as one wants them, and keeps them', async () => {
    const { page, library } = await bench.open({ tracks: 900 });
    await library.untilTotal(900);
    await library.inTableMenu('Year', 'Own genre');
    expect(await library.columnNames()).toEqual(['Title', 'Artist', 'Album', 'Heard', 'Sure', 'State', 'Year']);
    await library.head('Year').getByRole('button').focus();
    await page.keyboard.press('Alt+ArrowLeft');
    await page.keyboard.press('Alt+ArrowLeft');
    expect(await library.columnNames()).toEqual(['Title', 'Artist', 'Album', 'Heard', 'Year', 'Sure', 'State']);

    const width = async (): Promise<number> => (await library.head('Artist').boundingBox())?.width ?? 0;
    const before = await width();
    await library.head('Artist').getByRole('button').focus();
    await page.keyboard.press('Shift+ArrowRight');
    await until(width).toBe(Math.round(before + 16));
    await library.head('Artist').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Hide Artist' }).click();
    await until(() => library.columnNames()).toEqual(['Title', 'Album', 'Heard', 'Year', 'Sure', 'State']);
    expect(await seriousViolations(page)).toEqual([]);

    // Where one was is there again after a restart of the window, too.
    await library.sortBy('Year');
    await until(() => library.head('Year').getAttribute('aria-sort')).toBe('ascending');
    await library.untilTotal(900);
    await library.row(5).click();
    const chosen = await library.selected().getAttribute('id');
    await page.waitForTimeout(600);
    await page.reload();
    await until(() => library.columnNames()).toEqual(['Title', 'Album', 'Heard', 'Year', 'Sure', 'State']);
    await until(() => library.head('Year').getAttribute('aria-sort')).toBe('ascending');
    await until(() => library.selected().getAttribute('id')).toBe(chosen);
  });
});
