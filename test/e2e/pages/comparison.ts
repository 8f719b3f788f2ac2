import type { Locator, Page } from 'playwright-core';

/** The dialog that compares models on a track. */
export class ComparisonPage {
  readonly opener: Locator;
  readonly dialog: Locator;
  readonly table: Locator;

  constructor(readonly page: Page) {
    this.opener = page.getByRole('button', { name: 'Compare models…' });
    this.dialog = page.getByRole('dialog', { name: 'Compare models' });
    this.table = this.dialog.getByRole('table');
  }

  model(name: string): Locator {
    return this.dialog.getByRole('checkbox', { name });
  }

  button(name: string | RegExp): Locator {
    return this.dialog.getByRole('button', { name });
  }

  /** The head of a model's column. */
  head(name: string): Locator {
    return this.table.getByRole('columnheader', { name });
  }

  /** A label's shares, one a model: "71%", "–". */
  async shares(label: string): Promise<string[]> {
    const cells = await this.table.getByRole('row', { name: label }).first().getByRole('cell').allInnerTexts();
    return cells.map((text) => text.trim());
  }
}
