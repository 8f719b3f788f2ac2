import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFLATED, PLAIN, packSplices, unpackSplices } from '../../../src/main/store/splices';
import { foldText } from '#shared/domain/text';
import { sortKey } from '../../../src/main/store/text';
import { isUnder } from '../../../src/main/store/under-path';
import { openDatabase, bytesOf } from '../../../src/main/store/driver';

describe('splices as a blob', () => {
  it('come back as they were', () => {
    const splice = fc.record({
      offset: fc.maxSafeNat(),
      remove: fc.maxSafeNat(),
      insert: fc.uint8Array({ maxLength: 300 }),
    });
    fc.assert(
      fc.property(fc.array(splice, { maxLength: 12 }), (splices) => {
        expect(unpackSplices(packSplices(splices))).toEqual(splices);
      }),
    );
  });

  it('are deflated where that helps, and read as schema 3 stored them', () => {
    const text = { offset: 7, remove: 2, insert: new Uint8Array(5000).fill(65) };
    const deflated = packSplices([text]);
    expect(deflated.packing).toBe(DEFLATED);
    expect(deflated.bytes.length).toBeLessThan(100);
    const noise = {
      offset: 8_123_456_789_123_457,
      remove: 7_654_321_987_654_321,
      insert: new Uint8Array(randomBytes(64)),
    };
    const plain = packSplices([noise]);
    expect(plain.packing).toBe(PLAIN);
    expect(plain.bytes.length).toBe(20 + 64);
    expect(unpackSplices({ packing: 0, bytes: plain.bytes })).toEqual([noise]);
    expect(() => unpackSplices({ packing: 9, bytes: plain.bytes })).toThrow('packed in way 9');
  });
});

describe('text', () => {
  it('is folded for searching and sorting', () => {
    expect(foldText(' ÉMILE Žižek ﬁ ')).toBe('emile zizek fi');
    expect(sortKey('  ')).toBeNull();
    expect(sortKey(undefined)).toBeNull();
  });
});

describe('paths', () => {
  it('lie under a folder by whole names', () => {
    expect(isUnder('/music/a.mp3', '/music')).toBe(true);
    expect(isUnder('/music', '/music')).toBe(true);
    expect(isUnder('/music2/a.mp3', '/music')).toBe(false);
    expect(isUnder('/a', '/')).toBe(true);
  });
});

describe('the driver', () => {
  it('keeps every kind of value as it is', () => {
    const db = openDatabase(':memory:');
    db.exec('CREATE TABLE v (a, kind TEXT GENERATED ALWAYS AS (typeof(a)))');
    for (const value of [1, -7, 1.5, 2 ** 53 - 1, 'text', null, true, 5n])
      db.run('INSERT INTO v (a) VALUES (?)', [value]);
    db.run('INSERT INTO v (a) VALUES (:a)', { a: new Uint8Array([1, 2, 255]).subarray(1) });
    const rows = db.all<{ a: unknown; kind: string }>('SELECT * FROM v');
    expect(rows.slice(0, 8)).toEqual([
      { a: 1, kind: 'integer' },
      { a: -7, kind: 'integer' },
      { a: 1.5, kind: 'real' },
      { a: 2 ** 53 - 1, kind: 'integer' },
      { a: 'text', kind: 'text' },
      { a: null, kind: 'null' },
      { a: 1, kind: 'integer' },
      { a: 5, kind: 'integer' },
    ]);
    expect([...bytesOf(rows[8]!.a)]).toEqual([2, 255]);
    // A byte array as the only parameter, and a single row without the library's own additions.
    expect(db.get('SELECT length(?) AS n', [new Uint8Array(4)])).toEqual({ n: 4 });
    expect(db.get('SELECT 1 WHERE 0')).toBeUndefined();
    db.close();
  });

  it('says that the disk is full', () => {
    const db = openDatabase(':memory:');
    db.exec('CREATE TABLE v (a); PRAGMA max_page_count = 4');
    const fill = () => db.run('INSERT INTO v VALUES (?)', [new Uint8Array(50_000)]);
    expect(fill).toThrow(expect.objectContaining({ code: 'no-space' }));
    expect(db.get('SELECT count(*) AS n FROM v')).toEqual({ n: 0 });
    db.close();
  });

  it('rolls a failed transaction back, also where it is nested', () => {
    const db = openDatabase(':memory:');
    db.exec('CREATE TABLE v (a INTEGER UNIQUE)');
    const insert = (a: number) => db.run('INSERT INTO v VALUES (?)', [a]);
    db.transaction(() => db.transaction(() => insert(1)));
    expect(() =>
      db.transaction(() => {
        insert(2);
        db.transaction(() => insert(1));
      }),
    ).toThrow('UNIQUE');
    expect(db.all('SELECT a FROM v')).toEqual([{ a: 1 }]);
    insert(3);
    db.close();
  });
});
