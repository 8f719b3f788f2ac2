import type { Locator, Page } from 'playwright-core';

export type OrderName = 'Doubtful' | 'Disagreements' | 'Settles most' | 'By album';

/** One track after the other, large. */
export class ReviewDesk {
  readonly desk: Locator;
  readonly title: Locator;
  /** What was heard, what the file says, what was decided. */
  readonly facts: Locator;
  readonly labels: Locator;
  readonly typing: Locator;
  readonly options: Locator;
  readonly progress: Locator;
  readonly undoButton: Locator;
  readonly accept: Locator;
  /** The album at hand: its tracks, each to be left out. */
  readonly album: Locator;
  readonly each: Locator;
  /** The list of tracks that may get the same decision. */
  readonly share: Locator;
  readonly confirm: Locator;

  constructor(readonly page: Page) {
    this.desk = page.getByRole('main', { name: 'Review' });
    this.title = this.desk.getByRole('heading', { level: 2 });
    this.facts = this.desk.locator('dl');
    this.labels = this.desk.getByRole('list', { name: 'Genres by number' }).getByRole('button');
    this.typing = this.desk.getByLabel('Another genre').and(page.locator('input'));
    this.options = page.getByRole('option');
    this.progress = this.desk.getByRole('group', { name: 'Progress of the review' });
    this.undoButton = this.desk.getByRole('button', { name: 'Undo' });
    this.accept = this.desk.getByRole('group', { name: 'Decide' }).getByRole('button').first();
    this.album = this.desk.getByRole('complementary', { name: 'Tracks of the album' });
    this.each = this.desk.getByRole('button', { name: 'Each as heard' });
    this.share = page.getByRole('dialog', { name: /^One genre for/ });
    this.confirm = this.share.getByRole('button', { name: / for \d+ tracks?$/ });
  }

  /** "12 done", "388 left". */
  async number(of: 'done' | 'left'): Promise<number> {
    const text = (await this.progress.textContent()) ?? '';
    return Number(new RegExp(`([\\d,]+) ${of}`).exec(text)?.[1]?.replaceAll(',', ''));
  }

  async startWith(order: OrderName): Promise<void> {
    await this.desk.getByRole('radiogroup', { name: 'What comes first' }).getByText(order).click();
  }

  async decide(unit: 'Tracks' | 'Albums'): Promise<void> {
    await this.desk.getByRole('radiogroup', { name: 'What is decided at a time' }).getByText(unit).click();
  }

  /** A section of what stands around the track. */
  around(heading: 'Album' | 'Artist' | 'Sounds like this'): Locator {
    return this.desk.getByRole('complementary').getByRole('region', { name: heading });
  }

  /** A track of the list, to be taken in or out. */
  mate(title: string): Locator {
    return this.share.getByRole('checkbox', { name: title });
  }
}
