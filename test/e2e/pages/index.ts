import type { Page } from 'playwright-core';
import { DetailPane } from './detail';
import { FailuresPage } from './failures';
import { Folders } from './folders';
import { InsightPage } from './insight';
import { LibraryPage } from './library';
import { ReviewDesk } from './review';
import { Shell } from './shell';
import { WriteDesk } from './write';

export interface Pages {
  readonly shell: Shell;
  readonly folders: Folders;
  readonly library: LibraryPage;
  readonly detail: DetailPane;
  readonly write: WriteDesk;
  readonly failures: FailuresPage;
  readonly review: ReviewDesk;
  readonly insight: InsightPage;
}

/** The window's parts as a user knows them, by their accessible names. */
export const pagesOf = (page: Page): Pages => ({
  shell: new Shell(page),
  folders: new Folders(page),
  library: new LibraryPage(page),
  detail: new DetailPane(page),
  write: new WriteDesk(page),
  failures: new FailuresPage(page),
  review: new ReviewDesk(page),
  insight: new InsightPage(page),
});
