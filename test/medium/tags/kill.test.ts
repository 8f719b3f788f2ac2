import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { bundleProgram, startChild } from '../../builders/child-program';
import { temporaryFiles } from '../../builders/tags-files';
import { readJournal, type Journalled } from '../../builders/tags-journal-file';
import { bytes, frame, id3, id3v1, silentMp3 } from '../../builders/tags-mp3';

const LONG = process.env['GENREGRAM_LONG_TESTS'] === '1';
const KILLS = Number(process.env['GENREGRAM_KILLS'] ?? (LONG ? 200 : 15));
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

const cover = new Uint8Array(1_500_000).map((_, i) => (i * 7919) & 255);
const SONGS: Readonly<Record<string, Uint8Array>> = {
  'a.mp3': bytes(
    id3(3, [frame(3, 'TCON', '\0Jazz'), frame(3, 'APIC', cover)], { padding: 700 }),
    silentMp3(2000),
    id3v1(8),
  ),
  'b.mp3': bytes(id3(4, [frame(4, 'TCON', '\0Jazz')], { padding: 900 }), silentMp3(100)),
};

describe.each(['new-file', 'in-place'] as const)(
  `a batch killed with SIGKILL at ${KILLS} random instants: %s`,
  (method) => {
    const temp = temporaryFiles();
    let program = '';
    beforeAll(async () => {
      program = await bundleProgram('builders/tags-writing-child.ts');
    });

    it(
      'leaves each file old or new, or puts it back from the journal, which leads back to the first byte',
      { timeout: 3_000_000 },
      async () => {
        const paths = Object.entries(SONGS).map(([name, content]) => temp.file(name, content));
        const folder = dirname(paths[0]!);
        const temporary = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.tmp'));
        const journalPath = temp.path('journal');
        const writer = createTagWriter();
        const written: Journalled[] = [];
        const verdicts = new Set<string>();
        let leftovers = 0;
        let torn = 0;
        for (let kill = 0; kill < KILLS; kill++) {
          writeFileSync(journalPath, '');
          const before = new Map(paths.map((path) => [path, sha256(path)]));
          const child = startChild(program, [journalPath, method, ...paths]);
          await child.line();
          await sleep(Math.random() * 400);
          await child.kill();
          expect(existsSync(`${journalPath}.error`) && readFileSync(`${journalPath}.error`, 'utf8')).toBe(false);
          leftovers += temporary().length;
          const entries = readJournal(journalPath);
          for (const path of paths) {
            const own = entries.filter((journalled) => journalled.path === path);
            const last = own.at(-1);
            const state = sha256(path);
            if (!last) {
              expect(state).toBe(before.get(path));
              continue;
            }
            const { hashBefore, hashAfter } = last.entry.receipt;
            const isTorn = ![hashBefore, hashAfter].includes(state);
            if (isTorn) torn++;
            const verdict = await writer.recover(path, last.entry);
            verdicts.add(verdict);
            // Only what is overwritten in place can be found half-way, and is then as before.
            expect([method, isTorn]).not.toEqual(['new-file', true]);
            expect(verdict).toBe(state === hashAfter ? 'written' : 'not-written');
            expect(sha256(path)).toBe(verdict === 'written' ? hashAfter : hashBefore);
            written.push(...(verdict === 'written' ? own : own.slice(0, -1)));
          }
          expect(entries.length === 0 || temporary().length <= 1).toBe(true);
          for (const path of paths) await writer.sweep(dirname(path));
        }
        // The kills did hit writes that were under way, and writes that were done.
        expect(verdicts).toContain('written');
        expect(leftovers > 0).toBe(method === 'new-file');
        if (KILLS >= 100) expect(torn > 0).toBe(method === 'in-place');
        if (LONG)
          console.log(
            `${method}: ${KILLS} kills, ${written.length} writes, ${leftovers} temporary, ${torn} torn files`,
          );
        for (const { path, entry } of written.reverse())
          expect(await writer.undo(path, entry)).toMatchObject({ status: 'restored' });
        for (const [index, content] of Object.values(SONGS).entries())
          expect(readFileSync(paths[index]!).equals(content)).toBe(true);
      },
    );
  },
);
