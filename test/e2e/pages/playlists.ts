import type { Locator, Page } from 'playwright-core';

/** The window of playlists: the list on the left, the open one with its rules and tracks on the right. */
export class PlaylistsPage {
  readonly list: Locator;
  readonly own: Locator;
  readonly readyMade: Locator;
  readonly name: Locator;
  readonly save: Locator;
  readonly rules: Locator;
  readonly found: Locator;
  /** Count, length and size of what is found, in words. */
  readonly figures: Locator;
  readonly rows: Locator;
  /** The folders that are kept up to date. */
  readonly synced: Locator;
  /** The dialog of an export. */
  readonly dialog: Locator;

  constructor(readonly page: Page) {
    this.list = page.getByRole('complementary', { name: 'Playlists' });
    this.own = this.list.getByRole('region', { name: 'My playlists' });
    this.readyMade = this.list.getByRole('region', { name: 'To start from' });
    const main = page.getByRole('main');
    this.name = main.getByRole('textbox', { name: 'Name', exact: true });
    this.save = main.getByRole('button', { name: 'Save', exact: true });
    this.rules = main.getByRole('region', { name: 'Rules' });
    this.found = main.getByRole('region', { name: 'Tracks found' });
    this.figures = this.found.getByRole('status');
    this.rows = this.found
      .getByRole('grid')
      .getByRole('row')
      .filter({ has: page.getByRole('gridcell') });
    this.synced = this.list.getByRole('region', { name: 'Kept up to date' });
    this.dialog = page.getByRole('dialog', { name: /^Export/ });
  }

  async openExport(): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name: 'Export…' }).click();
    await this.dialog.waitFor();
  }

  async begin(): Promise<void> {
    await this.list.getByRole('button', { name: 'New playlist' }).click();
    await this.name.waitFor();
  }

  /** One's own playlist by its name. */
  entry(name: string): Locator {
    return this.own.getByRole('button', { name: new RegExp(`^${name.replace(/[()]/g, '\\$&')}`) });
  }

  /** A control of the rules by its name, as "Rule 2 of 3: field". */
  control(name: string): Locator {
    return this.rules.getByLabel(name, { exact: true });
  }

  async act(name: string, item: string): Promise<void> {
    await this.page
      .getByRole('button', { name: `Actions for ${name}` })
      .first()
      .click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** How many tracks the figures speak of. */
  async count(): Promise<number> {
    return Number(/^([\d,]+) track/.exec((await this.figures.textContent()) ?? '')?.[1]?.replaceAll(',', '') ?? NaN);
  }
}
