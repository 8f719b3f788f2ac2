import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { CodedError } from '../../../src/shared/domain/failure';
import { checkChange, mergeValues } from '../../../src/main/core/tags/change';
import { invertSplices } from '../../../src/main/core/tags/splices';
import { memorySource, spliced, type ByteSource } from '../../../src/main/adapters/files/byte-source';
import { editChecked } from '../../../src/main/adapters/tags/edit-checked';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { temporaryFiles, write } from '../../builders/tags-files';
import { anyChange, anyFlac, anyMp3 } from '../../builders/tags-arbitrary';
import { createTagWriter } from '../../../src/main/adapters/tags/index';

const RUNS = { numRuns: 400 };
const temp = temporaryFiles();
const all = async (source: ByteSource): Promise<Uint8Array> => (await source.read(0, source.size)).slice();
const digest = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

/** What an independent eye sees of a file: audio and each part that is not ours, by hash. */
async function restOf(content: Uint8Array, change: TagChange): Promise<string[]> {
  const parsed = await parseForWriting(memorySource(content), DEFAULT_OPTIONS);
  const parts = [
    ...parsed.kept(Object.keys(change.custom ?? {})),
    ...parsed.audio.map((part) => ({ label: 'audio', ...part })),
  ];
  return parts.map(({ label, offset, length }) => `${label} ${digest(content.subarray(offset, offset + length))}`);
}

async function edited(content: Uint8Array, change: TagChange): Promise<{ after: Uint8Array; back: Uint8Array } | null> {
  try {
    const { edit } = await editChecked(memorySource(content), checkChange(change), DEFAULT_OPTIONS);
    const after = await all(spliced(memorySource(content), edit.splices));
    return { after, back: await all(spliced(memorySource(after), invertSplices(edit.splices))) };
  } catch (error) {
    // Refusing is always allowed; that it doesn't happen too often is checked below.
    if (error instanceof CodedError) return null;
    throw error;
  }
}

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
        const shown = (parsed: typeof before, field: string): readonly string[] =>
          parsed.carriers(field).find((carrier) => carrier.values.length > 0)?.values ?? [];
        if (change.genres && change.mode === 'replace') expect(shown(after, 'genre')).toEqual(change.genres);
        if (change.genres && change.mode === 'fill')
          expect(shown(after, 'genre')).toEqual(
            mergeValues({ mode: 'fill', keep: [], drop: [] }, 'genre', shown(before, 'genre'), change.genres),
          );
        if (change.genres && change.mode === 'add')
          expect(shown(after, 'genre')).toEqual(expect.arrayContaining([...shown(before, 'genre')]));
        if (!change.moods) expect(shown(after, 'mood')).toEqual(shown(before, 'mood'));
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
