import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { bundleProgram, startChild } from '../../builders/child-program';
import { temporaryFiles } from '../../builders/tags-files';
import { readJournal } from '../../builders/tags-journal-file';
import { bytes, frame, id3, id3v1, silentMp3 } from '../../builders/tags-mp3';

const KILLS = Number(process.env['GENREGRAM_KILLS'] ?? 30);
const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

describe(`a writer killed with SIGKILL at ${KILLS} random instants`, () => {
  const temp = temporaryFiles();
  let program = '';
  beforeAll(async () => {
    program = await bundleProgram('builders/tags-writing-child.ts');
  });

  it(
    'leaves the old file or the complete new one, and the journal tells which and leads back to the first byte',
    { timeout: 600_000 },
    async () => {
      const cover = new Uint8Array(1_500_000).map((_, i) => (i * 7919) & 255);
      const original = bytes(
        id3(3, [frame(3, 'TCON', '\0Jazz'), frame(3, 'APIC', cover)], { padding: 700 }),
        silentMp3(2000),
        id3v1(8),
      );
      const path = temp.file('song.mp3', original);
      const journalPath = temp.path('journal');
      const writer = createTagWriter();
      const written = [];
      const verdicts = new Set<string>();
      let leftovers = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        writeFileSync(journalPath, '');
        const stateBefore = sha256(readFileSync(path));
        const child = startChild(program, [path, journalPath]);
        await child.line();
        await sleep(Math.random() * 250);
        await child.kill();
        expect(existsSync(`${journalPath}.error`) && readFileSync(`${journalPath}.error`, 'utf8')).toBe(false);
        const entries = readJournal(journalPath);
        const state = sha256(readFileSync(path));
        const last = entries.at(-1);
        leftovers += readdirSync(dirname(path)).filter((name) => name.endsWith('.tmp')).length;
        if (!last) {
          expect(state).toBe(stateBefore);
          continue;
        }
        expect([last.receipt.hashBefore, last.receipt.hashAfter]).toContain(state);
        const verdict = await writer.recover(path, last);
        verdicts.add(verdict);
        expect(verdict).toBe(state === last.receipt.hashAfter ? 'written' : 'not-written');
        expect(readdirSync(dirname(path)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
        written.push(...(verdict === 'written' ? entries : entries.slice(0, -1)));
      }
      // The kills did hit writes that were under way, and writes that were done.
      expect(leftovers).toBeGreaterThan(0);
      expect(verdicts).toContain('written');
      for (const entry of written.reverse())
        expect(await writer.undo(path, entry)).toMatchObject({ status: 'restored' });
      expect(readFileSync(path).equals(original)).toBe(true);
    },
  );
});
