import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { EvaluatePage } from '../../e2e/pages/evaluate';
import { fakeShelf, moodShelf } from '../../builders/fake-models';
import { missing } from '../../builders/requirements';
import { seriousViolations } from './axe';
import { benchOfFile, openFromMenu, until, type Opened } from './harness';

/** Where pictures of the dialog go, for looking at; none are taken without it. */
const PICTURES = process.env['GENREGRAM_PICTURES'];

async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

describe.skipIf(missing('chromium'))('the dialog of models', () => {
  const bench = benchOfFile();

  const openDialog = (opened: Opened) => openFromMenu(opened, 'Models…', 'Models');

  it('shows which model is in use, takes another one, and removes it once it is not', async () => {
    const opened = await bench.open();
    const dialog = await openDialog(opened);
    await until(() => dialog.getByRole('listitem').filter({ hasText: 'In use' }).textContent()).toContain(
      'Genregram base',
    );
    await dialog.getByText('Mean of 2 × base, 1 × small').waitFor();
    await dialog.getByText('listens to pictures of the mel spectrum, 30.0 s at a time').waitFor();
    await dialog.getByRole('button', { name: 'Use A tagger of somebody else' }).click();
    await until(async () => dialog.getByRole('listitem').filter({ hasText: 'In use' }).textContent()).toContain(
      'tagger-50',
    );
    await until(() => dialog.getByRole('button', { name: 'Remove A tagger of somebody else' }).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Use Genregram base' }).click();
    await dialog.getByRole('button', { name: 'Remove A tagger of somebody else' }).click();
    await dialog.getByRole('button', { name: 'Delete its files A tagger of somebody else' }).click();
    await until(async () => dialog.getByText('tagger-50').count()).toBe(0);
  });

  it('says of a broken pack which folder and field are at fault', async () => {
    const dialog = await openDialog(await bench.open());
    const broken = dialog.getByRole('region', { name: 'Can’t be used' });
    const text = await broken.textContent();
    expect(text).toContain('half-copied');
    expect(text).toContain('sha256');
    expect(text).toContain('/models/half');
    expect(text).toContain('fetch the model again');
  });

  it('adds the pack of a folder, and says why it can’t', async () => {
    const opened = await bench.open();
    const { page } = opened;
    const dialog = await openDialog(opened);
    const add = async (folder: string): Promise<void> => {
      await dialog.getByRole('button', { name: 'Add a model pack…' }).click();
      const chooser = page.getByRole('dialog', { name: 'Choose the folder of a model pack' });
      await chooser.getByRole('button', { name: folder, exact: true }).click();
      await chooser.getByRole('button', { name: `Check and add “${folder}”` }).click();
    };
    await add('Music');
    await page.getByText(/no readable model\.json in .*Music/).waitFor();
    await add('Albums');
    await dialog.getByText('A new pack').waitFor();
  });

  it('says at the top of the window that the chosen model is broken, until another one is chosen', async () => {
    const shelf = fakeShelf();
    const problem = { code: shelf.problems[0]!.code, message: shelf.problems[0]!.message };
    const models = shelf.models.map((model) => ({ ...model, chosen: false }));
    const opened = await bench.open({
      models: { ...shelf, models, chosen: { id: 'half-copied', by: 'setting', problem } },
    });
    const { page } = opened;
    await page.getByText('The chosen model half-copied can’t be used').waitFor();
    await page.getByRole('button', { name: 'Models…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Models' });
    await dialog.getByRole('button', { name: 'Use Genregram base' }).click();
    await until(async () => page.getByText('The chosen model half-copied can’t be used').count()).toBe(0);
  });

  it('marks stale tracks in the table and lists them in a view', async () => {
    const { page, host, library } = await bench.open({ tracks: 40 });
    const row = host.backend.library.rows.find(({ state }) => state === 'analysed')!;
    host.backend.library.replace({ ...row, stale: true, state: 'new' });
    host.backend.library.changed();
    await until(() => library.count('Stale')).toBe(1);
    await library.show('Stale');
    await until(async () => page.getByRole('grid').getByText('Stale').count()).toBe(1);
    await page.getByRole('grid').getByRole('row').nth(1).click();
    await page.getByText('Heard by base@1.0.0, which is not the model in use.').waitFor();
  });

  it('of moods alone has the window say so where a genre would stand, and offers another', async () => {
    const opened = await bench.open({ tracks: 40, withoutGenre: true, models: moodShelf() });
    const { page, library, detail, shell } = opened;
    const heard = opened.host.backend.library.rows.findIndex(({ mood }) => mood !== null && !mood.abstained);
    await library.row(heard).click();
    const note = detail.pane.getByText('This model hears moods and no genre.');
    await note.waitFor();
    await detail.timeline('Mood').waitFor();
    await until(() => detail.histogram('Mood').count()).toBe(1);
    expect([await detail.histogram('Genre').count(), await detail.timeline('Genre').count()]).toEqual([0, 0]);
    await until(() => library.cell(heard, 'Heard').textContent()).toBe('–');
    await until(() => library.cell(heard, 'Sure').textContent()).toBe('');
    await picture(page, 'no-genre');
    expect(await seriousViolations(page)).toEqual([]);
    await detail.accept.click();
    await until(() => library.cell(heard, 'State').textContent()).toContain('Decided');

    await shell.goTo('Review');
    await page.getByText('No genre: this model hears moods alone').first().waitFor();
    await picture(page, 'no-genre-review');
    await new EvaluatePage(page).open();
    await page.getByText('Moods alone says nothing of genre or whether it is music').waitFor();
    await until(() => page.getByRole('radio', { name: 'Genre', exact: true }).isDisabled()).toBe(true);
    await until(() => page.getByRole('radio', { name: 'Mood', exact: true }).isChecked()).toBe(true);
    await picture(page, 'no-genre-evaluate');

    await shell.goTo('Library');
    await detail.pane.getByRole('button', { name: 'Choose another model' }).click();
    await page.getByRole('dialog', { name: 'Models' }).getByRole('button', { name: 'Use Genregram base' }).waitFor();
  });

  it.each(['light', 'dark'] as const)('has no accessibility fault in %s', async (scheme) => {
    const opened = await bench.open({ scheme });
    await openDialog(opened);
    await opened.page.waitForTimeout(400);
    await picture(opened.page, `models-${scheme}`);
    expect(await seriousViolations(opened.page)).toEqual([]);
  });
});
