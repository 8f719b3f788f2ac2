import type { Locator, Page } from 'playwright-core';

/** The folders in the sidebar, and the window's own folder chooser. */
export class Folders {
  readonly section: Locator;
  readonly addButton: Locator;
  readonly chooser: Locator;

  constructor(readonly page: Page) {
    this.section = page.getByRole('region', { name: 'Folders' });
    this.addButton = this.section.getByRole('button', { name: 'Add folder' });
    this.chooser = page.getByRole('dialog', { name: 'Choose a folder of music' });
  }

  /** A folder of the library by its last name. */
  folder(name: string): Locator {
    return this.section.getByRole('button', { name: new RegExp(`^${escape(name)} ?[\\d,]*$`) });
  }

  /** Goes to a path in the window's own chooser, which must be open, and adds it. */
  async chooseInWindow(path: string): Promise<void> {
    const typed = this.chooser.getByRole('textbox', { name: 'Folder path' });
    await typed.fill(path);
    await typed.press('Enter');
    const name = path.replace(/[/\\]+$/, '').replace(/^.*[/\\]/, '');
    await this.chooser.getByRole('button', { name: `Add “${name}”` }).click();
    await this.chooser.waitFor({ state: 'hidden' });
  }

  async scan(): Promise<void> {
    await this.section.getByRole('button', { name: 'Scan', exact: true }).click();
  }

  async remove(name: string): Promise<void> {
    await this.section.getByRole('button', { name: `Actions for ${name}` }).click();
    await this.page.getByRole('menuitem', { name: 'Remove from library…' }).click();
    await this.page.getByRole('dialog').getByRole('button', { name: 'Remove folder' }).click();
  }
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
