import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { CodedError } from '../../src/shared/domain/failure';
import type { TagChange } from '../../src/shared/domain/tags';
import { checkChange, mergeValues, namedFields } from '../../src/main/core/tags/change';
import { invertSplices } from '../../src/main/core/tags/splices';
import { memorySource, spliced, type ByteSource, type Part } from '../../src/main/adapters/files/byte-source';
import { editChecked } from '../../src/main/adapters/tags/edit-checked';
import { DEFAULT_OPTIONS, shownValues, type ParsedTags } from '../../src/main/adapters/tags/format';
import { parseForWriting } from '../../src/main/adapters/tags/formats';

/** Edits of files in memory, and what they must leave alone, for all tests that try random ones. */

const all = async (source: ByteSource): Promise<Uint8Array> => (await source.read(0, source.size)).slice();
export const digest = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

/** The file after a change, and after its undo; null if the change was refused, which is always allowed. */
export async function edited(
  content: Uint8Array,
  change: TagChange,
): Promise<{ after: Uint8Array; back: Uint8Array } | null> {
  try {
    const { edit } = await editChecked(memorySource(content), checkChange(change), DEFAULT_OPTIONS);
    const after = await all(spliced(memorySource(content), edit.splices));
    return { after, back: await all(spliced(memorySource(after), invertSplices(edit.splices))) };
  } catch (error) {
    if (error instanceof CodedError) return null;
    throw error;
  }
}

/** Each stretch of the audio and each part that is not ours, by hash. */
export async function restOf(content: Uint8Array, change: TagChange): Promise<string[]> {
  const parsed = await parseForWriting(memorySource(content), DEFAULT_OPTIONS);
  const hash = (parts: readonly Part[]): string =>
    digest(Buffer.concat(parts.map(({ offset, length }) => content.subarray(offset, offset + length))));
  const kept = parsed.kept(namedFields(checkChange(change)));
  return [
    ...parsed.audio.map((part) => `audio ${hash([part])}`),
    ...kept.map((part) => `${part.label} ${hash(part.pieces ?? [part])}`),
  ];
}

/** Genre and mood read as asked of them; what was not named reads as before. */
export function expectAsAsked(before: ParsedTags, after: ParsedTags, change: TagChange): void {
  const shown = (parsed: ParsedTags, field: string): readonly string[] => shownValues(parsed.carriers(field));
  if (change.genres && change.mode === 'replace') expect(shown(after, 'genre')).toEqual(change.genres);
  if (change.genres && change.mode === 'fill')
    expect(shown(after, 'genre')).toEqual(
      mergeValues({ mode: 'fill', keep: [], drop: [] }, 'genre', shown(before, 'genre'), change.genres),
    );
  if (change.genres && change.mode === 'add')
    expect(shown(after, 'genre')).toEqual(expect.arrayContaining([...shown(before, 'genre')]));
  if (!change.moods) expect(shown(after, 'mood')).toEqual(shown(before, 'mood'));
}

const mutations: readonly ((content: Uint8Array, at: number, value: number) => Uint8Array)[] = [
  (content, at, value) => {
    const copy = content.slice();
    copy[at] = value;
    return copy;
  },
  (content, at) => content.slice(0, at),
  (content, at, value) => Uint8Array.from([...content.subarray(0, at), ...content.subarray(at + (value % 40))]),
  (content, at, value) => Uint8Array.from([...content.subarray(0, at), value, value, ...content.subarray(at)]),
  (content, at, value) =>
    Uint8Array.from([...content.subarray(0, at), ...content.subarray(at, at + value), ...content.subarray(at)]),
];

/** Damage is most interesting where the structure is: at the start and the end. */
export const damaged = (files: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      files,
      fc.array(
        fc.tuple(
          fc.constantFrom(...mutations),
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.boolean(),
          fc.constantFrom(0, 1, 4, 16, 0x7f, 0x80, 0xff, 0x54),
        ),
        { minLength: 1, maxLength: 4 },
      ),
    )
    .map(([content, list]) =>
      list.reduce((result, [mutate, place, fromEnd, value]) => {
        const last = Math.max(0, result.length - 1);
        const distance = Math.floor(place ** 4 * last);
        return mutate(result, fromEnd ? last - distance : distance, value);
      }, content),
    );
