import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { GROUP_BYS } from '#shared/contract/grouping';
import { buildBigLibrary } from '../builders/big-library';
import { temporaryFolder } from '../builders/temporary-folder';

/**
 * `npx vitest bench --run test/bench/finding`: searches of a library of 100,000 tracks, from the text to the first 200 rows, none of it
 * remembered from the time before.
 */
const folder = temporaryFolder();
const store = buildBigLibrary(join(folder.path, 'library.db'), 100_000, '12');
const { queries, values } = store;
const byPath = { column: 'path', descending: false } as const;
let changes = 0;

afterAll(() => {
  store.close();
  folder.cleanUp();
});

/** After some change, so that the list is found anew. */
const page = (text: string, sort: Parameters<typeof queries.ids>[1] = byPath): void => {
  store.settings.set('bench', String(changes++));
  const filter = { text, quick: 'all', rootId: null } as const;
  queries.count(filter, sort);
  store.rows(queries.ids(filter, sort, 200, 0));
};

const SEARCHES = [
  'kalomi',
  'mp3',
  'artist:"artist 12"',
  'path:album',
  'genre:rock',
  'heard:rock',
  'mood:sad',
  'share:metal>0.3',
  '-share:metal>0.3',
  'confidence<0.6',
  'state:unreviewed',
  'year:1990..1999',
  'duration>200',
  'heard:rock or heard:jazz year>1980 -mood:sad kalo',
];

describe('100,000 tracks: count and the first 200 rows of a search', () => {
  for (const text of SEARCHES) bench(text, () => page(text));
  bench('year:1990..1999, by year', () => page('year:1990..1999', { column: 'year', descending: true }));
});

describe('100,000 tracks: further pages, and values', () => {
  bench('a page in the middle of confidence<0.6', () => {
    store.rows(queries.ids({ text: 'confidence<0.6', quick: 'all', rootId: null }, byPath, 200, 30_000));
  });
  for (const field of ['artist', 'genre', 'heard'] as const)
    bench(`the values of ${field}`, () => void values(field, '', 8));
});

describe('100,000 tracks: groups', () => {
  for (const groupBy of GROUP_BYS) {
    const grouped = { text: '', quick: 'all', rootId: null, groupBy } as const;
    bench(`by ${groupBy}: groups and 200 rows`, () => {
      store.settings.set('bench', String(changes++));
      queries.groups(grouped, byPath);
      store.rows(queries.ids(grouped, byPath, 200, 0));
    });
    bench(`by ${groupBy}: 50 heads`, () => void queries.groupHeads(grouped, byPath, 0, 50));
  }
});
