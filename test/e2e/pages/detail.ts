import type { Locator, Page } from 'playwright-core';

/** The pane about the track under the cursor, with the decision. */
export class DetailPane {
  readonly pane: Locator;
  readonly title: Locator;
  readonly accept: Locator;
  readonly change: Locator;
  readonly skip: Locator;
  readonly takeBack: Locator;
  readonly form: Locator;
  /** Own tags, heard and decided side by side. */
  readonly comparison: Locator;
  readonly failure: Locator;
  /** Model, windows, decoder, file. */
  readonly provenance: Locator;
  /** That the full analysis speaks against what was accepted. */
  readonly lookAgain: Locator;
  /** Genres of the wide vocabulary; a row each. */
  readonly wide: Locator;
  /** The valence-arousal plane with its words. */
  readonly plane: Locator;

  readonly zoomIn: Locator;
  readonly zoomOut: Locator;

  constructor(readonly page: Page) {
    this.pane = page.getByRole('complementary', { name: /^(Track|Selected tracks)$/ });
    this.title = this.pane.getByRole('heading', { level: 2 });
    const decide = this.pane.getByRole('group', { name: 'Decide' });
    this.accept = decide.getByRole('button', { name: /^Accept/ });
    this.change = decide.getByRole('button', { name: 'Change' });
    this.skip = decide.getByRole('button', { name: 'Skip' });
    this.takeBack = decide.getByRole('button', { name: 'Take back the decision' });
    this.form = this.pane.getByRole('form');
    this.comparison = this.pane.getByRole('table').filter({ hasText: 'In the file' });
    this.wide = this.pane.getByRole('region', { name: 'More genres' });
    this.plane = this.pane.getByRole('region', { name: 'Valence and arousal' });
    this.provenance = this.pane.getByRole('region', { name: 'Where this comes from' });
    this.lookAgain = this.pane.getByRole('region', { name: 'Look again' });
    this.zoomIn = this.pane.getByRole('button', { name: 'Zoom in' });
    this.zoomOut = this.pane.getByRole('button', { name: 'Zoom out' });
    this.failure = this.pane.getByRole('region', { name: 'Failure' });
  }

  /** The histogram's table; its rows have the label as header, share and windows as cells. */
  histogram(task: 'Genre' | 'Mood' | 'Content'): Locator {
    return this.pane
      .locator('table')
      .filter({ has: this.page.locator('caption', { hasText: new RegExp(`^${task}`) }) });
  }

  timeline(task: 'Genre' | 'Mood'): Locator {
    return this.pane.getByRole('slider', { name: `${task} per window` });
  }

  /** Types values into the change form (which must be open) and saves. */
  async fillAndSave(values: { genres?: readonly string[]; moods?: readonly string[] }): Promise<void> {
    for (const [name, labels] of [
      ['Genre', values.genres],
      ['Mood', values.moods],
    ] as const) {
      const box = this.form.locator('input').and(this.form.getByLabel(name, { exact: true }));
      for (const label of labels ?? []) {
        await box.fill(label);
        await box.press('Enter');
      }
    }
    await this.form.getByRole('button', { name: /^Save/ }).click();
  }
}
