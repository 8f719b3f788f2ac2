import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTags } from '../../src/main/adapters/tags/read-tags';
import { runCli } from '../builders/programs';
import { missing } from '../builders/requirements';
import { chromiumDriver, electronDriver, useTinyModel, type App, type Driver } from './drivers';
import { BROKEN, bytesOf, makeMusic, SONGS } from './music';
import { pagesOf, type Pages } from './pages';

/** The main job, as a collector does it, in each place where the window can be. */
describe.each<Driver>([electronDriver, chromiumDriver])('a collector in $name', (driver) => {
  describe.skipIf(missing(driver.need, 'ffmpeg'))('with a folder of music', () => {
    const folder = mkdtempSync(join(tmpdir(), 'story-'));
    const music = join(folder, 'music');
    const library = join(folder, 'library.sqlite');
    let app: App;
    let pages: Pages;
    let before: Map<string, string>;

    const tagsOf = async (file: string) => {
      const tags = await readTags(join(music, file));
      if (!tags.ok) throw new Error(tags.failure.message);
      return tags.value;
    };

    beforeAll(async () => {
      makeMusic(music);
      before = bytesOf(music);
      useTinyModel(join(folder, 'home'));
      app = await driver.open(library, join(folder, 'home'));
      pages = pagesOf(app.page);
    });

    afterAll(async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('is told at the first start what to do', async () => {
      await app.page.getByRole('heading', { name: 'Add a folder of music' }).waitFor();
    });

    it('adds the folder, and its tracks are found and listened to', async () => {
      await app.chooseFolder(music, () => pages.folders.addButton.click());
      await pages.folders.folder('music').waitFor();
      await pages.library.untilTotal(SONGS.length + BROKEN.length);
      await expect.poll(() => pages.library.count('To review'), { timeout: 90_000 }).toBe(SONGS.length);
      await pages.shell.untilIdle();
      for (const [index, { title }] of SONGS.entries())
        await expect.poll(() => pages.library.cell(index, 'Title').textContent()).toContain(title);
    });

    it('sees what was heard, as histograms that add up', async () => {
      await pages.library.rowOf('First Light').click();
      await expect.poll(() => pages.detail.title.textContent()).toBe('First Light');
      for (const task of ['Genre', 'Mood'] as const) {
        const bars = pages.detail.histogram(task);
        await bars.waitFor();
        const shares = [...(await bars.locator('tbody').innerText()).matchAll(/(\d+)\s?%/g)].map(([, share]) =>
          Number(share),
        );
        const sum = shares.reduce((total, share) => total + share, 0);
        // Whole per cents of up to ten bars: rounding may move the sum by half a per cent each.
        expect(sum).toBeGreaterThanOrEqual(95);
        expect(sum).toBeLessThanOrEqual(105);
        await pages.detail.timeline(task).waitFor();
      }
    });

    it('finds the files that failed, each with the reason', async () => {
      await pages.shell.goTo('Failures');
      for (const name of BROKEN) await pages.failures.item(name).waitFor();
      const text = (await pages.failures.item(BROKEN[1]).textContent()) ?? '';
      expect(text).toMatch(/empty/i);
      await pages.shell.goTo('Library');
    });

    it('accepts three tracks by keyboard alone', async () => {
      await pages.library.show('All tracks');
      await pages.library.row(0).click();
      for (let accepted = 1; accepted <= 3; accepted++) {
        await app.page.keyboard.press('Enter');
        await expect.poll(() => pages.library.count('Decided')).toBe(accepted);
      }
    });

    it('sees on the write desk what will change, and nothing has changed yet', async () => {
      await app.page.keyboard.press('2');
      for (const { file, genre } of SONGS.slice(0, 3)) {
        const entry = pages.write.planned(file);
        await entry.waitFor();
        if (genre !== undefined) await expect.poll(() => entry.textContent()).toContain(genre);
      }
      await expect.poll(() => pages.write.plan.getByRole('listitem').filter({ hasText: '04.mp3' }).count()).toBe(0);
      expect(bytesOf(music)).toEqual(before);
    });

    it('writes, and the genres are in the files, and nothing else was touched', async () => {
      await pages.write.writeButton.click();
      for (const { file } of SONGS.slice(0, 3)) await pages.write.result(file).waitFor();
      for (const { file, title, genre } of SONGS.slice(0, 3)) {
        const tags = await tagsOf(file);
        expect(tags.genres).toHaveLength(1);
        expect(tags.genres[0]).not.toBe(genre);
        expect(tags.moods).toHaveLength(1);
        expect(tags.title).toBe(title);
      }
      const after = bytesOf(music);
      for (const name of ['04.mp3', ...BROKEN]) expect(after.get(name)).toBe(before.get(name));
    });

    it('keeps the command line out while the window has the library open', async () => {
      const { code, stderr } = await runCli(['scan', music, '--library', library]);
      expect(code).toBe(3);
      expect(stderr).toMatch(/open|use/i);
    });

    it('undoes the write, and every byte is as it was', async () => {
      await pages.write.undo();
      await expect.poll(() => bytesOf(music)).toEqual(before);
    });

    it('takes the undo back, and then goes back to day 0', async () => {
      await expect.poll(() => pages.write.redoButton.isEnabled()).toBe(true);
      await pages.write.redo();
      // The sentence is the same as after the undo; the files tell when this one is done.
      for (const { file } of SONGS.slice(0, 3))
        await expect.poll(async () => (await tagsOf(file)).genres, { timeout: 30_000 }).toHaveLength(1);
      await expect.poll(() => pages.write.outcome.textContent()).toBe('3 files put back.');
      expect(bytesOf(music)).not.toEqual(before);
      await expect.poll(() => pages.write.dayZeroButton.isEnabled()).toBe(true);
      expect(await pages.write.backToDayZero()).toContain('3 files that Genregram ever wrote');
      await expect.poll(() => bytesOf(music)).toEqual(before);
      await expect.poll(() => pages.write.run(4).textContent()).toContain('Undo · 3 files');
    });

    it('goes on after the backend has crashed', async () => {
      await app.killBackend();
      await app.page.keyboard.press('1');
      await pages.library.show('All tracks');
      await pages.library.untilTotal(SONGS.length + BROKEN.length, 30_000);
      // What is known already is shown before the new backend is there; until then a decision is refused with a notice.
      const skip = async (): Promise<string | null> => {
        await pages.library.rowOf('Fourth Wall').click();
        await pages.detail.accept.waitFor();
        await app.page.keyboard.press('s');
        return pages.library.cell(3, 'State').textContent();
      };
      await expect.poll(skip, { interval: 500 }).toContain('Skipped');
    });
  });
});
