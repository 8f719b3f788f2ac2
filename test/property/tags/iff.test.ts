import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { contentHash } from '../../../src/main/adapters/files/content-hash';
import { findAudioParts } from '../../../src/main/adapters/files/audio-extent';
import { memorySource } from '../../../src/main/adapters/files/byte-source';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { readTagsFrom } from '../../../src/main/adapters/tags/read-tags';
import { anyApe, anyChange, anyId3, anyMp3, optional } from '../../builders/tags-arbitrary';
import { digest, edited, restOf } from '../../builders/tags-edits';
import { temporaryFiles, write } from '../../builders/tags-files';
import { adts, aiff, chunk, COMM, FMT, info, rf64, samples, wav, type ChunkData } from '../../builders/tags-iff';
import { bytes, id3v1 } from '../../builders/tags-mp3';

const RUNS = { numRuns: 250 };
const temp = temporaryFiles();

const text = fc.constantFrom('Party', 'a; b', 'Ünï', '音楽', 'x'.repeat(200), 'a;b');
const change: fc.Arbitrary<TagChange> = fc
  .tuple(anyChange, fc.option(fc.array(text, { maxLength: 2 })), fc.option(fc.array(text, { maxLength: 2 })))
  .map(([rest, grouping, comment]) => ({ ...rest, ...(grouping && { grouping }), ...(comment && { comment }) }));

const data = fc.uint8Array({ maxLength: 40 });
const other = fc
  .tuple(fc.constantFrom('bext', 'JUNK', 'cue ', 'iXML', 'acid', 'x  y'), data)
  .map(([id, d]) => chunk(id, d));
const genreText = fc.constantFrom('', 'Jazz', 'Jazz, Funk', 'Rock; Pop', 'Röck');
const list = fc.oneof(
  fc
    .tuple(genreText, fc.boolean())
    .map(([IGNR, first]) => info(first ? { IGNR, INAM: 'T' } : { INAM: 'Tt', IGNR, ICMT: '' })),
  fc.constant(info({ INAM: 'odd', ISFT: 'Lavf' })),
  fc.constant(chunk('LIST', bytes('adtl', 'labl', [4, 0, 0, 0, 1, 0, 0, 0]))),
);
/** Chunks in any order; the last may lack its pad byte. */
function chunksWith(head: ChunkData, audio: string, more: fc.Arbitrary<ChunkData>): fc.Arbitrary<ChunkData[]> {
  return fc
    .tuple(
      fc.array(fc.oneof(other, more), { maxLength: 4 }),
      fc.integer({ min: 9, max: 300 }).map((length) => chunk(audio, samples(length))),
      fc.option(fc.tuple(anyId3, fc.constantFrom('id3 ', 'ID3 '), fc.integer({ min: 0, max: 3 }))),
      fc.array(fc.integer(), { minLength: 8, maxLength: 8 }),
      fc.boolean(),
    )
    .map(([others, sound, tag, order, pad]) => {
      const chunks = [...others, sound, ...(tag ? [chunk(tag[1], bytes(tag[0], new Uint8Array(tag[2])))] : [])];
      const shuffled = chunks
        .map((c, i) => ({ c, key: order[i] ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ c }) => c);
      const last = shuffled.pop()!;
      return [head, ...shuffled, { ...last, pad }];
    });
}
const wavChunks = chunksWith(FMT, 'data', list);
const anyWav = fc
  .tuple(wavChunks, fc.constantFrom('RIFF', 'RF64', 'BW64'))
  .map(([chunks, form]) => (form === 'RIFF' ? wav(chunks) : rf64(chunks, form)));
const anyAiff = chunksWith(COMM, 'SSND', other).map((chunks) => aiff(chunks));
const anyAac = fc
  .tuple(optional(anyId3), fc.integer({ min: 2, max: 6 }), optional(anyApe), fc.boolean())
  .map(([tag, frames, ape, v1]) => bytes(tag, adts(frames), ape, v1 ? id3v1(17) : new Uint8Array(0)));

describe.each([
  ['WAV', anyWav],
  ['AIFF', anyAiff],
  ['AAC', anyAac],
  ['MP3', anyMp3],
])('random edits of random %s files, grouping and comment among them', (name, anyFile) => {
  it('change no other byte, turn back exactly, and change nothing when asked again', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(anyFile, change, async (content, wanted) => {
        const result = await edited(content, wanted);
        if (!result) {
          refused++;
          return;
        }
        expect(digest(result.back)).toBe(digest(content));
        expect(await restOf(result.after, wanted)).toEqual(await restOf(content, wanted));
        const parsed = await parseForWriting(memorySource(result.after), DEFAULT_OPTIONS);
        expect(await findAudioParts(memorySource(result.after))).toEqual(parsed.audio);
        const shown = (field: string): readonly string[] =>
          parsed.carriers(field).find((carrier) => carrier.values.length > 0)?.values ?? [];
        if (wanted.genres && wanted.mode === 'replace') expect(shown('genre')).toEqual(wanted.genres);
        if (wanted.comment && wanted.mode === 'replace')
          expect(shown('comment').join('; ')).toBe([...new Set(wanted.comment)].join('; '));
        const again = await edited(result.after, wanted);
        expect(again && digest(again.after)).toBe(digest(result.after));
      }),
      RUNS,
    );
    // Two comments without a description and two places of the genre among INFO texts are among the random files.
    expect(refused).toBeLessThan(RUNS.numRuns / 4);
  });

  it('the header of the new file says how long it is', async () => {
    if (name === 'AAC' || name === 'MP3') return;
    await fc.assert(
      fc.asyncProperty(anyFile, change, async (content, wanted) => {
        const result = await edited(content, wanted);
        if (!result || result.after.length === content.length) return;
        const view = Buffer.from(result.after);
        const narrow = name === 'AIFF' ? view.readUInt32BE(4) : view.readUInt32LE(4);
        const size = view.toString('latin1', 2, 4) === '64' ? Number(view.readBigUInt64LE(20)) : narrow;
        expect(size).toBe(result.after.length - 8);
      }),
      { numRuns: 100 },
    );
  });

  it('through real files: plan, apply and undo are byte-exact', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, change, async (content, wanted) => {
        const path = temp.file('song', content);
        if ((await createTagWriter().plan(path, wanted)).status !== 'ready') return;
        const { undo, bytes: after } = await write(path, wanted);
        expect(digest(after)).not.toBe(digest(content));
        expect(digest(await undo())).toBe(digest(content));
      }),
      { numRuns: 20 },
    );
  });

  it('damaged files are refused or edited without harm to the audio', async () => {
    const damage = fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.constantFrom(0, 1, 4, 16, 0x7f, 0x80, 0xff, 0x54),
        fc.nat(2),
      ),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(anyFile, damage, change, async (content, list, wanted) => {
        const damaged = list.reduce((file, [place, value, kind]) => {
          const at = Math.floor(place * file.length);
          if (kind === 0) return file.slice(0, at);
          if (kind === 1) return bytes(file.subarray(0, at), value, file.subarray(at));
          return file.map((byte, index) => (index === at ? value : byte));
        }, content);
        await readTagsFrom(memorySource(damaged));
        const result = await edited(damaged, wanted);
        if (!result) return;
        expect(digest(result.back)).toBe(digest(damaged));
        expect(await contentHash(memorySource(result.after))).toBe(await contentHash(memorySource(damaged)));
      }),
      { numRuns: 400 },
    );
  });
});
