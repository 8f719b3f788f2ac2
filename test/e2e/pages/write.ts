import type { Locator, Page } from 'playwright-core';

/** The write desk: plan, write, results, history, undo. */
export class WriteDesk {
  /** The list of planned changes. */
  readonly plan: Locator;
  /** The list of results of the run that is shown. */
  readonly results: Locator;
  readonly writeButton: Locator;
  readonly filter: Locator;
  readonly undoButton: Locator;
  readonly redoButton: Locator;
  readonly dayZeroButton: Locator;
  /** How the run that is shown went, in a sentence. */
  readonly outcome: Locator;
  readonly history: Locator;

  constructor(readonly page: Page) {
    this.plan = page.getByRole('region', { name: 'Planned changes' });
    this.results = page.getByRole('region', { name: 'Results' });
    this.writeButton = page.getByRole('main').getByRole('button', { name: /^Write [\d,]+ file/ });
    this.filter = page.getByRole('searchbox', { name: 'Filter files' });
    this.undoButton = page.getByRole('button', { name: 'Undo this write' });
    this.redoButton = page.getByRole('button', { name: 'Take this undo back' });
    this.dayZeroButton = page.getByRole('button', { name: 'Back to day 0…' });
    this.outcome = page.getByRole('main').getByRole('status');
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

  /** A run of the history by its number. */
  run(id: number): Locator {
    return this.history.getByRole('button', { name: new RegExp(`^Run ${id}\\b`) });
  }

  /** Asks for the undo of the run that is shown, and confirms. */
  async undo(): Promise<void> {
    await this.undoButton.click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Undo the write' }).click();
  }

  /** Takes the undo that is shown back, and confirms. */
  async redo(): Promise<void> {
    await this.redoButton.click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Write it again' }).click();
  }

  async undoFile(fileName: string): Promise<void> {
    await this.page.getByRole('button', { name: `Undo this file: ${fileName}` }).click();
  }

  /** Asks for everything to be put back; gives what the question says, and confirms. */
  async backToDayZero(): Promise<string> {
    await this.dayZeroButton.click();
    const dialog = this.page.getByRole('dialog', { name: 'Put every file back to day 0?' });
    const text = (await dialog.textContent()) ?? '';
    await dialog.getByRole('button', { name: /^Put [\d,]+ files? back$/ }).click();
    return text;
  }
}
