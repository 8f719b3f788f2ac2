import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '#shared/domain/failure';
import { openStore } from '../../../src/main/store';
import { openDatabase } from '../../../src/main/store/driver';
import { MIGRATIONS, type Migration } from '../../../src/main/store/migrations';
import { temporaryFolder } from '../../builders/backend';
import { bundleProgram, startChild } from '../../builders/child-program';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, 'library.db');
});
afterEach(() => {
  folder.cleanUp();
});

const failureOf = (open: () => unknown): CodedError => {
  try {
    open();
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
  throw new Error('it opened');
};
const bytesOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
const closed = (): void => {
  openStore(path).close();
};

describe('the library file', () => {
  it('is made where there is none, and opens again', () => {
    const store = openStore(path);
    store.roots.add('/music', 1);
    store.close();
    const again = openStore(path);
    expect(again.roots.list()).toMatchObject([{ path: '/music', tracks: 0 }]);
    expect(again.stats()).toMatchObject({ path, schemaVersion: MIGRATIONS.at(-1)!.version, tracks: 0, analysed: 0 });
    again.close();
  });

  it('is refused untouched where a newer Genregram wrote it', () => {
    closed();
    const db = openDatabase(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    const before = bytesOf(path);
    const failure = failureOf(() => openStore(path));
    expect(failure.code).toBe('library-newer');
    expect(failure.message).toContain('Update Genregram');
    expect(bytesOf(path)).toBe(before);
  });

  it('is refused untouched where it is no database', () => {
    writeFileSync(path, 'My holiday notes. '.repeat(1000));
    const before = bytesOf(path);
    expect(failureOf(() => openStore(path)).code).toBe('library-corrupt');
    expect(bytesOf(path)).toBe(before);
  });

  it('is refused untouched where it is the database of another program', () => {
    const db = openDatabase(path);
    db.exec('CREATE TABLE bookmarks (url TEXT)');
    db.close();
    const before = bytesOf(path);
    expect(failureOf(() => openStore(path)).code).toBe('library-corrupt');
    expect(bytesOf(path)).toBe(before);
  });

  it('is refused where its pages are damaged', () => {
    closed();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 100, 4096);
    writeFileSync(path, bytes);
    expect(failureOf(() => openStore(path)).code).toBe('library-corrupt');
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('says so where its folder is not there or it is a folder', () => {
    expect(failureOf(() => openStore(join(folder.path, 'nowhere', 'library.db'))).code).toBe('permission-denied');
    mkdirSync(path);
    expect(failureOf(() => openStore(path)).code).toBe('permission-denied');
  });
});

describe('migrations', () => {
  const good: Migration = {
    version: MIGRATIONS.at(-1)!.version + 1,
    name: 'good',
    sql: 'CREATE TABLE extra (id INTEGER); INSERT INTO extra VALUES (7)',
  };
  const bad: Migration = {
    version: MIGRATIONS.at(-1)!.version + 2,
    name: 'bad',
    sql: 'CREATE TABLE more (id INTEGER); INSERT INTO nowhere VALUES (1)',
  };

  it('are frozen: an edited one would leave libraries that differ under one version', () => {
    const hashes = MIGRATIONS.map(({ sql }) => createHash('sha256').update(sql).digest('hex'));
    expect(hashes).toEqual([
      '016e75f0d86071fe077293a6fe6b9e539311934ecb7b1b5a16c1c19269365e1a',
      'bb175a88f57ca3c42466c499313214d706a3b7ac977ce1b42a07a79f9057dc16',
      '2b82781937b2734c6595b4c8d144f00d6531ff447e43d805850a15299af5ac4d',
      '8a50aa9c786fe81cbc40e32c0c83ba6512f507e639c94d0a45462e8479d2d7d0',
      '57c2a5f65bc9b8cb993d8f27686f028605669212f27ac5010276478b287e599c',
      'b3a17606aafd4b843aa022a156d0ced108008b0fc516e445365dc69b8dcef9d8',
      '9a2cf49ad49ed72f42d434cc8fb8b2789e45473591f9d3975204f50919588db1',
      '3e57db16647ab0225d8928270e9d8ab5eb8d502a19d3e73cd750a2fb91ca1f70',
      'd1f4231030873d137136e4f98ef025403c32198fef52eab8eda10498928ee7d6',
      'f6c7833123ac55957c6284a0173929be62dd7db320782ae150ac784cf8aac485',
    ]);
    const versions = MIGRATIONS.map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, i) => i + 1));
  });

  it('bring an older library on and keep what is in it', () => {
    const store = openStore(path);
    store.roots.add('/music', 1);
    store.close();
    const newer = openStore(path, [...MIGRATIONS, good]);
    expect(newer.stats().schemaVersion).toBe(good.version);
    expect(newer.roots.list()).toHaveLength(1);
    newer.close();
    expect(failureOf(() => openStore(path)).code).toBe('library-newer');
  });

  it('leave the file as it was where one fails, and stop the start', () => {
    const store = openStore(path);
    store.roots.add('/music', 1);
    store.close();
    const before = bytesOf(path);
    const failure = failureOf(() => openStore(path, [...MIGRATIONS, good, bad]));
    expect(failure.code).toBe('migration-failed');
    expect(failure.message).toContain(`schema ${bad.version} (bad)`);
    expect(bytesOf(path)).toBe(before);
    const again = openStore(path);
    expect(again.roots.list()).toHaveLength(1);
    again.close();
  });

  it('leave nothing behind in a new file where one fails', () => {
    expect(failureOf(() => openStore(path, [{ ...bad, version: 1 }])).code).toBe('migration-failed');
    expect(existsSync(path) ? readFileSync(path).length : 0).toBe(0);
    closed();
  });
});

describe('the lock', () => {
  it('refuses a second opening within one process, and lets go at the end', () => {
    const store = openStore(path);
    const failure = failureOf(() => openStore(path));
    expect(failure.code).toBe('library-locked');
    store.close();
    closed();
  });

  it('names the process that holds it, and ends with that however it dies', async () => {
    const child = startChild(await bundleProgram('medium/store/lock-child.ts'), [path]);
    expect(await child.line()).toBe('open');
    const failure = failureOf(() => openStore(path));
    expect(failure.code).toBe('library-locked');
    expect(failure.message).toContain(`process ${child.process.pid}`);
    expect(failure.message).toContain('--library');
    await child.kill();
    closed();
  });
});
