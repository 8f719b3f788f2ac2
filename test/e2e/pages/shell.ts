import type { Locator, Page } from 'playwright-core';

export type ViewName = 'Library' | 'Review' | 'Write' | 'Playlists' | 'Insight' | 'Failures';

/** What is around every view: the views' names, the line of progress, messages, the banner. */
export class Shell {
  readonly progress: Locator;
  readonly progressBar: Locator;
  readonly messages: Locator;
  readonly shortcuts: Locator;

  constructor(readonly page: Page) {
    this.progress = page.getByRole('contentinfo', { name: 'Progress' });
    this.progressBar = this.progress.getByRole('progressbar');
    this.messages = page.getByRole('status', { name: 'Messages' });
    this.shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  }

  async goTo(view: ViewName): Promise<void> {
    await this.viewButton(view).click();
  }

  /** The view's button; its name ends in a count where there is one. */
  viewButton(view: ViewName): Locator {
    return this.page.getByRole('navigation', { name: 'Views of the window' }).getByRole('button', { name: view });
  }

  /** Waits until nothing is being scanned, analysed or written. */
  async untilIdle(timeout = 60_000): Promise<void> {
    await this.progressBar.waitFor({ state: 'detached', timeout });
  }

  /** Asks to connect again. The window also tries by itself, so the button may go under the pointer; what counts is what comes next. */
  async tryNow(): Promise<void> {
    await this.page
      .getByRole('button', { name: 'Try now' })
      .click({ timeout: 5_000 })
      .catch(() => undefined);
  }

  async cancelWork(): Promise<void> {
    await this.progress.getByRole('button', { name: 'Cancel' }).click();
  }

  async pauseWork(): Promise<void> {
    await this.progress.getByRole('button', { name: 'Pause' }).click();
  }

  async resumeWork(): Promise<void> {
    await this.progress.getByRole('button', { name: 'Resume' }).click();
  }

  async chooseColours(scheme: 'Light' | 'Dark' | 'As the system'): Promise<void> {
    await this.page.getByRole('button', { name: 'Appearance and models' }).click();
    await this.page.getByRole('menuitemradio', { name: scheme }).click();
  }
}
