import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TagChange } from '../../src/shared/domain/tags';
import { memorySource } from '../../src/main/adapters/files/byte-source';
import { findAudioParts } from '../../src/main/adapters/files/audio-extent';
import { contentHash } from '../../src/main/adapters/files/content-hash';
import { DEFAULT_OPTIONS, type ParsedTags } from '../../src/main/adapters/tags/format';
import { parseForWriting } from '../../src/main/adapters/tags/formats';
import { createTagWriter } from '../../src/main/adapters/tags/index';
import { anyChange } from './tags-arbitrary';
import { damaged, digest, edited, restOf } from './tags-edits';
import { write } from './tags-files';

const parse = (content: Uint8Array): Promise<ParsedTags> => parseForWriting(memorySource(content), DEFAULT_OPTIONS);

/** With grouping and comment as well. */
export const anyWideChange: fc.Arbitrary<TagChange> = fc
  .tuple(
    anyChange,
    fc.record(
      {
        grouping: fc.uniqueArray(fc.constantFrom('Set 1', 'ä'), { maxLength: 2 }),
        comment: fc.uniqueArray(fc.constantFrom('A comment', '♫'), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([change, more]) => ({ ...change, ...more }));

/** Puts every format to the same proofs; `file` makes a temporary file. */
export function provesItsEdits(
  anyFile: fc.Arbitrary<Uint8Array>,
  extension: string,
  file: (name: string, content: Uint8Array) => string,
  numRuns = 300,
): void {
  it('change no other byte, turn back exactly, and leave the audio where the content hash finds it', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(anyFile, anyWideChange, async (content, change) => {
        expect(await findAudioParts(memorySource(content))).toEqual((await parse(content)).audio);
        const result = await edited(content, change);
        if (!result) {
          refused++;
          return;
        }
        expect(digest(result.back)).toBe(digest(content));
        expect(await restOf(result.after, change)).toEqual(await restOf(content, change));
        expect(await contentHash(memorySource(result.after))).toBe(await contentHash(memorySource(content)));
      }),
      { numRuns },
    );
    expect(refused).toBeLessThan(numRuns / 10);
  });

  it('read back as asked, and asking again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, anyWideChange, async (content, change) => {
        const result = await edited(content, change);
        if (!result) return;
        const before = await parse(content);
        const after = await parse(result.after);
        const shown = (parsed: ParsedTags, field: string): readonly string[] =>
          parsed.carriers(field).find(({ values }) => values.length > 0)?.values ?? [];
        const asked = { genre: change.genres, mood: change.moods, grouping: change.grouping, comment: change.comment };
        for (const [field, values] of Object.entries({ ...asked, ...change.custom })) {
          if (!values) expect(shown(after, field)).toEqual(shown(before, field));
          else if (change.mode === 'replace') expect(shown(after, field)).toEqual(values);
          else if (change.mode === 'fill' && shown(before, field).length === 0)
            expect(shown(after, field)).toEqual(values);
          else expect(shown(after, field)).toEqual(expect.arrayContaining([...shown(before, field)]));
        }
        const again = await edited(result.after, change);
        expect(again && digest(again.after)).toBe(digest(result.after));
      }),
      { numRuns },
    );
  });

  it('through real files: plan, apply and undo are byte-exact', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, anyWideChange, async (content, change) => {
        const path = file(`song.${extension}`, content);
        if ((await createTagWriter().plan(path, change)).status !== 'ready') return;
        const { undo, bytes } = await write(path, change);
        expect(digest(bytes)).not.toBe(digest(content));
        expect(digest(await undo())).toBe(digest(content));
      }),
      { numRuns: 30 },
    );
  });

  it('of damaged files are refused, or right', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(damaged(anyFile), anyWideChange, async (content, change) => {
        const result = await edited(content, change);
        if (!result) return;
        done++;
        expect(digest(result.back)).toBe(digest(content));
        expect(await restOf(result.after, change)).toEqual(await restOf(content, change));
        expect(await contentHash(memorySource(result.after))).toBe(await contentHash(memorySource(content)));
      }),
      { numRuns: numRuns * 2 },
    );
    expect(done).toBeGreaterThan(0);
  });
}
