import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { findAudioParts } from '../../../src/main/adapters/files/audio-extent';
import { memorySource, type ByteSource } from '../../../src/main/adapters/files/byte-source';
import { contentHash } from '../../../src/main/adapters/files/content-hash';
import { editChecked } from '../../../src/main/adapters/tags/edit-checked';
import { checkChange } from '../../../src/main/core/tags/change';
import { oggCrc } from '../../../src/main/core/tags/ogg-crc';
import { splicedSize } from '../../../src/main/core/tags/splices';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { spreadSegments } from '../../../src/main/adapters/tags/ogg-paging';
import { readOurFields } from '../../../src/main/adapters/tags/our-fields';
import { readTags } from '../../../src/main/adapters/tags/read-tags';
import { temporaryFiles, write } from '../../builders/tags-files';
import { bytes, id3, id3v1 } from '../../builders/tags-mp3';
import {
  audioPages,
  crcOf,
  demux,
  framed,
  laces,
  ogg,
  opusHead,
  opusTags,
  page,
  setupHeader,
  vorbisComments,
  vorbisHead,
  type OggParts,
} from '../../builders/tags-ogg';

const temp = temporaryFiles();
const replace = (rest: Partial<TagChange>): TagChange => ({ mode: 'replace', ...rest });
const rock = replace({ genres: ['Rock'] });
const vorbis = (
  entries: readonly (string | Uint8Array)[],
  tail: Uint8Array = framed(),
  rest: Partial<OggParts> = {},
): Uint8Array => ogg({ codec: 'Vorbis', comments: vorbisComments(entries, { tail }), ...rest });
const opus = (
  entries: readonly (string | Uint8Array)[],
  tail: Uint8Array = new Uint8Array(0),
  rest: Partial<OggParts> = {},
): Uint8Array => ogg({ codec: 'Opus', comments: opusTags(entries, { tail }), ...rest });

/** As `toEqual`, which takes minutes for megabytes. */
function expectSame(actual: Uint8Array, expected: Uint8Array): void {
  if (Buffer.compare(actual, expected) === 0) return;
  const first = actual.findIndex((byte, i) => byte !== expected[i]);
  expect({ length: actual.length, firstDifference: first }).toEqual({ length: expected.length, firstDifference: -1 });
}

/** Writes, looks whether the audio is still known again, undoes, and gives what was written. */
async function written(before: Uint8Array, change: TagChange): Promise<Uint8Array> {
  const result = await write(temp.file('a.ogg', before), change);
  expectSame(await result.undo(), before);
  expect(await contentHash(memorySource(result.bytes))).toBe(await contentHash(memorySource(before)));
  return result.bytes;
}

async function refusal(before: Uint8Array, change = rock): Promise<string> {
  const plan = await createTagWriter().plan(temp.file('a.ogg', before), change);
  return plan.status === 'refused' ? `${plan.code}: ${plan.message}` : plan.status;
}

/** A comment that makes the packet so long, all else counted in. */
const filler = (length: number): string => `FILLER=${'x'.repeat(length - 7)}`;

describe.each([
  ['Ogg Vorbis', vorbis, 'Vorbis'],
  ['Ogg Opus', opus, 'Opus'],
] as const)('comments in %s, byte for byte', (format, make, codec) => {
  const end = codec === 'Vorbis' ? framed() : new Uint8Array(0);
  const padded = (length: number): Uint8Array => bytes(end, new Uint8Array(length));

  it('repeats GENRE and MOOD, keeps all others in order and spelling, and stays in the pages that there were', async () => {
    const before = make(['TITLE=T', 'genre=Jazz', 'Mixed Case Key=v', 'GENRE=Pop', 'EMPTY=', 'no equals sign'], end);
    const change = replace({ genres: ['Rock', 'Trip-Hop', 'Röck'], moods: ['Happy'] });
    const after = await written(before, change);
    expectSame(
      after,
      make(
        [
          'TITLE=T',
          'GENRE=Rock',
          'GENRE=Trip-Hop',
          'GENRE=Röck',
          'Mixed Case Key=v',
          'EMPTY=',
          'no equals sign',
          'MOOD=Happy',
        ],
        end,
      ),
    );
    expect((await parseForWriting(memorySource(after), DEFAULT_OPTIONS)).format).toBe(format);
  });

  it('adds, fills, removes, and sets grouping, comment and fields of one’s own', async () => {
    const before = make(['GENRE=Hip Hop', 'MYFIELD=keep', 'COMMENT=old', 'grouping=G'], end);
    expectSame(
      await written(before, { mode: 'add', genres: ['hip-hop', 'Rock'] }),
      make(['GENRE=Hip Hop', 'GENRE=Rock', 'MYFIELD=keep', 'COMMENT=old', 'grouping=G'], end),
    );
    expectSame(
      await written(before, { mode: 'fill', genres: ['Rock'], moods: ['Calm'] }),
      make(['GENRE=Hip Hop', 'MYFIELD=keep', 'COMMENT=old', 'grouping=G', 'MOOD=Calm'], end),
    );
    expectSame(
      await written(before, replace({ genres: [], moods: [] })),
      make(['MYFIELD=keep', 'COMMENT=old', 'grouping=G'], end),
    );
    expect(
      await written(before, replace({ grouping: ['A', 'B'], comment: ['new'], custom: { GENREGRAM_GENRES: ['r:1'] } })),
    ).toEqual(
      make(['GENRE=Hip Hop', 'MYFIELD=keep', 'COMMENT=new', 'GROUPING=A', 'GROUPING=B', 'GENREGRAM_GENRES=r:1'], end),
    );
  });

  it('takes the room from zero bytes after the comments, as far as they go, and gives it back to them', async () => {
    const sized = (entries: string[], padding: number): Uint8Array => make(entries, padded(padding));
    expectSame(await written(sized(['TITLE=T'], 100), rock), sized(['TITLE=T', 'GENRE=Rock'], 100 - 14));
    expectSame(await written(sized(['TITLE=T'], 14), rock), sized(['TITLE=T', 'GENRE=Rock'], 0));
    expectSame(await written(sized(['TITLE=T'], 9), rock), sized(['TITLE=T', 'GENRE=Rock'], 0));
    expectSame(await written(sized(['GENRE=Rock', 'TITLE=T'], 3), replace({ genres: [] })), sized(['TITLE=T'], 3 + 14));
  });

  it('keeps data after the comments that is no padding', async () => {
    const data = bytes(end, [1, 2, 3, 0, 0, 0]);
    expectSame(await written(make(['TITLE=T'], data), rock), make(['TITLE=T', 'GENRE=Rock'], data));
    // Nobody's, as its first bit is 0, but not ours to throw away.
    const other = bytes(end, [0, 0, 7]);
    expectSame(await written(make(['GENRE=Rock'], other), replace({ genres: [] })), make([], other));
  });

  it('numbers all later pages anew where the tags need a page more, and one less', async () => {
    // Comments of 255 full segments, as far as the setup header leaves room, are exactly one page.
    const head = codec === 'Vorbis' ? vorbisComments([''], { tail: end }) : opusTags([''], { tail: end });
    const room = 255 * 255 - 1 - head.length - (codec === 'Vorbis' ? 255 * laces(3000).length : 0);
    const before = make([filler(room)], end);
    expect(demux(before, codec === 'Vorbis' ? 3 : 2).pages).toHaveLength(6);
    const after = await written(before, rock);
    expectSame(after, make([filler(room), 'GENRE=Rock'], end));
    expect(demux(after, codec === 'Vorbis' ? 3 : 2).pages).toHaveLength(7);
    // Pages of one segment each can't hold fewer segments than they are.
    const tiny = make(['GENRE=Rock', 'MOOD=' + 'm'.repeat(510)], end, {
      setup: setupHeader(200),
      layout: codec === 'Vorbis' ? [1, 1, 1, 1] : [1, 1, 1],
    });
    expectSame(await written(tiny, replace({ genres: [], moods: [] })), make([], end, { setup: setupHeader(200) }));
  });

  it('fits as much into the pages that there are as possible', async () => {
    const packets = codec === 'Vorbis' ? 3 : 2;
    const head = codec === 'Vorbis' ? vorbisComments([''], { tail: end }) : opusTags([''], { tail: end });
    const setup = setupHeader(250);
    const room = 255 * 255 - 1 - head.length - (codec === 'Vorbis' ? 255 : 0) - 14;
    const before = make([filler(room)], end, { setup });
    expect(demux(before, packets).pages).toHaveLength(6);
    const after = await written(before, rock);
    expectSame(after, make([filler(room), 'GENRE=Rock'], end, { setup }));
    expect(demux(after, packets).pages[1]?.lacing).toHaveLength(255);
    expect(demux(after, packets).pages).toHaveLength(6);
  });

  it('moves the borders of the pages within a cover that spans many of them', async () => {
    const cover = Buffer.concat([
      Buffer.from('METADATA_BLOCK_PICTURE='),
      Uint8Array.from({ length: 3_000_000 }, (_, i) => 32 + ((i * 7919) % 90)),
    ]);
    const before = make(['TITLE=T', cover, 'ARTIST=A'], end);
    const result = await write(temp.file('cover.ogg', before), replace({ genres: ['Rock'], moods: ['Sad'] }));
    expectSame(result.bytes, make(['TITLE=T', cover, 'ARTIST=A', 'GENRE=Rock', 'MOOD=Sad'], end));
    // What is remembered for undo are headers of pages, not the cover.
    expect(result.entry.splices.reduce((sum, { insert }) => sum + insert.length, 0)).toBeLessThan(1000);
    const front = await write(temp.file('front.ogg', make(['GENRE=Jazz', cover, 'ARTIST=A'], end)), rock);
    expectSame(front.bytes, make(['GENRE=Rock', cover, 'ARTIST=A'], end));
    const longer = await write(
      temp.file('longer.ogg', make(['GENRE=Jazz', cover], end)),
      replace({ genres: ['Chanson'] }),
    );
    expectSame(longer.bytes, make(['GENRE=Chanson', cover], end));
    expect(longer.entry.splices.reduce((sum, { insert }) => sum + insert.length, 0)).toBeLessThan(47 * 300);
    expectSame(await longer.undo(), make(['GENRE=Jazz', cover], end));
  });

  it('finds the same audio as the content hash does', async () => {
    for (const file of [make([], end), make(['A=b'], padded(9), { audio: audioPages(300) })]) {
      const parsed = await parseForWriting(memorySource(file), DEFAULT_OPTIONS);
      expect(await findAudioParts(memorySource(file))).toEqual(parsed.audio);
      const found = parsed.audio.map(({ offset, length }) => file.slice(offset, offset + length));
      expectSame(bytes(...found), bytes(...demux(file, codec === 'Vorbis' ? 3 : 2).audio.map(({ body }) => body)));
    }
  });

  it('shows what is there', async () => {
    const file = make(['TITLE=T', 'GENRE=Rock', 'genre=Pop', 'MOOD=Sad'], end);
    expect(await readTags(temp.file('misnamed.mp3', file))).toMatchObject({
      ok: true,
      value: { title: 'T', genres: ['Rock', 'Pop'], moods: ['Sad'] },
    });
  });
});

describe('pages of the headers', () => {
  it('leaves the page of the setup header alone where it has one of its own', async () => {
    const setup = setupHeader(1000);
    const before = vorbis(['TITLE=T'], framed(), { setup, layout: [1, 4] });
    const after = await written(before, replace({ genres: ['Rock', 'x'.repeat(700)] }));
    expectSame(
      after,
      vorbis(['TITLE=T', 'GENRE=Rock', `GENRE=${'x'.repeat(700)}`], framed(), { setup, layout: [4, 4] }),
    );
  });

  it('shares out segments, first to the page of the comments, and adds pages only if all are full', () => {
    expect(spreadSegments([10], 20, 0)).toEqual([20]);
    expect(spreadSegments([255, 255, 200], 720, 1)).toEqual([255, 255, 210]);
    expect(spreadSegments([255, 100, 200], 600, 2)).toEqual([255, 100, 245]);
    expect(spreadSegments([100, 250, 255], 700, 1)).toEqual([190, 255, 255]);
    expect(spreadSegments([255, 3, 20], 260, 1)).toEqual([255, 1, 4]);
    expect(spreadSegments([9, 9, 9], 3, 1)).toEqual([1, 1, 1]);
    expect(spreadSegments([9, 9, 9], 2, 1)).toEqual([2]);
    expect(spreadSegments([255, 255], 511, 0)).toEqual([255, 255, 1]);
  });

  it('changes nothing in what it is given, be that a Buffer', async () => {
    const file = vorbis(['TITLE=T']);
    const given = Buffer.from(file);
    await editChecked(memorySource(given), checkChange(rock), DEFAULT_OPTIONS);
    expectSame(given, file);
  });

  it('has the checksum of RFC 3533, however the bytes are cut', () => {
    const data = Uint8Array.from({ length: 1000 }, (_, i) => (i * i * 31) & 255);
    for (const length of [0, 1, 7, 8, 9, 64, 1000])
      expect(oggCrc(data.subarray(0, length))).toBe(crcOf(data.subarray(0, length)));
    expect(oggCrc(data.subarray(333), oggCrc(data.subarray(0, 333)))).toBe(crcOf(data));
    // The first page of a file that opusenc wrote, its checksum set to zero, and that checksum.
    const known = Buffer.from(
      '4f676753000200000000000000008ca20f30000000000000000001134f707573486561640102380144ac0000000000',
      'hex',
    );
    expect(oggCrc(known)).toBe(0xeaa6b4fe);
  });
});

describe('audio that is damaged', () => {
  const room = 255 * 255 - 1 - vorbisComments(['']).length - 255 * laces(3000).length;
  const full = filler(room);
  const pages = audioPages(4);
  const withPage = (index: number, change: object): typeof pages =>
    pages.map((one, i) => (i === index ? { ...one, ...change } : one));
  const cases: [string, (entries: string[]) => Uint8Array, RegExp][] = [
    [
      'a page with a wrong checksum',
      (entries) => vorbis(entries, framed(), { audio: withPage(1, { crc: 7 }) }),
      /damaged/,
    ],
    ['a missing page', (entries) => vorbis(entries, framed(), { audio: withPage(3, { sequence: 99 }) }), /missing/],
    ['a last page that is cut off', (entries) => vorbis(entries).slice(0, -100), /cut off/],
    ['a header of a page that is cut off', (entries) => vorbis(entries).slice(0, -2020), /cut off/],
    [
      'three letters of a page',
      (entries) => bytes(vorbis(entries, framed(), { audio: withPage(3, { flags: 0 }) }), 'Ogg'),
      /cut off/,
    ],
  ];
  it.each(cases)('%s is left as it is where no page moves, else nothing is done', async (_name, make, reason) => {
    expectSame(await written(make(['TITLE=T']), rock), make(['TITLE=T', 'GENRE=Rock']));
    const parsed = await parseForWriting(memorySource(make(['TITLE=T'])), DEFAULT_OPTIONS);
    expect(await findAudioParts(memorySource(make(['TITLE=T'])))).toEqual(parsed.audio);
    expect(await refusal(make([full]))).toMatch(reason);
    expect(await refusal(make([full]))).toMatch(/tag-unparseable.*numbered anew/);
  });

  it('a stream without a last page is a stream', async () => {
    const audio = withPage(3, { flags: 0 });
    expectSame(
      await written(vorbis([full], framed(), { audio }), rock),
      vorbis([full, 'GENRE=Rock'], framed(), { audio }),
    );
  });

  it('keeps empty pages and packets that span pages', async () => {
    const audio = [
      { body: new Uint8Array(510).fill(7), granule: -1n, lacing: [255, 255] },
      { body: new Uint8Array(100).fill(9), granule: 960n, flags: 1 },
      { body: new Uint8Array(0), granule: 960n, flags: 4, lacing: [] },
    ];
    expectSame(
      await written(vorbis([full], framed(), { audio }), rock),
      vorbis([full, 'GENRE=Rock'], framed(), { audio }),
    );
  });

  it('an ID3v1 tag at the end is left alone, and said to be there', async () => {
    const result = await write(temp.file('a.ogg', bytes(vorbis([full]), id3v1(8))), rock);
    expectSame(result.bytes, bytes(vorbis([full, 'GENRE=Rock']), id3v1(8)));
    expect(result.plan.warnings).toEqual([expect.stringContaining('ID3v1 tag at its end')]);
  });
});

describe('Ogg that is not certain is refused', () => {
  const good = vorbis(['TITLE=T'], framed(), { setup: setupHeader(300) });
  const one = (fields: Partial<Parameters<typeof page>[0]>, crc?: number): Uint8Array =>
    page(
      { flags: 0, granule: 0n, serial: 0x1234abcd, sequence: 1, lacing: [], body: new Uint8Array(0), ...fields },
      crc,
    );
  /** A file from pages, each with its own fields. */
  const first = one({ flags: 2, sequence: 0, lacing: laces(30), body: vorbisHead() });
  const packets = bytes(vorbisComments(['TITLE=T']), setupHeader(300));
  const lacing = [...laces(vorbisComments(['TITLE=T']).length), ...laces(300)];
  const second = one({ lacing, body: packets });
  const audio = one({ sequence: 2, granule: 960n, lacing: [9], body: new Uint8Array(9).fill(3), flags: 4 });
  const other = one({ flags: 2, sequence: 0, serial: 7, lacing: laces(30), body: vorbisHead() });
  const start = (magic: string): Uint8Array => {
    const body = bytes(magic, new Uint8Array(40));
    return bytes(one({ flags: 2, sequence: 0, lacing: laces(body.length), body }), second, audio);
  };
  const swap = (head: Uint8Array): Uint8Array =>
    bytes(one({ flags: 2, sequence: 0, lacing: laces(head.length), body: head }), second, audio);
  const opusPages = (head: Uint8Array, tags = opusTags([])): Uint8Array =>
    bytes(
      one({ flags: 2, sequence: 0, lacing: laces(head.length), body: head }),
      one({ lacing: laces(tags.length), body: tags }),
      audio,
    );
  const changed = (source: Uint8Array, at: number, ...values: number[]): Uint8Array => {
    const copy = source.slice();
    copy.set(values, at);
    return copy;
  };
  const commentPage = (comments: Uint8Array, setup = setupHeader(300)): Uint8Array =>
    bytes(
      first,
      one({ lacing: [...laces(comments.length), ...laces(setup.length)], body: bytes(comments, setup) }),
      audio,
    );
  const plain = vorbisComments(['TITLE=T']);

  it('the pages of these tests are good ones otherwise', async () => {
    expect(await refusal(bytes(first, second, audio))).toBe('ready');
    expect(await refusal(good)).toBe('ready');
    expect(await refusal(opusPages(opusHead()))).toBe('ready');
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['an ID3v2 tag before the first page', bytes(id3(3, [], { padding: 20 }), good), /unparseable: An ID3v2 tag/],
    ['Ogg FLAC', start('\x7fFLAC'), /unsupported.*FLAC/],
    ['Speex', start('Speex   '), /unsupported.*Speex/],
    ['Theora', start('\x80theora'), /unsupported.*Theora/],
    ['a codec that nobody knows', start('Whatever'), /unsupported.*unknown codec/],
    ['a first page that does not begin the stream', changed(good, 5, 0), /identification header/],
    [
      'a first page with something behind the header',
      bytes(one({ flags: 2, sequence: 0, lacing: [30, 0], body: vorbisHead() }), second, audio),
      /identification header/,
    ],
    ['another version of Vorbis', swap(changed(vorbisHead(), 7, 1)), /malformed/],
    ['a longer Vorbis header', swap(bytes(vorbisHead(), 0)), /malformed/],
    ['no channels', swap(changed(vorbisHead(), 11, 0)), /malformed/],
    ['an Opus header that is cut off', opusPages(opusHead().subarray(0, 15)), /malformed/],
    ['another version of Opus', opusPages(changed(opusHead(), 8, 0x10)), /malformed/],
    ['no channels of Opus', opusPages(changed(opusHead(), 9, 0)), /malformed/],
    ['no comments of Opus', opusPages(opusHead(), bytes('OpusTigs', opusTags([]).subarray(8))), /no comments/],
    ['comments of Opus that are cut off', opusPages(opusHead(), opusTags(['A=b']).subarray(0, -1)), /malformed/],
    ['a second stream beside the first', bytes(first, other, second, audio), /unsupported.*side by side/],
    [
      'a page of another stream among the audio',
      bytes(first, second, one({ serial: 7, sequence: 9 }), audio),
      /side by side/,
    ],
    ['a second stream behind the first', bytes(good, other, second, audio), /unsupported.*one after the other/],
    [
      'a second file of the same stream behind the first',
      bytes(first, second, audio, first, second, audio),
      /one after the other/,
    ],
    ['pages behind the last one', bytes(first, second, audio, audio), /follow the last/],
    ['a wrong checksum in the first page', changed(good, 22, 1), /wrong checksum/],
    ['a wrong checksum in the second page', changed(good, 58 + 22, 1), /wrong checksum/],
    ['a changed byte in the comments', changed(good, 58 + 40, 1), /wrong checksum/],
    [
      'a missing page of the headers',
      bytes(first, one({ sequence: 2, lacing, body: packets }), audio),
      /headers.*missing/,
    ],
    [
      'a header page with a position in time',
      bytes(first, one({ granule: 5n, lacing, body: packets }), audio),
      /position in time/,
    ],
    ['a header page of another version', changed(good, 58 + 4, 1), /version/],
    ['a header page with flags that nobody knows', changed(good, 58 + 5, 8), /version/],
    ['a header page that continues nothing', changed(good, 58 + 5, 1), /continue/],
    ['an end within the headers', changed(good, 58 + 5, 4), /continue/],
    [
      'a packet that is not continued',
      bytes(
        first,
        one({ lacing: [255], body: packets.subarray(0, 255) }),
        one({ sequence: 2, lacing: [9], body: new Uint8Array(9) }),
        audio,
      ),
      /continue/,
    ],
    ['an empty header page', bytes(first, one({}), second, audio), /continue/],
    ['garbage among the headers', bytes(first, 'garbage', second, audio), /between the headers/],
    ['garbage among the audio', bytes(first, second, 'garbage', audio), /other than a page/],
    ['garbage at the end', bytes(good, 'garbage'), /other than a page/],
    ['zero bytes at the end', bytes(good, new Uint8Array(500)), /other than a page/],
    ['an end within the header pages', good.subarray(0, 200), /cut off/],
    ['nothing behind the first page', good.subarray(0, 58), /other than a page|cut off/],
    ['an end within the first page', good.subarray(0, 40), /does not begin with a page/],
    ['no audio', bytes(first, second), /No audio/],
    ['only an empty page of audio', bytes(first, second, one({ sequence: 2, flags: 4 })), /No audio/],
    [
      'audio on the page of the headers',
      bytes(first, one({ lacing: [...lacing, 5], body: bytes(packets, new Uint8Array(5)) }), audio),
      /page of its own/,
    ],
    [
      'audio that continues the headers',
      bytes(first, second, one({ sequence: 2, flags: 1, lacing: [3], body: new Uint8Array(3) })),
      /page of its own/,
    ],
    ['a page of audio of another version', bytes(first, second, changed(audio, 4, 1)), /version/],
    ['no comments', commentPage(bytes('\x04vorbis', plain.subarray(7))), /no comments/],
    ['no setup header', commentPage(plain, bytes('\x04vorbis', new Uint8Array(50))), /no setup/],
    ['a setup header of three bytes', commentPage(plain, bytes('\x05vo')), /no setup/],
    ['no framing bit', commentPage(changed(plain, plain.length - 1, 0)), /framing/],
    ['no byte for it', commentPage(plain.subarray(0, -1)), /framing/],
    ['a lying vendor length', commentPage(changed(plain, 7, 0xff, 0xff)), /comments/],
    ['a lying number of comments', commentPage(changed(plain, 7 + 4 + 29, 9)), /comments/],
    ['a lying length of a comment', commentPage(changed(plain, 7 + 4 + 29 + 4, 99)), /malformed/],
    ['a genre that is no UTF-8', commentPage(vorbisComments([bytes('GENRE=', 255)])), /genre/],
  ])('%s', async (_name, content, reason) => {
    expect(await refusal(content)).toMatch(reason);
  });

  it('is payload as a whole', async () => {
    for (const file of [bytes(first, other, second, audio), bytes(good, 'garbage'), good.subarray(0, 200)])
      expect(await findAudioParts(memorySource(file))).toEqual([{ offset: 0, length: file.length }]);
  });
});

describe('long files', () => {
  it('are read without their audio when only the fields are asked for', async () => {
    const file = vorbis(['TITLE=T', 'GENRE=Rock'], framed(), { audio: audioPages(500) });
    let read = 0;
    const source: ByteSource = {
      size: file.length,
      read(offset, length) {
        read += length;
        return memorySource(file).read(offset, length);
      },
    };
    expect(await readOurFields(source, 'ogg', DEFAULT_OPTIONS)).toMatchObject({ genres: ['Rock'], moods: [] });
    expect(read).toBeLessThan(file.length / 5);
  });

  it('numbers tens of thousands of pages anew, without taking the file into memory', async () => {
    const room = 255 * 255 - 1 - vorbisComments(['']).length - 255 * laces(3000).length;
    const audio = audioPages(20_000, 2);
    const before = vorbis([filler(room)], framed(), { audio });
    let largest = 0;
    const source: ByteSource = {
      size: before.length,
      read(offset, length) {
        largest = Math.max(largest, length);
        return memorySource(before).read(offset, length);
      },
    };
    const { edit } = await editChecked(source, checkChange(rock), DEFAULT_OPTIONS);
    expect(largest).toBeLessThanOrEqual(65_536);
    expect(edit.splices.length).toBeGreaterThan(20_000);
    expect(splicedSize(before.length, edit.splices)).toBe(before.length + 14 + 27 + 1);
    const after = await write(temp.file('long.ogg', before), rock);
    expectSame(after.bytes, vorbis([filler(room), 'GENRE=Rock'], framed(), { audio }));
    expectSame(await after.undo(), before);
  });
});
