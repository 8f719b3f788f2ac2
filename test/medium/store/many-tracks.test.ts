import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SORT_COLUMNS } from '#shared/contract/schemas';
import { openStore, type Store } from '../../../src/main/store';
import { inBulk } from '../../../src/main/store/bulk';
import { openDatabase, type Database } from '../../../src/main/store/driver';
import { pageSql } from '../../../src/main/store/query';
import { heardQuickly } from '../../../src/main/store/results';
import { MISSING_LIKE } from '../../../src/main/store/tracks';
import { temporaryFolder } from '../../builders/backend';
import { buildBigLibrary } from '../../builders/big-library';

const folder = temporaryFolder();
const path = join(folder.path, 'library.db');
const COUNT = 1200;
let store: Store;
let db: Database;

beforeAll(() => {
  buildBigLibrary(path, COUNT).close();
  db = openDatabase(path);
});
afterAll(() => {
  db.close();
  folder.cleanUp();
});

/** In no index of their own: see FACT_SORT of query.ts. */
const SORTED_BY_HAND: readonly string[] = ['year', 'mood', 'analysedAt'];

const indexes = (): unknown[] => db.all(`SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name`);

describe('a large library', () => {
  it('finds the first page of any sort and filter in one index: no table row is read and nothing is sorted', () => {
    // Of its own, since libsql leaves the transaction of an EXPLAIN open.
    const explaining = openDatabase(path);
    for (const column of SORT_COLUMNS.filter((each) => !SORTED_BY_HAND.includes(each)))
      for (const descending of [false, true])
        for (const filter of [
          { quick: 'all', rootId: null },
          { quick: 'unsure', rootId: 1 },
        ] as const) {
          const { sql, params } = pageSql(filter, { column, descending });
          const plan = explaining
            .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, [...params, 200, 0])
            .map(({ detail }) => detail)
            .join('; ');
          expect(plan).toContain('USING COVERING INDEX tracks_by_');
          expect(plan).not.toContain('TEMP B-TREE');
        }
    explaining.close();
  });

  it('finds what is to be heard in full in one index, those in doubt first', () => {
    const explaining = openDatabase(path);
    for (const doubtful of [true, false]) {
      const plan = explaining.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${heardQuickly(doubtful)}`);
      expect(plan.map(({ detail }) => detail)).toEqual([
        expect.stringContaining('USING COVERING INDEX tracks_by_path'),
      ]);
    }
    explaining.close();

    store = buildBigLibrary(join(folder.path, 'quick.db'), 300, '12');
    const ids = store.results.toRefine();
    const rows = store.rows(ids);
    const doubtful = rows.map(({ genre }) => genre!.abstained || genre!.confidence < 0.5);
    expect(ids).toHaveLength(270);
    expect(doubtful).toEqual([...doubtful].sort((a, b) => Number(b) - Number(a)));
    expect(new Set(doubtful).size).toBe(2);
    store.close();
  });

  it('looks for a moved file in indexes only', () => {
    const explaining = openDatabase(path);
    const plan = explaining.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${MISSING_LIKE}`, [1, 'x']);
    explaining.close();
    const steps = plan.map(({ detail }) => detail).filter((detail) => detail.includes('tracks'));
    expect(steps).toHaveLength(2);
    for (const step of steps) expect(step).toMatch(/^SEARCH tracks USING .*INDEX/);
  });

  it('shows another model’s results, and the first one’s again, as if each track had been told alone', () => {
    const first = { model: 'fake@1.0.0', frontEnd: 'fake-1' };
    const before = indexes();
    store = openStore(path);
    store.activate(first);
    const counts = store.queries.quickCounts(null);
    expect(counts.unreviewed).toBeGreaterThan(COUNT / 2);
    store.activate({ model: 'other@1.0.0', frontEnd: 'fake-1' });
    expect(store.queries.quickCounts(null)).toMatchObject({ all: COUNT, unreviewed: 0, unsure: 0, failed: 0 });
    store.activate(first);
    expect(store.queries.quickCounts(null)).toEqual(counts);
    store.close();
    expect(indexes()).toEqual(before);
  });

  it('has all its indexes after a change of very many rows, also where that failed', () => {
    const before = indexes();
    const during: number[] = [];
    const change = (): void => {
      during.push(indexes().length);
      db.run(`UPDATE tracks SET title = 'x'`);
    };
    inBulk(db, 1_000_000, change);
    expect(indexes()).toEqual(before);
    expect(() =>
      inBulk(db, 1_000_000, () => {
        change();
        throw new Error('on the way');
      }),
    ).toThrow('on the way');
    expect(indexes()).toEqual(before);
    inBulk(db, 10, change);
    expect(during.map((count) => count < before.length)).toEqual([true, true, false]);
    expect(db.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  });
});
