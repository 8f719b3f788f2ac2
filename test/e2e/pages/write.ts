import type { Locator, Page } from 'playwright-core';

/** The write desk: plan, write, results, history, undo. */
export class WriteDesk {
  /** The list of planned changes. */
  readonly plan: Locator;
  /** The list of results of the run that is shown. */
  readonly results: Locator;
  readonly writeButton: Locator;
  readonly undoButton: Locator;
  readonly history: Locator;

  constructor(readonly page: Page) {
    this.plan = page.getByRole('region', { name: 'Planned changes' });
    this.results = page.getByRole('region', { name: 'Results' });
    this.writeButton = page.getByRole('main').getByRole('button', { name: /^Write [\d,]+ file/ });
    this.undoButton = page.getByRole('button', { name: 'Undo this write' });
    this.history = page.getByRole('complementary', { name: 'History of writes' });
  }

  planned(fileName: string): Locator {
    return this.plan.getByRole('listitem').filter({ hasText: fileName });
  }

  result(fileName: string): Locator {
    return this.results.getByRole('listitem').filter({ hasText: fileName });
  }

  checkbox(fileName: string): Locator {
    return this.page.getByRole('checkbox', { name: `Write ${fileName}`, exact: true });
  }

  async chooseMode(mode: 'Replace' | 'Add' | 'Fill gaps'): Promise<void> {
    await this.page.getByRole('radiogroup').getByText(mode, { exact: true }).click();
  }

  /** Asks for the undo of the run that is shown, and confirms. */
  async undo(): Promise<void> {
    await this.undoButton.click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Undo the write' }).click();
  }
}
