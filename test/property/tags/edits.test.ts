import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../src/main/adapters/files/byte-source';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { digest, edited, expectAsAsked, restOf } from '../../builders/tags-edits';
import { temporaryFiles, write } from '../../builders/tags-files';
import { anyChange, anyFlac, anyMp3 } from '../../builders/tags-arbitrary';
import { createTagWriter } from '../../../src/main/adapters/tags/index';

const RUNS = { numRuns: 400 };
const temp = temporaryFiles();
describe.each([
  ['MP3', anyMp3],
  ['FLAC', anyFlac],
])('random edits of random %s files', (_name, anyFile) => {
  it('change no other byte and turn back exactly', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(anyFile, anyChange, async (content, change) => {
        const result = await edited(content, change);
        if (!result) {
          refused++;
          return;
        }
        expect(digest(result.back)).toBe(digest(content));
        expect(await restOf(result.after, change)).toEqual(
          // A block of comments that had to be made is all that may be new.
          await restOf(content, change),
        );
      }),
      RUNS,
    );
    expect(refused).toBeLessThan(RUNS.numRuns / 10);
  });

  it('read back as asked, and asking again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, anyChange, async (content, change) => {
        const result = await edited(content, change);
        if (!result) return;
        const before = await parseForWriting(memorySource(content), DEFAULT_OPTIONS);
        const after = await parseForWriting(memorySource(result.after), DEFAULT_OPTIONS);
        expectAsAsked(before, after, change);
        const again = await edited(result.after, change);
        expect(again && digest(again.after)).toBe(digest(result.after));
      }),
      RUNS,
    );
  });

  it('through real files: plan, apply and undo are byte-exact', async () => {
    const extension = anyFile === anyMp3 ? 'mp3' : 'flac';
    await fc.assert(
      fc.asyncProperty(anyFile, anyChange, async (content, change) => {
        const path = temp.file(`song.${extension}`, content);
        if ((await createTagWriter().plan(path, change)).status !== 'ready') return;
        const { undo, bytes } = await write(path, change);
        expect(digest(bytes)).not.toBe(digest(content));
        expect(digest(await undo())).toBe(digest(content));
      }),
      { numRuns: 40 },
    );
  });
});
