import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAudioParts } from '../../../src/main/adapters/files/audio-extent';
import { memorySource } from '../../../src/main/adapters/files/byte-source';
import { type ParsedTags } from '../../../src/main/adapters/tags/format';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { parseMp4 } from '../../../src/main/adapters/tags/mp4';
import { anyChange } from '../../builders/tags-arbitrary';
import { digest, edited, expectAsAsked, restOf } from '../../builders/tags-edits';
import { temporaryFiles, write } from '../../builders/tags-files';
import {
  be,
  box,
  chunkHeads,
  data,
  free,
  freeform,
  gnre,
  hdlr,
  ilst,
  item,
  itunesHdlr,
  largeBox,
  meta,
  mp4,
  sound,
  udta,
  type Media,
  type Track,
} from '../../builders/tags-mp4';

const RUNS = { numRuns: 400 };
const temp = temporaryFiles();

const word = fc.constantFrom('Rock', 'Trip-Hop', 'Jazz', 'Röck', '音楽', 'Drum & Bass', 'x', '🎸 Metal', 'Hip Hop');
const content = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: 1, maxLength });

const anyItem: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.array(word, { maxLength: 3 }).map((values) => item('\xa9gen', ...values)),
  fc.integer({ min: 0, max: 300 }).map(gnre),
  word.map((value) => item('\xa9nam', value)),
  content(3000).map((picture) => item('covr', data(picture, 13))),
  content(60).map((junk) => box('\xa9xyz', junk)),
  fc
    .tuple(
      fc.constantFrom('MOOD', 'mood', 'iTunSMPB', 'GENREGRAM_GENRES', 'CONFIDENCE'),
      fc.array(word, { maxLength: 2 }),
    )
    .map(([name, values]) => freeform(name, values)),
  content(40).map((binary) => freeform('MOOD', [data(binary, 0)], 'com.serato.dj')),
  content(20).map((binary) => box('----', binary)),
);

const maybe = (arbitrary: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array[]> =>
  fc.option(arbitrary, { nil: null, freq: 2 }).map((value) => (value ? [value] : []));

/** Empty, filled as TagLib does it, or somebody's; of sizes about that of what is written. */
const space = maybe(
  fc
    .tuple(
      fc.oneof(fc.integer({ min: 8, max: 150 }), fc.constant(2000)),
      fc.constantFrom(0, 0, 1, 7),
      fc.constantFrom('free', 'skip'),
    )
    .map(([size, fill, type]) => free(size, fill, type)),
);

const anyMeta = fc
  .tuple(
    space,
    fc.option(fc.array(anyItem, { maxLength: 8 })),
    space,
    fc.constantFrom(hdlr(), itunesHdlr),
    fc.constantFrom('full', 'large'),
  )
  .map(([before, items, behind, handler, kind]) => {
    const children = [handler, ...before, ...(items ? [ilst(...items)] : []), ...behind];
    return kind === 'full' ? meta(...children) : largeBox('meta', be(0, 4), ...children);
  });

const anyUdta = fc
  .tuple(space, maybe(fc.constant(box('chpl', 'chapters'))), maybe(anyMeta), space, fc.constantFrom([], be(0, 4)))
  .map(([first, chapters, list, last, end]) => udta(...first, ...chapters, ...list, ...last, end));

const anyMedia: fc.Arbitrary<Media> = fc
  .tuple(
    fc.integer({ min: 0, max: 400 }),
    fc.integer({ min: 1, max: 99 }),
    fc.constantFrom('small' as const, 'large' as const),
  )
  .map(([length, seed, kind]) => ({ mdat: sound(length, seed), kind }));

/** One to four media data boxes, moov anywhere among them, free and other boxes between. */
const anyMp4: fc.Arbitrary<Uint8Array> = fc
  .record({
    media: fc
      .array(anyMedia, { minLength: 1, maxLength: 4 })
      .filter((list) => list.some(({ mdat }) => mdat.length > 0)),
    place: fc.nat(4),
    behind: space,
    between: maybe(fc.constantFrom(box('uuid', 'x'.repeat(30)), free(12, 65), box('wide'))),
    chunks: fc.array(fc.tuple(fc.array(fc.tuple(fc.nat(3), fc.nat(400)), { maxLength: 12 }), fc.boolean()), {
      minLength: 1,
      maxLength: 3,
    }),
    tags: maybe(anyUdta),
    inMoov: space,
    moovKind: fc.constantFrom('small' as const, 'small' as const, 'large' as const),
  })
  .map(({ media, place, behind, between, chunks, tags, inMoov, moovKind }) => {
    const at = Math.min(place, media.length);
    const tracks = chunks.map(([list, wide]): Track => ({
      wide,
      chunks: list.map(([mdat, offset]) => {
        const index = mdat % media.length;
        return [index, Math.min(offset, media[index]!.mdat.length)] as const;
      }),
    }));
    const layout = [...media.slice(0, at), ...between, 'moov' as const, ...behind, ...between, ...media.slice(at)];
    return mp4({ layout, tracks, moov: [...inMoov, ...tags], moovKind });
  });

const parse = (bytes: Uint8Array): Promise<ParsedTags> => parseMp4(memorySource(bytes));
describe('random edits of random MP4 files', () => {
  it('change no other byte, leave every chunk at its audio and turn back exactly', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(anyMp4, anyChange, async (bytes, change) => {
        const result = await edited(bytes, change);
        if (!result) {
          refused++;
          return;
        }
        expect(digest(result.back)).toBe(digest(bytes));
        expect(await restOf(result.after, change)).toEqual(await restOf(bytes, change));
        expect(chunkHeads(result.after)).toEqual(chunkHeads(bytes));
      }),
      RUNS,
    );
    expect(refused).toBeLessThan(RUNS.numRuns / 10);
  });

  it('read back as asked, and asking again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyMp4, anyChange, async (bytes, change) => {
        const result = await edited(bytes, change);
        if (!result) return;
        const [before, after] = [await parse(bytes), await parse(result.after)];
        expectAsAsked(before, after, change);
        const again = await edited(result.after, change);
        expect(again && digest(again.after)).toBe(digest(result.after));
      }),
      RUNS,
    );
  });

  it('have the audio that the content hash is of', async () => {
    await fc.assert(
      fc.asyncProperty(anyMp4, async (bytes) => {
        expect(await findAudioParts(memorySource(bytes))).toEqual((await parse(bytes)).audio);
      }),
      RUNS,
    );
  });

  it('through real files: plan, apply and undo are byte-exact', async () => {
    await fc.assert(
      fc.asyncProperty(anyMp4, anyChange, async (bytes, change) => {
        const path = temp.file('song.m4a', bytes);
        if ((await createTagWriter().plan(path, change)).status !== 'ready') return;
        const result = await write(path, change);
        expect(digest(result.bytes)).not.toBe(digest(bytes));
        expect(digest(await result.undo())).toBe(digest(bytes));
      }),
      { numRuns: 40 },
    );
  });
});

/** Some bytes of a sound file set to others, or its end gone. Values that matter in sizes, versions and kinds come often. */
const mutation = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      at: fc.nat(5000),
      values: fc.array(fc.oneof(fc.constantFrom(0, 1, 8, 255), fc.nat(255)), { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ cut: fc.nat(5000) }) },
);

describe('MP4 files with random damage', () => {
  it('are refused, or changed in nothing else and turned back exactly', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(
        anyMp4,
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        anyChange,
        async (bytes, damages, change) => {
          let broken = bytes.slice();
          for (const damage of damages)
            if ('cut' in damage) broken = broken.subarray(0, damage.cut % (broken.length + 1));
            // Mostly at the headers, which end with moov; past the end of the file nothing is set.
            else damage.values.forEach((value, i) => (broken[(damage.at + i) % bytes.length] = value));
          const result = await edited(broken, change);
          if (!result) return;
          if (digest(result.after) !== digest(broken)) changed++;
          expect(digest(result.back)).toBe(digest(broken));
          expect(await restOf(result.after, change)).toEqual(await restOf(broken, change));
        },
      ),
      { numRuns: 1500 },
    );
    // Damage in audio, covers and such is no reason to refuse.
    expect(changed).toBeGreaterThan(100);
  });
});
