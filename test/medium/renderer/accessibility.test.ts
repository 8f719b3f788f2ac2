import { describe, expect, it } from 'vitest';
import { displayLabel } from '#shared/domain/vocabulary';
import { missing } from '../../builders/requirements';
import { colourViolations, seriousViolations } from './axe';
import { benchOfFile, until, type Opened } from './harness';

/** Each screen of the window, and the way there. */
const SCREENS: Readonly<Record<string, (opened: Opened) => Promise<void>>> = {
  'first start': async ({ page }) => {
    await page.getByRole('heading', { name: 'Add a folder of music' }).waitFor();
  },
  'library with a track': async ({ library, detail }) => {
    await library.untilTotal(600);
    await library.row(1).click();
    await detail.histogram('Genre').waitFor();
    await detail.timeline('Genre').waitFor();
  },
  'a track heard by a model with every output': async ({ library, detail }) => {
    await library.untilTotal(600);
    await library.row(1).click();
    await detail.wide.getByRole('button', { name: 'Show all 24' }).click();
    await detail.plane.scrollIntoViewIfNeeded();
  },
  speech: async ({ library, detail }) => {
    await library.show('Not music');
    await library.row(0).click();
    await detail.histogram('Content').waitFor();
  },
  'change form': async ({ library, detail, page }) => {
    await library.untilTotal(600);
    await library.row(1).click();
    await page.keyboard.press('e');
    await detail.form.waitFor();
  },
  'several tracks': async ({ library, page }) => {
    await library.untilTotal(600);
    await library.row(1).click();
    await library.row(6).click({ modifiers: ['Shift'] });
    await page.getByRole('heading', { name: '6 tracks selected' }).waitFor();
  },
  'a failed track': async ({ library, detail }) => {
    await library.show('Failed');
    await library.row(0).click();
    await detail.failure.waitFor();
  },
  'tracks heard quickly': async ({ library, detail, host }) => {
    await library.untilTotal(600);
    const fake = host.backend.library;
    for (const row of fake.rows.slice(0, 300)) fake.replace({ ...row, quick: row.genre !== null });
    const [first] = fake.rows.filter((row) => row.genre?.abstained === false);
    const decision = { action: 'accept' as const, genres: ['Polka'], moods: [], decidedAt: 0 };
    fake.replace({ ...first!, state: 'decided', lookAgain: true, decision });
    fake.changed();
    await library.show('Heard quickly');
    await library.quickSign(0).waitFor();
    await library.show('Look again');
    await library.row(0).click();
    await detail.lookAgain.waitFor();
    await library.quickFirst().click();
  },
  review: async ({ page, review }) => {
    await page.keyboard.press('r');
    await review.labels.first().waitFor();
    await page.keyboard.press('s');
    await review.undoButton.waitFor();
    await review.around('Sounds like this').waitFor();
  },
  'the menu of the table': async ({ page, library }) => {
    await library.untilTotal(600);
    await page.getByRole('button', { name: 'Columns and groups' }).click();
    await page.getByRole('menuitemradio', { name: 'Nothing' }).waitFor();
  },
  'the menu of a column': async ({ page, library }) => {
    await library.untilTotal(600);
    await page.getByRole('columnheader', { name: 'Artist' }).click({ button: 'right' });
    await page.getByRole('menuitem').first().waitFor();
  },
  'review, album by album': async ({ page, review }) => {
    await page.keyboard.press('r');
    await review.decide('Albums');
    await review.album.getByRole('checkbox').nth(1).waitFor();
  },
  'review, typing': async ({ page, review }) => {
    await page.keyboard.press('r');
    await review.labels.first().waitFor();
    await page.keyboard.press('e');
    await page.keyboard.type('ja');
    await review.options.first().waitFor();
  },
  'one genre for similar tracks': async ({ page, review }) => {
    await page.keyboard.press('r');
    await review.startWith('Disagreements');
    await review.around('Sounds like this').waitFor();
    await page.keyboard.press('g');
    await review.share.getByRole('checkbox').nth(1).waitFor();
  },
  'write desk': async ({ library, write, shell, page }) => {
    await library.show('To review');
    await page.keyboard.press('j');
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('Enter');
      await until(() => library.count('Decided')).toBe(i + 1);
    }
    await shell.goTo('Write');
    await write.plan.getByRole('listitem').first().waitFor();
  },
  'write results': async (opened) => {
    const { write } = opened;
    await SCREENS['write desk']?.(opened);
    await write.writeButton.click();
    await write.results.getByRole('listitem').first().waitFor();
    await until(() => write.undoButton.isEnabled()).toBe(true);
  },
  'insight: own tags and heard, with the tracks of a cell': async ({ shell, page }) => {
    await shell.goTo('Insight');
    await page.getByRole('gridcell').nth(1).click();
    await page.getByRole('complementary', { name: 'Tracks picked' }).getByRole('listitem').first().waitFor();
  },
  'insight: what was heard': async ({ shell, page }) => {
    await shell.goTo('Insight');
    await page.getByRole('button', { name: 'What was heard' }).click();
    await page.getByRole('region', { name: 'More genres' }).waitFor();
  },
  'insight: decisions': async ({ shell, page, host }) => {
    const { library } = host.backend;
    for (const row of library.rows.filter(({ genre }) => genre && !genre.abstained).slice(0, 60)) {
      const genres = [displayLabel(row.genre!.top)];
      const decision = { action: 'accept' as const, genres, moods: [], decidedAt: 0 };
      library.replace({ ...row, state: 'decided', decision });
    }
    await shell.goTo('Insight');
    await page.getByRole('button', { name: 'Your decisions' }).click();
    await page.getByRole('img', { name: /^Of 60 genres/ }).waitFor();
  },
  'insight: map': async ({ shell, page }) => {
    await shell.goTo('Insight');
    await page.getByRole('button', { name: 'Map', exact: true }).click();
    await page.getByRole('group', { name: /^Map of [\d,]+ tracks$/ }).waitFor();
    await page.getByRole('list', { name: 'Genres on the map' }).getByRole('button').first().click();
    await page.getByRole('complementary', { name: 'Tracks picked' }).waitFor();
  },
  failures: async ({ shell, failures }) => {
    await shell.goTo('Failures');
    await failures.items.first().waitFor();
  },
  'shortcut sheet': async ({ shell, page }) => {
    await page.keyboard.press('?');
    await shell.shortcuts.waitFor();
  },
  'folder chooser': async ({ folders }) => {
    await folders.addButton.click();
    await folders.chooser.getByRole('button', { name: 'Music' }).waitFor();
  },
};

describe.skipIf(missing('chromium'))('accessibility', () => {
  const bench = benchOfFile();

  it.each(Object.keys(SCREENS))('axe finds nothing serious, light and dark: %s', async (name) => {
    const opened = await bench.open({ tracks: 600, tickMs: 5, folders: name !== 'first start' });
    await SCREENS[name]?.(opened);
    expect(await seriousViolations(opened.page)).toEqual([]);
    await opened.page.emulateMedia({ colorScheme: 'dark' });
    await opened.page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    expect(await colourViolations(opened.page)).toEqual([]);
  });
});
