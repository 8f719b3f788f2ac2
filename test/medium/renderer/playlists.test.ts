import { describe, expect, it } from 'vitest';
import type { SmartPlaylist } from '#shared/domain/playlists/playlist';
import { missing } from '../../builders/requirements';
import { PlaylistsPage } from '../../e2e/pages/playlists';
import { seriousViolations } from './axe';
import { benchOfFile, until, type Opened, type OpenOptions } from './harness';

const EVENING: SmartPlaylist = {
  version: 1,
  name: 'Evening',
  rule: { all: [{ field: 'heardGenre', op: 'is', value: 'Jazz' }] },
  order: { by: 'title' },
  limit: { tracks: 20 },
};

describe.skipIf(missing('chromium'))('the window of playlists', () => {
  const bench = benchOfFile();

  const open = async (
    options: OpenOptions = {},
  ): Promise<Opened & { playlists: PlaylistsPage; kept: () => Promise<SmartPlaylist[]> }> => {
    const opened = await bench.open({ tracks: 400, ...options });
    await opened.page.keyboard.press('p');
    const playlists = new PlaylistsPage(opened.page);
    await playlists.list.waitFor();
    const kept = async (): Promise<SmartPlaylist[]> =>
      (await opened.host.backend.handlers['playlists.list']({})).map(({ playlist }) => playlist);
    return { ...opened, playlists, kept };
  };

  it('makes a playlist by keyboard alone: rules, groups, preview, saving', async () => {
    const { page, playlists, kept } = await open();
    const { keyboard } = page;
    await playlists.list.getByRole('button', { name: 'New playlist' }).focus();
    await keyboard.press('Enter');
    await playlists.name.focus();
    await keyboard.press('Control+a');
    await keyboard.type('Short rock');
    await until(() => playlists.count()).toBe(400);

    await playlists.rules.getByRole('button', { name: 'Add a condition', exact: true }).focus();
    await keyboard.press('Enter');
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null);
    await until(focused).toBe('Rule 1 of 1: field');
    // A select takes letters for its options, not for shortcuts.
    await keyboard.type('Heard');
    await until(() => playlists.control('Rule 1 of 1: field').inputValue()).toBe('heardGenre');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await until(focused).toBe('Rule 1 of 1: value');
    await keyboard.type('roc');
    await page.getByRole('option', { name: 'Rock', exact: true }).waitFor();
    // What is typed is no genre of a track; what is chosen is.
    await until(() => playlists.count()).toBe(0);
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await until(() => playlists.control('Rule 1 of 1: value').inputValue()).toBe('Rock');
    await until(() => playlists.count()).toBeGreaterThan(0);
    const rock = await playlists.count();

    await keyboard.press('Enter');
    await until(focused).toBe('Rule 2 of 2: field');
    await keyboard.press('Alt+ArrowRight');
    await until(focused).toBe('Group 2 of 2, rule 1 of 1: field');
    await playlists.control('Group 2 of 2, rule 1 of 1: field').selectOption('duration');
    await playlists.control('Group 2 of 2, rule 1 of 1: comparison').selectOption('under');
    const value = playlists.control('Group 2 of 2, rule 1 of 1: value');
    await value.focus();
    await keyboard.type('soon');
    // What is unfinished counts for nothing, is said when one leaves it, and is not saved.
    await until(() => playlists.figures.textContent()).toContain('without a condition that is unfinished');
    await until(() => playlists.count()).toBe(rock);
    await until(() => value.getAttribute('aria-invalid')).not.toBe('true');
    await keyboard.press('Control+s');
    await page.getByText('1 part is unfinished').waitFor();
    await until(() => value.getAttribute('aria-invalid')).toBe('true');
    expect(await kept()).toEqual([]);
    await value.focus();
    await keyboard.press('Control+a');
    await keyboard.type('4:00');
    await until(() => playlists.count()).toBeLessThan(rock);
    await keyboard.press('Alt+d');
    await until(focused).toBe('Group 2 of 2, rule 2 of 2: field');
    await keyboard.press('Alt+ArrowLeft');
    await until(focused).toBe('Rule 3 of 3: field');
    await keyboard.press('Alt+Backspace');
    await until(focused).toBe('Group 2 of 2: how its rules go together');
    await keyboard.press('Control+s');
    await until(async () => (await kept()).length).toBe(1);
    expect((await kept())[0]).toEqual({
      version: 1,
      name: 'Short rock',
      rule: {
        all: [
          { field: 'heardGenre', op: 'isWithin', value: 'Rock' },
          { any: [{ field: 'duration', op: 'under', value: 240 }] },
        ],
      },
      order: { by: 'path' },
      limit: null,
    });
    await until(() => playlists.entry('Short rock').textContent()).toMatch(/Short rock\d+$/);
    await until(() => playlists.save.isDisabled()).toBe(true);

    // The tracks are moved through and played by keys.
    await playlists.found.getByRole('grid').focus();
    await keyboard.press('ArrowDown');
    await keyboard.press('End');
    const last = playlists.rows.last();
    await until(() => last.getAttribute('aria-selected')).toBe('true');
    await keyboard.press('Enter');
    const title = (await last.getByRole('gridcell').first().textContent()) ?? '';
    await page.getByRole('region', { name: 'Player' }).getByText(title).waitFor();
  });

  it('starts from a ready-made one, duplicates, moves, deletes, and takes that back', async () => {
    const { page, playlists, kept, host, shell } = await open();
    await host.backend.handlers['playlists.add']({ playlist: EVENING });
    await playlists.readyMade.getByRole('button', { name: 'Untagged, but sure' }).click();
    await until(() => playlists.name.inputValue()).toBe('Untagged, but sure');
    expect(await kept()).toHaveLength(1);
    await playlists.save.click();
    await until(async () => (await kept()).map(({ name }) => name)).toEqual(['Evening', 'Untagged, but sure']);
    await playlists.act('Evening', 'Duplicate');
    await until(() => playlists.name.inputValue()).toBe('Evening (2)');
    await playlists.entry('Evening (2)').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await until(async () => (await kept()).map(({ name }) => name)).toEqual([
      'Evening',
      'Evening (2)',
      'Untagged, but sure',
    ]);
    await playlists.act('Evening (2)', 'Delete');
    await until(async () => (await kept()).length).toBe(2);
    await page.getByRole('status', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
    await until(async () => (await kept()).map(({ name }) => name)).toContain('Evening (2)');

    // A name that is taken is told by the backend, and nothing typed is lost, also not by leaving the view.
    await playlists.entry('Untagged').click();
    await playlists.name.fill('Evening');
    await playlists.save.click();
    await page.getByText('There is a playlist called Evening already').waitFor();
    await shell.goTo('Library');
    await shell.goTo('Playlists');
    await until(() => playlists.name.inputValue()).toBe('Evening');
    await page.getByRole('main').getByRole('button', { name: 'Actions for Evening' }).click();
    await page.getByRole('menuitem', { name: 'Revert' }).click();
    await until(() => playlists.name.inputValue()).toBe('Untagged, but sure');
  });

  it('makes a playlist of the search over the table, and one of a text', async () => {
    const { page, playlists, shell } = await open();
    await shell.goTo('Library');
    await page.getByRole('combobox', { name: 'Filter tracks' }).fill('heard:jazz confidence>60%');
    await page.getByRole('button', { name: 'Make a playlist of this search' }).click();
    await until(() => playlists.control('Rule 1 of 2: value').inputValue()).toBe('Jazz');
    await until(() => playlists.control('Rule 2 of 2: field').inputValue()).toBe('confidence');
    await until(() => playlists.control('Rule 2 of 2: value').inputValue()).toBe('60');
    await until(() => playlists.count()).toBeGreaterThan(0);

    await page
      .getByRole('main')
      .getByRole('button', { name: /^Actions for/ })
      .click();
    await page.getByRole('menuitem', { name: 'As JSON…' }).click();
    const text = page.getByRole('textbox', { name: 'Playlist', exact: true });
    const use = page.getByRole('dialog').getByRole('button', { name: 'Use this' });
    await text.fill(JSON.stringify({ ...EVENING, rule: { all: [{ field: 'colour', op: 'is', value: 'red' }] } }));
    await page.getByText('rule.all[1]: There is no field “colour”.').waitFor();
    await until(() => use.isDisabled()).toBe(true);
    await text.fill(JSON.stringify(EVENING));
    await use.click();
    await until(() => playlists.name.inputValue()).toBe('Evening');
    await until(() => playlists.figures.textContent()).toMatch(/^20 tracks .* of \d+ that match/);
  });

  it('exports: what the target can’t say is told first, then what was written; a folder is kept up to date', async () => {
    const { page, playlists, host } = await open();
    const { id } = await host.backend.handlers['playlists.add']({ playlist: EVENING });
    await playlists.readyMade.getByRole('button').first().waitFor();
    host.backend.emit('settings.changed', { of: 'playlists' });
    await playlists.entry('Evening').click();
    await playlists.openExport();
    const { dialog } = playlists;
    const go = dialog.getByRole('button', { name: /^Export/ });
    await until(() => go.isDisabled()).toBe(true);
    await dialog.getByLabel('For', { exact: true }).selectOption('navidrome');
    await dialog.getByRole('button', { name: 'Choose…' }).click();
    const chooser = page.getByRole('dialog', { name: 'Where do the playlist files go?' });
    await chooser.getByRole('button', { name: 'Music', exact: true }).click();
    await page.keyboard.press('Escape');
    await chooser.waitFor({ state: 'detached' });
    await dialog.getByLabel('Folder', { exact: true }).fill('/home/ada/Lists');
    await dialog.getByText(/can’t say this rule\. Written instead: the tracks as they are now/).waitFor();
    await dialog.getByLabel('For', { exact: true }).selectOption('m3u8');
    await dialog.getByText(/Evening\.m3u8, a list of 20 tracks\./).waitFor();
    await dialog.getByText('Paths in the file').click();
    await dialog.getByRole('button', { name: 'Add a name' }).click();
    await dialog.getByLabel('Beginning of the path here, 1').fill('/home/ada/Music');
    await go.click();
    await dialog.getByText('/home/ada/Lists/Evening.m3u8 was written: 20 tracks.').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();

    await playlists.openExport();
    await dialog.getByLabel('Keep it up to date').check();
    await go.click();
    await dialog.getByText(/was written/).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await until(() => playlists.synced.getByRole('listitem').textContent()).toMatch(/Lists.*written/);
    const [folder] = await host.backend.handlers['playlistFolders.list']({});
    expect(folder).toMatchObject({ folder: '/home/ada/Lists', target: 'm3u8', playlists: [id], options: { map: [] } });
    await playlists.act('Lists', 'Stop, leave the files');
    await until(() => playlists.synced.getByRole('listitem').count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('is accessible in each state (%s)', async (scheme) => {
    const { page, playlists, host } = await open({ scheme });
    const fine = async (what: string): Promise<void> => {
      expect(await seriousViolations(page), what).toEqual([]);
    };
    await playlists.readyMade.getByRole('button').first().waitFor();
    await fine('nothing open');
    await host.backend.handlers['playlists.add']({ playlist: EVENING });
    host.backend.emit('settings.changed', { of: 'playlists' });
    await playlists.entry('Evening').click();
    await playlists.rows.first().waitFor();
    await playlists.rules.getByRole('button', { name: /^Add a group/ }).click();
    await playlists.save.click();
    await page.getByText('1 part is unfinished').waitFor();
    await fine('open, unfinished');
    await page.getByRole('button', { name: 'Rule 1 of 2: actions' }).click();
    await page.getByRole('menuitem', { name: 'Put into a group' }).waitFor();
    await fine('menu of a rule');
    await page.keyboard.press('Escape');
    await page.getByRole('main').getByRole('button', { name: 'Actions for Evening' }).click();
    await page.getByRole('menuitem', { name: 'Revert' }).click();
    await playlists.openExport();
    await playlists.dialog.getByLabel('For', { exact: true }).selectOption('navidrome');
    await playlists.dialog.getByLabel('Folder', { exact: true }).fill('/home/ada/Lists');
    await playlists.dialog.getByText(/can’t say this rule/).waitFor();
    await fine('export');
    await playlists.dialog.getByLabel('Keep it up to date').check();
    await playlists.dialog.getByRole('button', { name: /^Export/ }).click();
    await playlists.dialog.getByRole('button', { name: 'Done' }).click();
    await playlists.synced.getByRole('listitem').waitFor();
    await fine('a folder kept up to date');
  });
});
