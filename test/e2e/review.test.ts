import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTags } from '../../src/main/adapters/tags/read-tags';
import { missing } from '../builders/requirements';
import { chromiumDriver, electronDriver, useTinyModel, type App, type Driver } from './drivers';
import { bytesOf, makeMusic, SONGS } from './music';
import { pagesOf, type Pages } from './pages';

/** Reviewing with the real backend: by keyboard to the end, out and in again, and into the files. */
describe.each<Driver>([electronDriver, chromiumDriver])('a collector who reviews in $name', (driver) => {
  describe.skipIf(missing(driver.need, 'ffmpeg'))('an album that was heard', () => {
    const folder = mkdtempSync(join(tmpdir(), 'review-'));
    const music = join(folder, 'music');
    let app: App;
    let pages: Pages;

    beforeAll(async () => {
      makeMusic(music);
      useTinyModel(join(folder, 'home'));
      app = await driver.open(join(folder, 'library.sqlite'), join(folder, 'home'));
      pages = pagesOf(app.page);
    });

    afterAll(async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const titles: string[] = [];
    const atHand = async (title: string): Promise<void> => {
      await expect.poll(() => pages.review.title.textContent()).toBe(title);
    };

    it('has it listened to', async () => {
      await app.chooseFolder(music, () => pages.folders.addButton.click());
      await expect.poll(() => pages.library.count('To review'), { timeout: 90_000 }).toBe(SONGS.length);
      await pages.shell.untilIdle();
    });

    it('goes through it by keyboard: a number, a typed genre, not music, skip', async () => {
      await app.page.keyboard.press('r');
      await expect.poll(() => pages.review.number('left')).toBe(SONGS.length);
      const decide = [
        () => app.page.keyboard.press('1'),
        async () => {
          await app.page.keyboard.press('e');
          await app.page.keyboard.type('Zeuhl');
          await pages.review.options.first().waitFor();
          await app.page.keyboard.press('Enter');
        },
        () => app.page.keyboard.press('n'),
        () => app.page.keyboard.press('s'),
      ];
      for (const [index, act] of decide.entries()) {
        await expect.poll(() => pages.review.number('left')).toBe(SONGS.length - index);
        await pages.review.labels.first().waitFor();
        const title = (await pages.review.title.textContent()) ?? '';
        expect(titles).not.toContain(title);
        titles.push(title);
        await act();
      }
      await app.page.getByRole('heading', { name: 'Nothing is left to review' }).waitFor();
      expect(new Set(titles)).toEqual(new Set(SONGS.map((song) => song.title)));
    });

    it('finds what was called no music among what is no music', async () => {
      await pages.shell.goTo('Library');
      await expect.poll(() => pages.library.count('Not music')).toBe(1);
      await pages.library.show('Not music');
      await pages.library.rowOf(titles[2]!).waitFor();
      await pages.library.show('All tracks');
    });

    it('takes three steps back, each at its track, and goes on there after a restart of the window', async () => {
      await app.page.keyboard.press('r');
      for (const index of [3, 2, 1]) {
        await app.page.keyboard.press('u');
        await atHand(titles[index]!);
      }
      await app.page.reload();
      await pages.shell.viewButton('Review').waitFor();
      await app.page.keyboard.press('r');
      await atHand(titles[1]!);
      expect(await pages.review.number('left')).toBe(3);
    });

    it('sees what the album says, and gives what waits one genre, the list before its eyes', async () => {
      await expect.poll(() => pages.review.around('Album').textContent()).toContain('Test Signals');
      await app.page.keyboard.press('a');
      await expect.poll(() => pages.review.share.getByRole('checkbox').count()).toBe(SONGS.length + 1);
      await expect.poll(() => pages.review.mate(titles[0]!).isChecked()).toBe(false);
      await expect.poll(() => pages.review.mate(titles[3]!).isChecked()).toBe(true);
      await expect.poll(() => pages.review.confirm.textContent()).toMatch(/ for 3 tracks$/);
      await pages.review.confirm.focus();
      await app.page.keyboard.press('Enter');
      await app.page.getByRole('heading', { name: 'Nothing is left to review' }).waitFor();
    });

    it('writes just that', async () => {
      const before = bytesOf(music);
      // In review the digits are genres.
      await app.page.keyboard.press('Escape');
      await pages.library.table.waitFor();
      await app.page.keyboard.press('2');
      await expect.poll(() => pages.write.writeButton.textContent()).toBe(`Write ${SONGS.length} files`);
      expect(bytesOf(music)).toEqual(before);
      await pages.write.writeButton.click();
      for (const { file } of SONGS) await pages.write.result(file).waitFor();
      const genres = await Promise.all(
        SONGS.map(async ({ file }) => {
          const tags = await readTags(join(music, file));
          if (!tags.ok) throw new Error(tags.failure.message);
          return tags.value.genres.join();
        }),
      );
      expect(genres.every((genre) => genre !== '' && genre !== 'Other' && genre !== 'Unknown')).toBe(true);
    });
  });
});
