import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { findAudioParts } from '../../../src/main/adapters/files/audio-extent';
import { memorySource } from '../../../src/main/adapters/files/byte-source';
import { contentHash } from '../../../src/main/adapters/files/content-hash';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { readTagsFrom } from '../../../src/main/adapters/tags/read-tags';
import { anyChange } from '../../builders/tags-arbitrary';
import { edited } from '../../builders/tags-edits';
import { temporaryFiles, write } from '../../builders/tags-files';
import { bytes } from '../../builders/tags-mp3';
import {
  audioPages,
  crcOf,
  demux,
  laces,
  ogg,
  opusTags,
  setupHeader,
  vorbisComments,
  type Seen,
} from '../../builders/tags-ogg';

const RUNS = { numRuns: 300 };
const temp = temporaryFiles();
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

const word = fc.constantFrom('Rock', 'Röck', '音楽', 'Drum & Bass', 'x', 'x'.repeat(240), '');
const anyEntries = fc.array(
  fc.oneof(
    word.map((value) => `GENRE=${value}`),
    word.map((value) => `genre=${value}`),
    fc.constantFrom('TITLE=T', 'EMPTY=', 'Mixed Case=v', 'MOOD=Sad', 'no equals sign', 'OggS', 'TXT=OggS\0\x04'),
    // Lengths round a segment's and a page's.
    fc.integer({ min: 0, max: 1100 }).map((length) => `LYRICS=${'la'.repeat(length)}`),
    fc.integer({ min: 0, max: 60 }).map((less) => `METADATA_BLOCK_PICTURE=${'A'.repeat(64_500 + 10 * less)}`),
  ),
  { maxLength: 6 },
);
const anyTail: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.constant(new Uint8Array(0)),
  fc.integer({ min: 1, max: 300 }).map((length) => new Uint8Array(length)),
  fc.uint8Array({ minLength: 1, maxLength: 40 }),
);

/** Cuts a number of segments into pages. */
const layoutOf = (segments: number, sizes: readonly number[]): number[] => {
  const layout: number[] = [];
  for (let left = segments, i = 0; left > 0; i++) {
    const count = Math.min(left, sizes[i] ?? 255);
    layout.push(count);
    left -= count;
  }
  return layout;
};

const ONE_EACH = new Array<number>(20).fill(1);

/** Adds a comment by which all pages of the headers are full to the last byte or nearly so. */
function filled(
  entries: readonly string[],
  make: (entries: readonly string[]) => Uint8Array,
  segmentsOf: (packet: Uint8Array) => number,
): string[] {
  const bare = make([...entries, 'FILLER=']);
  const segments = Math.ceil(segmentsOf(bare) / 255) * 255 - segmentsOf(bare);
  return [...entries, `FILLER=${'f'.repeat(segments * 255 + 254 - (bare.length % 255))}`];
}

interface Sample {
  readonly codec: 'Vorbis' | 'Opus';
  readonly content: Uint8Array;
}

const anyOgg: fc.Arbitrary<Sample> = fc
  .record({
    codec: fc.constantFrom('Vorbis' as const, 'Opus' as const),
    entries: anyEntries,
    tail: anyTail,
    setup: fc.integer({ min: 7, max: 1100 }),
    sizes: fc.oneof(fc.array(fc.integer({ min: 1, max: 255 }), { maxLength: 6 }), fc.constant(ONE_EACH)),
    pages: fc.integer({ min: 1, max: 5 }),
    full: fc.boolean(),
  })
  .map(({ codec, entries, tail, setup: length, sizes, pages, full }) => {
    const setup = setupHeader(length);
    const make = (list: readonly string[]): Uint8Array =>
      codec === 'Vorbis'
        ? vorbisComments(list, { tail: full ? Uint8Array.of(1) : bytes(1, tail) })
        : opusTags(list, { tail: full ? new Uint8Array(0) : tail });
    const segmentsOf = (packet: Uint8Array): number =>
      laces(packet.length).length + (codec === 'Vorbis' ? laces(length).length : 0);
    const comments = make(full ? filled(entries, make, segmentsOf) : entries);
    const layout = layoutOf(segmentsOf(comments), full ? [] : sizes);
    return { codec, content: ogg({ codec, comments, setup, layout, audio: audioPages(pages) }) };
  });

const seen = ({ codec, content }: Sample): Seen => demux(content, codec === 'Vorbis' ? 3 : 2);

/** Comments of a packet as another reads them: vendor, texts, and what follows without zero bytes at the end. */
function listOf({ codec, content }: Sample): { texts: string[]; rest: string } {
  const packet = Buffer.from(seen({ codec, content }).packets[1]!);
  let at = codec === 'Vorbis' ? 7 : 8;
  const next = (): string => {
    const length = packet.readUInt32LE(at);
    at += 4 + length;
    return packet.toString('latin1', at - length, at);
  };
  const texts = [next()];
  const count = packet.readUInt32LE(at);
  at += 4;
  for (let i = 0; i < count; i++) texts.push(next());
  return { texts, rest: packet.toString('hex', at).replace(/(00)*$/, '') };
}

/** All of a file but the fields of the change, and what pages may say differently. */
function restOf(sample: Sample, change: TagChange): unknown {
  const ours = ['GENRE', 'MOOD', ...Object.keys(change.custom ?? {})].map((name) => name.toUpperCase());
  const { texts, rest } = listOf(sample);
  const { pages, packets, audio } = seen(sample);
  return {
    texts: texts.filter((text, index) => index === 0 || !ours.includes(text.split('=')[0]!.toUpperCase())).map(crc),
    rest,
    head: crc(pages[0]!.body),
    setup: packets.slice(2).map(crc),
    audio: audio.map(({ flags, granule, serial, lacing, body }) => [flags, String(granule), serial, lacing, crc(body)]),
  };
}
const crc = (value: string | Uint8Array): string => `${value.length} ${crcOf(Buffer.from(value as string, 'latin1'))}`;

describe('random edits of random Ogg files', () => {
  it('change nothing else, keep every page right, and turn back exactly', async () => {
    let repaged = 0;
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(anyOgg, anyChange, async (sample, change) => {
        const result = await edited(sample.content, change);
        // These files are all by the book.
        if (!result) throw new Error('refused');
        expect(same(result.back, sample.content)).toBe(true);
        const after = { ...sample, content: result.after };
        expect(restOf(after, change)).toEqual(restOf(sample, change));
        const found = await findAudioParts(memorySource(result.after));
        expect(found).toEqual((await parseForWriting(memorySource(result.after), DEFAULT_OPTIONS)).audio);
        expect(await contentHash(memorySource(result.after))).toBe(await contentHash(memorySource(sample.content)));
        if (!same(result.after, sample.content)) changed++;
        if (seen(after).pages.length !== seen(sample).pages.length) repaged++;
      }),
      RUNS,
    );
    expect(changed).toBeGreaterThan(RUNS.numRuns / 2);
    expect(repaged).toBeGreaterThan(10);
  });

  it('read back as asked, and asking again changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyOgg, anyChange, async ({ content }, change) => {
        const result = await edited(content, change);
        if (!result) throw new Error('refused');
        const parsed = await parseForWriting(memorySource(result.after), DEFAULT_OPTIONS);
        const values = (field: string): readonly string[] => parsed.carriers(field)[0]?.values ?? [];
        if (change.mode === 'replace' && change.genres) expect(values('genre')).toEqual(change.genres);
        if (change.mode === 'replace' && change.moods) expect(values('mood')).toEqual(change.moods);
        if (change.mode === 'add')
          for (const before of (await parseForWriting(memorySource(content), DEFAULT_OPTIONS)).carriers('genre'))
            expect(values('genre')).toEqual(expect.arrayContaining([...before.values]));
        const again = await edited(result.after, change);
        expect(again && same(again.after, result.after)).toBe(true);
      }),
      RUNS,
    );
  });

  it('through real files: plan, apply and undo are byte-exact', async () => {
    await fc.assert(
      fc.asyncProperty(anyOgg, anyChange, async ({ content }, change) => {
        const path = temp.file('song.ogg', content);
        if ((await createTagWriter().plan(path, change)).status !== 'ready') return;
        const { undo, bytes: after } = await write(path, change);
        expect(same(after, content)).toBe(false);
        expect(same(await undo(), content)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

/** Damage to a file; the checksums of its pages may be made right again, so that the damage is found by what it says. */
const damaged = fc
  .tuple(
    anyOgg,
    fc.array(
      fc.tuple(
        fc.constantFrom('set', 'cut', 'insert', 'remove', 'repeat'),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0, 1, 2, 4, 5, 0x7f, 0x80, 0xff, 0x4f),
        fc.boolean(),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    fc.boolean(),
  )
  .map(([{ content }, list, mended]) => {
    const result = list.reduce<Uint8Array>((file, [kind, place, value, fromEnd]) => {
      const distance = Math.floor(place ** 4 * Math.max(0, file.length - 1));
      const at = fromEnd ? Math.max(0, file.length - 1 - distance) : distance;
      const [head, rest] = [file.subarray(0, at), file.subarray(at)];
      if (kind === 'cut') return head;
      if (kind === 'insert') return bytes(head, value, value, rest);
      if (kind === 'remove') return bytes(head, rest.subarray(value % 40));
      if (kind === 'repeat') return bytes(head, rest.subarray(0, 300 * value), rest);
      return bytes(head, value, rest.subarray(1));
    }, content);
    return mended ? mend(result) : result;
  });

function mend(content: Uint8Array): Uint8Array {
  const file = Buffer.from(content);
  for (let at = 0; at + 27 <= file.length && file.toString('latin1', at, at + 4) === 'OggS';) {
    const count = file[at + 26]!;
    const end = at + 27 + count + file.subarray(at + 27, at + 27 + count).reduce((sum, value) => sum + value, 0);
    if (end > file.length) break;
    file.fill(0, at + 22, at + 26);
    file.writeUInt32LE(crcOf(file.subarray(at, end)), at + 22);
    at = end;
  }
  return new Uint8Array(file);
}

describe('damaged Ogg files', () => {
  it('are refused or written right; their audio stays as it is', async () => {
    let written = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(damaged, anyChange, async (content, change) => {
        const start = performance.now();
        await readTagsFrom(memorySource(content));
        const result = await edited(content, change);
        expect(performance.now() - start).toBeLessThan(20_000);
        if (!result) {
          refused++;
          return;
        }
        written++;
        expect(same(result.back, content)).toBe(true);
        expect(await contentHash(memorySource(result.after))).toBe(await contentHash(memorySource(content)));
      }),
      { numRuns: 600 },
    );
    expect(written).toBeGreaterThan(20);
    expect(refused).toBeGreaterThan(100);
  });
});
