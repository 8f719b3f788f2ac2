import type { Locator, Page } from 'playwright-core';

export type QuickFilterName =
  | 'All tracks'
  | 'No genre'
  | 'Disagrees'
  | 'Unsure'
  | 'Not music'
  | 'To review'
  | 'Decided'
  | 'Failed'
  | 'Stale'
  | 'Heard quickly'
  | 'Look again';
export type ColumnName = 'Title' | 'Artist' | 'Album' | 'Own genre' | 'Heard' | 'Sure' | 'State';

const COLUMNS: readonly ColumnName[] = ['Title', 'Artist', 'Album', 'Own genre', 'Heard', 'Sure', 'State'];

/** The table of tracks with its filters. */
export class LibraryPage {
  readonly table: Locator;
  /** The rows that are in the page: those in sight and a few around them. */
  readonly rows: Locator;
  readonly filter: Locator;

  constructor(readonly page: Page) {
    this.table = page.getByRole('grid', { name: 'Tracks' });
    this.rows = this.table.locator('[role=row][aria-selected]');
    this.filter = page.getByRole('combobox', { name: 'Filter tracks' });
  }

  /** How many tracks the list has, in sight or not. */
  async total(): Promise<number> {
    return Number(await this.table.getAttribute('aria-rowcount')) - 1;
  }

  /** Waits until the list has so many tracks. */
  async untilTotal(count: number, timeout = 15_000): Promise<void> {
    await this.page.locator(`[role=grid][aria-rowcount="${count + 1}"]:not([aria-busy=true])`).waitFor({ timeout });
  }

  /** The row at a place of the list, from 0; it must be in sight. */
  row(index: number): Locator {
    return this.table.locator(`[role=row][aria-rowindex="${index + 2}"]`);
  }

  rowOf(title: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('gridcell', { name: title, exact: true }) });
  }

  cell(index: number, column: ColumnName): Locator {
    return this.row(index).getByRole('gridcell').nth(COLUMNS.indexOf(column));
  }

  /** A line of the list under the filter. */
  suggestion(name: string | RegExp): Locator {
    return this.page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option', { name });
  }

  /** A saved view in the sidebar. */
  savedView(name: string): Locator {
    return this.page.getByRole('region', { name: 'Saved' }).getByRole('button', { name: new RegExp(`^${name}`) });
  }

  /** Saves what is shown under a name. */
  async saveView(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Save this view…' }).click();
    await this.page.getByRole('textbox', { name: 'Name' }).fill(name);
    await this.page.keyboard.press('Enter');
    // It gives the focus back when it has faded.
    await this.page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  async viewAction(name: string, item: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${name}` }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** The menu of columns and groups; presses one of its lines. */
  async inTableMenu(...items: readonly string[]): Promise<void> {
    await this.page.getByRole('button', { name: 'Columns and groups' }).click();
    for (const item of items) {
      const group = /^(Nothing|Album|Artist|Folder|Heard genre)$/.test(item);
      await this.page.getByRole(group ? 'menuitemradio' : 'menuitemcheckbox', { name: item }).click();
    }
    await this.page.keyboard.press('Escape');
  }

  head(column: string): Locator {
    return this.table.getByRole('columnheader', { name: column });
  }

  columnNames(): Promise<string[]> {
    return this.table.getByRole('columnheader').allTextContents();
  }

  /** The heads of groups that are in the page. */
  groups(): Locator {
    return this.table.locator('[role=row]', { has: this.page.locator('[aria-colspan]') });
  }

  /** The sign of a quick verdict in the row. */
  quickSign(index: number): Locator {
    return this.row(index).getByRole('img', { name: 'Heard quickly' });
  }

  /** The switch beside the button that starts a scan. */
  quickFirst(): Locator {
    return this.page.getByRole('button', { name: 'Quick look first' });
  }

  selected(): Locator {
    return this.table.locator('[role=row][aria-selected=true]');
  }

  async sortBy(column: ColumnName | 'Year'): Promise<void> {
    await this.table.getByRole('columnheader', { name: column }).getByRole('button').click();
  }

  /** Shows a view, and waits until the list is its list: until then a click would meet a row of the last one. */
  async show(filter: QuickFilterName): Promise<void> {
    await this.quick(filter).click();
    await this.page.locator('[role=grid][aria-busy=true]').waitFor({ state: 'detached' });
  }

  quick(filter: QuickFilterName): Locator {
    return this.page.getByRole('region', { name: 'Views' }).getByRole('button', { name: filter });
  }

  /** The number beside a quick filter. */
  async count(filter: QuickFilterName): Promise<number> {
    const text = (await this.quick(filter).textContent()) ?? '';
    return Number(text.replace(filter, '').replaceAll(',', ''));
  }
}
