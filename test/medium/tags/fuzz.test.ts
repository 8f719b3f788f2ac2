import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { memorySource } from '../../../src/main/adapters/files/byte-source';
import { contentHash } from '../../../src/main/adapters/files/content-hash';
import { readTagsFrom } from '../../../src/main/adapters/tags/read-tags';
import { anyChange, anyFlac, anyMp3 } from '../../builders/tags-arbitrary';
import { damaged, digest, edited } from '../../builders/tags-edits';
import { missing, sharedFolder } from '../../builders/requirements';

/** Longer: `GENREGRAM_FUZZ_SECONDS=600 npx vitest run test/medium/tags/fuzz.test.ts`. */
const SECONDS = Number(process.env['GENREGRAM_FUZZ_SECONDS'] ?? 8);
const SLOW_MS = 2000;
const MOST_MEMORY = 300 * 1024 ** 2;

/** Tries one file; tells whether it was edited. */
async function tryOne(content: Uint8Array, change: TagChange): Promise<boolean> {
  await readTagsFrom(memorySource(content));
  const result = await edited(content, change);
  if (!result) return false;
  expect(digest(result.back)).toBe(digest(content));
  // An independent finder of the audio, the one that recognises moved files, sees the same audio.
  expect(await contentHash(memorySource(result.after))).toBe(await contentHash(memorySource(content)));
  return true;
}

/** Tries files until the time is over, and at least once; each must take less than `SLOW_MS` of the processor and `MOST_MEMORY` of memory. */
async function fuzz(files: fc.Arbitrary<Uint8Array>): Promise<{ tried: number; edited: number }> {
  const stop = Date.now() + SECONDS * 1000;
  const count = { tried: 0, edited: 0 };
  do {
    for (const [content, change] of fc.sample(fc.tuple(damaged(files), anyChange), 50)) {
      const start = process.cpuUsage();
      const memory = process.memoryUsage.rss();
      const where = (): object => ({ file: Buffer.from(content).toString('base64'), change });
      count.tried++;
      try {
        if (await tryOne(content, change)) count.edited++;
      } catch (error) {
        throw Object.assign(error as Error, where());
      }
      const { user, system } = process.cpuUsage(start);
      if ((user + system) / 1000 > SLOW_MS)
        throw Object.assign(new Error(`took ${(user + system) / 1000} ms of the processor`), where());
      if (process.memoryUsage.rss() - memory > MOST_MEMORY)
        throw Object.assign(new Error('took over 300 MB of memory'), where());
    }
  } while (Date.now() < stop);
  // The damage must not be such that nothing is ever reached.
  expect(count.edited).toBeGreaterThan(count.tried / 20);
  expect(count.edited).toBeLessThan(count.tried);
  return count;
}

describe(`damaged files, as many as fit into ${SECONDS} s`, () => {
  const timeout = (SECONDS + 60) * 1000;

  it(
    'made up ones never crash, hang, or have their audio changed; an edit can be undone exactly',
    { timeout },
    async () => {
      console.info('made up:', await fuzz(fc.oneof(anyMp3, anyFlac)));
    },
  );

  it.skipIf(missing('shared-data'))('nor do those that programs have made, of every format', { timeout }, async () => {
    const folder = join(sharedFolder, 'data/tagfiles');
    const contents = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.csv'))
      .map((entry) => new Uint8Array(readFileSync(join(entry.parentPath, entry.name))))
      .filter((content) => content.length > 0 && content.length < 150_000);
    expect(contents.length).toBeGreaterThan(250);
    console.info('of other projects:', await fuzz(fc.constantFrom(...contents)));
  });
});
