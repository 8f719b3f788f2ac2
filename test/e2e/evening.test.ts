import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../builders/requirements';
import { chromiumDriver, electronDriver, useTinyModel, type App, type Driver } from './drivers';
import { pagesOf, type Pages } from './pages';

const TRACKS = 24;
const BY_KEYS = 20;

/** Short MP3 files that all call themselves Rock; each with a sound of its own. */
function makeManyTracks(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let n = 1; n <= TRACKS; n++) {
    const name = `Song ${String(n).padStart(2, '0')}`;
    const tags = { title: name, artist: 'The Builders', album: `Album ${n % 3}`, genre: 'Rock' };
    execFileSync('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', `sine=f=${110 + 30 * n}`, '-t', '12', '-b:a', '64k'],
      ...Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
      join(folder, `${name}.mp3`),
    ]);
  }
}

/** What goes wrong and what takes long: a model that is missing, a backend that dies while it scans, many tracks by keyboard, a whole cell at once. */
describe.each<Driver>([electronDriver, chromiumDriver])('a collector’s long evening in $name', (driver) => {
  describe.skipIf(missing(driver.need, 'ffmpeg'))('with two dozen tracks', () => {
    const folder = mkdtempSync(join(tmpdir(), 'evening-'));
    const [music, home] = [join(folder, 'music'), join(folder, 'home')];
    const model = join(home, 'data', 'Genregram', 'models', 'base', 'model.onnx');
    let app: App;
    let pages: Pages;

    beforeAll(async () => {
      makeManyTracks(music);
      useTinyModel(home);
      renameSync(model, `${model}.gone`);
      app = await driver.open(join(folder, 'library.sqlite'), home);
      pages = pagesOf(app.page);
    });

    afterAll(async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    });

    it('is told that the model is missing, has the tracks listed all the same, and none of them is blamed', async () => {
      await app.page.getByText(/The chosen model base can’t be used/).waitFor();
      await app.chooseFolder(music, () => pages.folders.addButton.click());
      await pages.library.untilTotal(TRACKS, 60_000);
      await pages.shell.untilIdle();
      await expect.poll(() => pages.library.count('Failed')).toBe(0);
      await expect.poll(() => pages.library.count('To review')).toBe(0);
    });

    it('puts the model back, and goes on after the backend died while it listened', async () => {
      renameSync(`${model}.gone`, model);
      await pages.folders.scan();
      await expect.poll(() => pages.library.count('To review'), { timeout: 90_000 }).toBeGreaterThan(0);
      await app.killBackend();
      await pages.shell.tryNow();
      await app.page.getByText(/The chosen model base can’t be used/).waitFor({ state: 'detached' });
      await pages.library.untilTotal(TRACKS, 60_000);
      await pages.folders.scan();
      await expect.poll(() => pages.library.count('To review'), { timeout: 90_000 }).toBe(TRACKS);
      await pages.shell.untilIdle();
      await expect.poll(() => pages.library.count('Failed')).toBe(0);
    });

    it('decides twenty tracks by keyboard alone', async () => {
      await app.page.keyboard.press('r');
      const met = new Set<string>();
      for (let done = 0; done < BY_KEYS; done++) {
        await expect.poll(() => pages.review.number('left')).toBe(TRACKS - done);
        await pages.review.labels.first().waitFor();
        met.add((await pages.review.title.textContent()) ?? '');
        await app.page.keyboard.press(['1', '2', 's', 'n'][done % 4]!);
      }
      await expect.poll(() => pages.review.number('left')).toBe(TRACKS - BY_KEYS);
      expect(met.size).toBe(BY_KEYS);
      await app.page.keyboard.press('Escape');
      await expect.poll(() => pages.library.count('To review')).toBe(TRACKS - BY_KEYS);
    });

    it('finds the others where tags and model disagree, accepts them all at once, and takes that back at once', async () => {
      await app.page.keyboard.press('i');
      const cells = pages.insight.matrix.getByRole('row', { name: 'Rock' }).getByRole('gridcell');
      await expect.poll(async () => (await cells.allTextContents()).some((text) => /^\d+$/.test(text))).toBe(true);
      const counts = (await cells.allTextContents()).map((text) => Number(/^\d+$/.exec(text)?.[0] ?? 0));
      const largest = counts.indexOf(Math.max(...counts));
      await cells.nth(largest).click();
      const waiting = async () => Number(/(\d+) waiting/.exec((await pages.insight.picked.textContent()) ?? '')?.[1]);
      await expect.poll(waiting).toBeGreaterThan(0);
      const left = await waiting();
      await pages.insight.accept.click();
      await expect.poll(waiting).toBe(0);
      await pages.shell.messages.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(waiting).toBe(left);
      await pages.shell.goTo('Library');
      await expect.poll(() => pages.library.count('To review')).toBe(TRACKS - BY_KEYS);
    });
  });
});
