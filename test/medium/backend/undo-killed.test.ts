import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTagWriter } from '../../../src/main/adapters/tags';
import { openStore } from '../../../src/main/store';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { bundleProgram, startChild } from '../../builders/child-program';
import { comments, flac, padding } from '../../builders/tags-flac';
import { bytes, frame, id3, id3v1, silentMp3 } from '../../builders/tags-mp3';

const KILLS = Number(process.env['GENREGRAM_KILLS'] ?? 20);
const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.cleanUp();
});

describe(`a program that writes, undoes and redoes, killed with SIGKILL at ${KILLS} random instants`, () => {
  it(
    'leaves each file in a state that the journal knows, and after all of it every file goes back to its first byte',
    { timeout: 900_000 },
    async () => {
      const music = join(folder.path, 'music');
      const library = join(folder.path, 'library.db');
      mkdirSync(music);
      const cover = new Uint8Array(1_500_000).map((_, i) => (i * 7919) & 255);
      const originals = new Map<string, Uint8Array>([
        [
          join(music, 'a.mp3'),
          bytes(
            id3(3, [frame(3, 'TCON', '\0Jazz'), frame(3, 'APIC', cover)], { padding: 300 }),
            silentMp3(1500),
            id3v1(8),
          ),
        ],
        [join(music, 'b.mp3'), silentMp3(1000)],
        [join(music, 'c.flac'), flac([comments(['TITLE=Aria', 'GENRE=Opera']), padding(40)], 900_000)],
      ]);
      for (const [path, content] of originals) writeFileSync(path, content);
      const program = await bundleProgram('medium/backend/restless-child.ts');
      const open = (): Promise<TestBackend> => startBackend(library, { parts: { tagWriter: createTagWriter() } });
      const temporary = (): string[] => readdirSync(music).filter((name) => name.endsWith('.tmp'));
      let leftovers = 0;
      const told: string[] = [];

      for (let kill = 0; kill < KILLS; kill++) {
        const child = startChild(program, [library, ...originals.keys()]);
        expect(await child.line()).toBe('started');
        await sleep(Math.random() * 700);
        await child.kill();
        leftovers += temporary().length;
        const backend = await open();
        expect(temporary()).toEqual([]);
        const runs = await backend.call('write.history', {});
        expect(runs.filter(({ state }) => state === 'running')).toEqual([]);
        for (const { name, data } of backend.seen)
          if (name === 'notice') told.push((data as { message: string }).message);
        await backend.close();
        const store = openStore(library);
        for (const path of originals.keys()) {
          const last = store.writes.entriesOf(path).at(-1);
          if (last) expect(sha256(path)).toBe(last.undo.receipt.hashAfter);
        }
        store.close();
      }
      // The kills did hit runs that were under way, and between a file's verification and its rename.
      expect(leftovers).toBeGreaterThan(0);
      expect(told.length).toBeGreaterThan(0);
      for (const message of told)
        expect(message).toMatch(/^The last run was interrupted: .* nothing is half-written\.$/);

      const backend = await open();
      if ((await backend.call('write.undoable', {})).files > 0) {
        const { results } = await backend.undo({ all: true });
        for (const result of results) expect(result).toMatchObject({ status: 'written', undo: { exact: true } });
      }
      for (const [path, content] of originals) expect(readFileSync(path).equals(content)).toBe(true);
      await backend.close();
    },
  );
});
