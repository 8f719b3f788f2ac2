import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/main/store';
import { openDatabase } from '../../../src/main/store/driver';
import { buildBigLibrary } from '../../builders/big-library';
import { temporaryFolder } from '../../builders/temporary-folder';

const all = { quick: 'all', rootId: null } as const;
const byPath = { column: 'path', descending: false } as const;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.cleanUp();
});

describe('what searches compare', () => {
  it.each([
    [
      'its model is chosen',
      (store: ReturnType<typeof openStore>) => store.activate({ model: 'fake@1.0.0', frontEnd: 'fake-1' }),
    ],
    ['no model can be chosen', (store: ReturnType<typeof openStore>) => store.activateLast()],
  ])('is made for a library that an older version left without it, once %s', (_, show) => {
    const path = join(folder.path, 'library.db');
    const before = buildBigLibrary(path, 60);
    const found = before.queries.ids({ ...all, text: 'confidence<0.6' }, byPath, -1, 0);
    expect(found.length).toBeGreaterThan(0);
    before.close();
    const db = openDatabase(path);
    db.exec(`DELETE FROM track_facts;
      UPDATE settings SET value = '["fake@1.0.0","fake-1",3]' WHERE key = 'active-model'`);
    db.close();

    const store = openStore(path);
    show(store);
    expect(store.queries.ids({ ...all, text: 'confidence<0.6' }, byPath, -1, 0)).toEqual(found);
    store.close();
  });

  it('follows each change, and goes with its track', () => {
    const store = buildBigLibrary(join(folder.path, 'library.db'), 60);
    const ids = (text: string) => store.queries.ids({ ...all, text }, byPath, -1, 0);
    const [first = 0] = ids('');
    const decision = { action: 'change' as const, genres: ['Zeuhl'], moods: ['Calm'], decidedAt: 1 };
    store.decisions.set([{ trackId: first, decision }]);
    expect([ids('genre:zeuhl'), ids('genre:zeuhl mood:calm state:decided')]).toEqual([[first], [first]]);
    store.decisions.set([{ trackId: first, decision: null }]);
    expect(ids('genre:zeuhl')).toEqual([]);
    store.tracks.markMissing([first]);
    expect(ids('path:music')).toHaveLength(59);
    store.roots.remove(1);
    expect(ids('path:music')).toEqual([]);
    store.close();
  });
});
