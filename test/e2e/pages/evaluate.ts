import type { Locator, Page } from 'playwright-core';

export type EvaluateTab = 'Confusions' | 'By label' | 'Sureness' | 'Map' | 'Sound' | 'Comparison' | 'Not heard';

/** How right models are about labelled music. */
export class EvaluatePage {
  readonly folder: Locator;
  /** What is said of the labels found. */
  readonly look: Locator;
  readonly start: Locator;
  readonly figures: Locator;
  readonly matrix: Locator;
  /** The list of what was picked. */
  readonly picked: Locator;
  readonly another: Locator;

  constructor(readonly page: Page) {
    this.folder = page.getByRole('textbox', { name: 'Folder', exact: true });
    this.look = page.getByRole('region', { name: 'Labels found' });
    this.start = page.getByRole('button', { name: /^Evaluate( [\d,]+ files?)?$/ }).and(page.locator('[type=submit]'));
    this.figures = page.getByRole('region', { name: 'Figures' });
    this.matrix = page.getByRole('grid', { name: 'What is heard as what' });
    this.picked = page.getByRole('complementary', { name: 'Tracks of the evaluation' });
    this.another = page.getByRole('button', { name: 'New evaluation' });
  }

  async open(): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Views of the window' })
      .getByRole('button', { name: 'Evaluate' })
      .click();
  }

  async show(tab: EvaluateTab): Promise<void> {
    const tabs = this.page.getByRole('navigation', { name: 'Parts of the evaluation' });
    await tabs.getByRole('button', { name: tab }).click();
  }

  /** Saves the result, and gives the file's path and the name that it was given. */
  async save(form: 'Page (HTML)' | 'Table of verdicts (CSV)' | 'Everything (JSON)') {
    await this.page.getByRole('button', { name: 'Save as…' }).click();
    const download = this.page.waitForEvent('download');
    await this.page.getByRole('menuitem', { name: form }).click();
    const saved = await download;
    return { path: await saved.path(), name: saved.suggestedFilename() };
  }

  /** A cell by the names of its row and column. */
  async cell(row: string, column: string): Promise<Locator> {
    await this.matrix.waitFor();
    const heads = await this.matrix.getByRole('columnheader').allTextContents();
    const index = heads.findIndex((head) => head.trim() === column);
    if (index < 0) throw new Error(`no column ${column} among ${heads.join(', ')}`);
    return this.matrix
      .getByRole('row', { name: row })
      .getByRole('gridcell')
      .nth(index - 1);
  }

  /** The tracks of the list. */
  get tracks(): Locator {
    return this.picked
      .getByRole('region')
      .getByRole('listitem')
      .filter({ has: this.page.getByRole('list') });
  }
}
