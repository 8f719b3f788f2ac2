import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { CodedError } from '../../src/shared/domain/failure';
import type { TagChange } from '../../src/shared/domain/tags';
import { checkChange, namedFields } from '../../src/main/core/tags/change';
import { invertSplices } from '../../src/main/core/tags/splices';
import { memorySource, spliced, type ByteSource, type Part } from '../../src/main/adapters/files/byte-source';
import { findAudioParts } from '../../src/main/adapters/files/audio-extent';
import { contentHash } from '../../src/main/adapters/files/content-hash';
import { editChecked } from '../../src/main/adapters/tags/edit-checked';
import { DEFAULT_OPTIONS, type ParsedTags } from '../../src/main/adapters/tags/format';
import { parseForWriting } from '../../src/main/adapters/tags/formats';
import { createTagWriter } from '../../src/main/adapters/tags/index';
import { anyChange } from './tags-arbitrary';
import { write } from './tags-files';

const all = async (source: ByteSource): Promise<Uint8Array> => (await source.read(0, source.size)).slice();
const digest = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');
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

/** Audio and each part that is not ours, by hash. */
async function restOf(content: Uint8Array, change: TagChange): Promise<string[]> {
  const parsed = await parse(content);
  const hash = (parts: readonly Part[]): string =>
    digest(Buffer.concat(parts.map(({ offset, length }) => content.subarray(offset, offset + length))));
  const kept = parsed.kept(namedFields(checkChange(change)));
  return [`audio ${hash(parsed.audio)}`, ...kept.map((part) => `${part.label} ${hash(part.pieces ?? [part])}`)];
}

/** The file after a change, and after its undo; null if the change was refused. */
async function edited(content: Uint8Array, change: TagChange): Promise<{ after: Uint8Array; back: Uint8Array } | null> {
  try {
    const { edit } = await editChecked(memorySource(content), checkChange(change), DEFAULT_OPTIONS);
    const after = await all(spliced(memorySource(content), edit.splices));
    return { after, back: await all(spliced(memorySource(after), invertSplices(edit.splices))) };
  } catch (error) {
    if (error instanceof CodedError) return null;
    throw error;
  }
}

const mutations: readonly ((content: Uint8Array, at: number, value: number) => Uint8Array)[] = [
  (content, at, value) => content.map((byte, i) => (i === at ? value : byte)),
  (content, at) => content.slice(0, at),
  (content, at, value) => Uint8Array.from([...content.subarray(0, at), ...content.subarray(at + (value % 40))]),
  (content, at, value) => Uint8Array.from([...content.subarray(0, at), value, value, ...content.subarray(at)]),
];

/** Damage near the start and the end, where the structure is. */
const damaged = (anyFile: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      anyFile,
      fc.array(
        fc.tuple(
          fc.constantFrom(...mutations),
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.boolean(),
          fc.constantFrom(0, 1, 4, 16, 0x7f, 0x80, 0xff, 0x54),
        ),
        { minLength: 1, maxLength: 3 },
      ),
    )
    .map(([content, list]) =>
      list.reduce((result, [mutate, place, fromEnd, value]) => {
        const last = Math.max(0, result.length - 1);
        const distance = Math.floor(place ** 4 * last);
        return mutate(result, fromEnd ? last - distance : distance, value);
      }, content),
    );

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
