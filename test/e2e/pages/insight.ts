import type { Locator, Page } from 'playwright-core';

export type InsightTab = 'Own tags and heard' | 'What was heard' | 'Your decisions' | 'Change of model' | 'Map';

/** The library as a whole. */
export class InsightPage {
  readonly matrix: Locator;
  /** The list of what was picked. */
  readonly picked: Locator;
  readonly accept: Locator;
  readonly skip: Locator;
  readonly inLibrary: Locator;

  constructor(readonly page: Page) {
    this.matrix = page.getByRole('grid', { name: 'Own genre and heard' });
    this.picked = page.getByRole('complementary', { name: 'Tracks picked' });
    this.accept = this.picked.getByRole('button', { name: /^Accept what was heard/ });
    this.skip = this.picked.getByRole('button', { name: 'Skip all' });
    this.inLibrary = this.picked.getByRole('button', { name: 'One by one, in the library' });
  }

  async show(tab: InsightTab): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Parts of Insight' }).getByRole('button', { name: tab }).click();
  }

  /** A cell by the names of its row and column, which start with these words. */
  async cell(row: string, column: string): Promise<Locator> {
    const heads = await this.matrix.getByRole('columnheader').allTextContents();
    const index = heads.findIndex((head) => head.trim() === column);
    return this.matrix
      .getByRole('row', { name: row })
      .getByRole('gridcell')
      .nth(index - 1);
  }

  /** The sentence over the chart. */
  says(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true }).locator('header p').first();
  }

  bars(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true }).getByRole('table');
  }
}
