import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/shared/domain/failure';
import { checkChange } from '../../../src/main/core/tags/change';
import { invertSplices } from '../../../src/main/core/tags/splices';
import { memorySource, spliced } from '../../../src/main/adapters/files/byte-source';
import { contentHash } from '../../../src/main/adapters/files/content-hash';
import { editChecked } from '../../../src/main/adapters/tags/edit-checked';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { readTagsFrom } from '../../../src/main/adapters/tags/read-tags';
import { anyChange, anyFlac, anyMp3 } from '../../builders/tags-arbitrary';

/** Longer: `GENREGRAM_FUZZ_SECONDS=600 npx vitest run test/medium/tags/fuzz.test.ts`. */
const SECONDS = Number(process.env['GENREGRAM_FUZZ_SECONDS'] ?? 8);
const SLOW_MS = 2000;

type Mutation = (content: Uint8Array, at: number, value: number) => Uint8Array;
const mutations: readonly Mutation[] = [
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
const damaged = fc
  .tuple(
    fc.oneof(anyMp3, anyFlac),
    fc.array(
      fc.tuple(
        fc.constantFrom(...mutations),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        fc.constantFrom(0, 1, 4, 16, 0x7f, 0x80, 0xff, 0x54),
      ),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  )
  .map(([content, list]) =>
    list.reduce((result, [mutate, place, fromEnd, value]) => {
      const distance = Math.floor(place ** 4 * Math.max(0, result.length - 1));
      return mutate(result, fromEnd ? Math.max(0, result.length - 1 - distance) : distance, value);
    }, content),
  );

const digest = (content: Uint8Array): string => createHash('sha1').update(content).digest('hex');

describe(`damaged files, as many as fit into ${SECONDS} s`, () => {
  it(
    'never crash, hang, or have their audio changed; an edit that is made can be undone exactly',
    { timeout: (SECONDS + 60) * 1000 },
    async () => {
      const stop = Date.now() + SECONDS * 1000;
      let tried = 0;
      let edited = 0;
      while (Date.now() < stop) {
        for (const [content, change] of fc.sample(fc.tuple(damaged, anyChange), 50)) {
          const start = performance.now();
          tried++;
          await readTagsFrom(memorySource(content));
          try {
            const { edit } = await editChecked(memorySource(content), checkChange(change), DEFAULT_OPTIONS);
            const view = spliced(memorySource(content), edit.splices);
            const after = (await view.read(0, view.size)).slice();
            const inverse = spliced(memorySource(after), invertSplices(edit.splices));
            expect(digest(await inverse.read(0, inverse.size))).toBe(digest(content));
            // An independent finder of the audio, the one that recognises moved files, sees the same audio.
            expect(await contentHash(memorySource(after))).toBe(await contentHash(memorySource(content)));
            edited++;
          } catch (error) {
            if (!(error instanceof CodedError))
              throw Object.assign(error as Error, { file: Buffer.from(content).toString('base64'), change });
          }
          if (performance.now() - start > SLOW_MS)
            throw new Error(`took over ${SLOW_MS} ms: ${Buffer.from(content).toString('base64')}`);
        }
      }
      // The damage must not be such that nothing is ever reached.
      expect(edited).toBeGreaterThan(tried / 20);
      expect(edited).toBeLessThan(tried);
    },
  );
});
