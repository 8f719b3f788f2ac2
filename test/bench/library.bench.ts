import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { createRefineQueue } from '../../src/main/backend/refine-queue';
import { temporaryFolder } from '../builders/backend';
import { buildBigLibrary } from '../builders/big-library';

/** `npx vitest bench --run test/bench/library`: the table's queries over a library of 100,000 tracks (half a minute to build). */
const folder = temporaryFolder();
const store = buildBigLibrary(join(folder.path, 'library.db'), 100_000, '12');
const { queries } = store;
const all = { text: '', quick: 'all', rootId: null } as const;
const byPath = { column: 'path', descending: false } as const;

afterAll(() => {
  store.close();
  folder.cleanUp();
});

const page = (
  filter: Parameters<typeof queries.count>[0],
  sort: Parameters<typeof queries.ids>[1],
  offset = 0,
): void => {
  queries.count(filter);
  store.rows(queries.ids(filter, sort, 200, offset));
};

describe('100,000 tracks: count and 200 rows', () => {
  bench('by path', () => page(all, byPath));
  bench('by confidence, largest first', () => page(all, { column: 'confidence', descending: true }));
  bench('unsure, by title, in a folder', () =>
    page({ ...all, quick: 'unsure', rootId: 1 }, { column: 'title', descending: false }),
  );
  bench('failed (one in a hundred), by artist', () =>
    page({ ...all, quick: 'failed' }, { column: 'artist', descending: false }),
  );
  bench('a word that some have', () => page({ ...all, text: 'kalomi' }, byPath));
  bench('a word that none has', () => page({ ...all, text: 'nothinglikethis' }, byPath));
  bench('the last page by title', () => page(all, { column: 'title', descending: false }, 99_800));
});

describe('100,000 tracks: the rest', () => {
  bench('numbers beside the quick filters', () => void queries.quickCounts(null));
  bench('all ids, for select all', () => void queries.ids(all, byPath, -1, 0));
  bench('one track in detail', () => void store.detail(500));
  const toRefine = store.results.toRefine();
  bench('what is to be heard in full, 90,000 of them, in order', () => void store.results.toRefine());
  bench('which of them comes next, all of them', () => {
    const sight = { trackIds: toRefine.slice(-60), openId: null };
    for (const id of createRefineQueue(toRefine, () => sight)) if (id < 0) throw new Error('no track');
  });
});
