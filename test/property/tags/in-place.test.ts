import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/shared/domain/failure';
import { checkChange } from '../../../src/main/core/tags/change';
import { invertSplices } from '../../../src/main/core/tags/splices';
import { memorySource, spliced, type ByteSource } from '../../../src/main/adapters/files/byte-source';
import { editChecked } from '../../../src/main/adapters/tags/edit-checked';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { asOverwrites } from '../../../src/main/adapters/tags/overwrites';
import { anyChange, anyFlac, anyMp3 } from '../../builders/tags-arbitrary';

const all = async (source: ByteSource): Promise<Buffer> => Buffer.from((await source.read(0, source.size)).slice());

describe.each([
  ['MP3', anyMp3],
  ['FLAC', anyFlac],
])('random edits of random %s files, as overwritten bytes', (_name, anyFile) => {
  it('make the same file, keep each byte in its place, and turn back from any point of the way', async () => {
    let inPlace = 0;
    await fc.assert(
      fc.asyncProperty(anyFile, anyChange, fc.nat(), async (content, change, stop) => {
        const source = memorySource(content);
        const edit = await editChecked(source, checkChange(change), DEFAULT_OPTIONS).catch((error: unknown) => {
          if (error instanceof CodedError) return null;
          throw error;
        });
        const overwrites = edit && (await asOverwrites(source, edit.edit.splices));
        if (!overwrites || overwrites.length === 0) return;
        inPlace++;
        const after = await all(spliced(source, overwrites));
        expect(after.equals(await all(spliced(source, edit.edit.splices)))).toBe(true);
        expect(overwrites.every(({ remove, insert }) => remove === insert.length)).toBe(true);
        const back = invertSplices(overwrites);
        expect((await all(spliced(memorySource(after), back))).equals(content)).toBe(true);
        // Cut off anywhere: what is written so far, then the old file.
        const cut = stop % content.length;
        const torn = Buffer.concat([after.subarray(0, cut), content.subarray(cut)]);
        expect((await all(spliced(memorySource(torn), back))).equals(content)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(inPlace).toBeGreaterThan(20);
  });
});
