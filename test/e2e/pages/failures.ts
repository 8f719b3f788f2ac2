import type { Locator, Page } from 'playwright-core';

/** The list of files that failed. */
export class FailuresPage {
  readonly list: Locator;
  readonly items: Locator;

  constructor(readonly page: Page) {
    this.list = page.getByRole('region', { name: 'Files that failed' });
    this.items = this.list.getByRole('listitem');
  }

  item(fileName: string): Locator {
    return this.items.filter({ hasText: fileName });
  }
}
