import { linkSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eachFile } from '../../../src/main/backend/stages/each-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'genregram-each-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const files = (...names: string[]) => names.map((name) => ({ path: join(folder, name) }));
const free = { turn: () => Promise.resolve() };

describe('each file', () => {
  it('is done once, several at a time', async () => {
    const all = files(...Array.from({ length: 20 }, (_, n) => `${n}`));
    for (const { path } of all) writeFileSync(path, '');
    const done: string[] = [];
    let running = 0;
    let most = 0;
    await eachFile(free, all, async ({ path }) => {
      most = Math.max(most, ++running);
      await sleep(2);
      running--;
      done.push(path);
    });
    expect(most).toBe(4);
    expect(done.sort()).toEqual(all.map(({ path }) => path).sort());
  });

  it('is never under way twice under different names', async () => {
    writeFileSync(join(folder, 'a'), '');
    linkSync(join(folder, 'a'), join(folder, 'b'));
    symlinkSync(join(folder, 'a'), join(folder, 'c'));
    writeFileSync(join(folder, 'other'), '');
    let running = 0;
    const done: string[] = [];
    await eachFile(free, files('a', 'b', 'other', 'c', 'gone'), async ({ path }) => {
      if (/[abc]$/.test(path)) expect(++running).toBe(1);
      await sleep(10);
      if (/[abc]$/.test(path)) running--;
      done.push(path);
    });
    expect(done).toHaveLength(5);
  });

  it('that is under way is finished when the job is cancelled or another one fails', async () => {
    const begun: string[] = [];
    const finished: string[] = [];
    let turns = 0;
    const job = { turn: () => (++turns > 6 ? Promise.reject(new Error('cancelled')) : Promise.resolve()) };
    const work = async ({ path }: { path: string }): Promise<void> => {
      begun.push(path);
      await sleep(5);
      finished.push(path);
    };
    const many = files(...Array.from({ length: 20 }, (_, n) => `${n}`));
    await expect(eachFile(job, many, work)).rejects.toThrow('cancelled');
    expect(finished).toEqual(begun);
    expect(begun).toHaveLength(6);

    begun.splice(0);
    finished.splice(0);
    const failing = async (file: { path: string }): Promise<void> => {
      await work(file);
      if (file.path.endsWith('2')) throw new Error('a bug');
    };
    await expect(eachFile(free, many, failing)).rejects.toThrow('a bug');
    expect(finished.length).toBe(begun.length);
    expect(begun.length).toBeLessThan(12);
  });
});
