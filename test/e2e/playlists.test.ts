import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../builders/requirements';
import { chromiumDriver, useTinyModel, type App } from './drivers';
import { makeMusic, SONGS } from './music';
import { pagesOf, type Pages } from './pages';
import { PlaylistsPage } from './pages/playlists';

/** From folder to file with the real backend: what the host is makes no difference here. */
describe.skipIf(missing('chromium', 'ffmpeg'))('a collector who makes a playlist', () => {
  const folder = mkdtempSync(join(tmpdir(), 'playlists-'));
  const music = join(folder, 'music');
  const lists = join(folder, 'lists');
  let app: App;
  let pages: Pages;
  let playlists: PlaylistsPage;

  beforeAll(async () => {
    makeMusic(music);
    mkdirSync(lists);
    useTinyModel(join(folder, 'home'));
    app = await chromiumDriver.open(join(folder, 'library.sqlite'), join(folder, 'home'));
    pages = pagesOf(app.page);
    playlists = new PlaylistsPage(app.page);
  });

  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has a folder listened to', async () => {
    await app.chooseFolder(music, () => pages.folders.addButton.click());
    await expect.poll(() => pages.library.count('To review'), { timeout: 90_000 }).toBe(SONGS.length);
    await pages.shell.untilIdle();
  });

  it('makes it by keyboard, and sees what it finds', async () => {
    const { keyboard } = app.page;
    await keyboard.press('p');
    await playlists.list.getByRole('button', { name: 'New playlist' }).focus();
    await keyboard.press('Enter');
    await playlists.name.focus();
    await keyboard.press('Control+a');
    await keyboard.type('Winds & walls');
    await playlists.rules.getByRole('button', { name: 'Add a condition', exact: true }).focus();
    await keyboard.press('Enter');
    await keyboard.type('Title');
    await expect.poll(() => playlists.control('Rule 1 of 1: field').inputValue()).toBe('title');
    await keyboard.press('Tab');
    await keyboard.type('matches');
    await keyboard.press('Tab');
    await keyboard.type('wind$|wall$');
    await expect.poll(() => playlists.count()).toBe(2);
    await keyboard.press('Enter');
    await keyboard.type('Codec');
    await expect.poll(() => playlists.control('Rule 2 of 2: field').inputValue()).toBe('codec');
    await keyboard.press('Tab');
    // The last but one: “is there”. Typed, its space might open the list.
    await keyboard.press('End');
    await keyboard.press('ArrowUp');
    await expect.poll(() => playlists.control('Rule 2 of 2: comparison').inputValue()).toBe('present');
    await keyboard.press('Control+s');
    await expect.poll(() => playlists.entry('Winds & walls').textContent()).toMatch(/2$/);
    await expect.poll(() => playlists.rows.count()).toBe(2);
    await expect.poll(() => playlists.rows.first().textContent()).toContain('Second Wind');
  });

  it('exports it as M3U8, and the file is there with paths that lead to the music', async () => {
    await playlists.openExport();
    await playlists.dialog.getByLabel('For', { exact: true }).selectOption('m3u8');
    await playlists.dialog.getByLabel('Folder', { exact: true }).fill(lists);
    await playlists.dialog.getByText(/a list of 2 tracks/).waitFor();
    expect(readdirSync(lists)).toEqual([]);
    await playlists.dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await playlists.dialog.getByText(/was written: 2 tracks/).waitFor();
    const [file] = readdirSync(lists);
    const lines = readFileSync(join(lists, file ?? ''), 'utf8').split('\n');
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
      '../music/02.mp3',
      '../music/04.mp3',
    ]);
    await playlists.dialog.getByRole('button', { name: 'Done' }).click();
  });
});
