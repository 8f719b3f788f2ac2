import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { checkChange } from '../../../src/main/core/tags/change';
import { findAudioParts } from '../../../src/main/adapters/files/audio-extent';
import { memorySource, spliced, type ByteSource } from '../../../src/main/adapters/files/byte-source';
import { editChecked } from '../../../src/main/adapters/tags/edit-checked';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { readMp4 } from '../../../src/main/adapters/tags/mp4-boxes';
import { assertSameChunks } from '../../../src/main/adapters/tags/mp4-offsets';
import { readTags } from '../../../src/main/adapters/tags/read-tags';
import { temporaryFiles, write } from '../../builders/tags-files';
import { bytes } from '../../builders/tags-mp3';
import {
  be,
  box,
  chunkHeads,
  data,
  free,
  freeform,
  FTYP,
  gnre,
  hdlr,
  ilst,
  item,
  itunesHdlr,
  largeBox,
  meta,
  mp4,
  openBox,
  sound,
  tags,
  udta,
  type Mp4File,
} from '../../builders/tags-mp4';

const temp = temporaryFiles();
const replace = (rest: Partial<TagChange>): TagChange => ({ mode: 'replace', ...rest });
const ROCK = replace({ genres: ['Rock'] });

async function written(before: Uint8Array, change: TagChange): Promise<Uint8Array> {
  const result = await write(temp.file('a.m4a', before), change);
  expect(await result.undo()).toEqual(before);
  return result.bytes;
}

async function refusal(before: Uint8Array, change = ROCK): Promise<string> {
  const path = temp.file('a.m4a', before);
  const plan = await createTagWriter().plan(path, change);
  return plan.status === 'refused' ? `${plan.code}: ${plan.message}` : plan.status;
}

const media = { mdat: sound(400) };
const tracks: Mp4File['tracks'] = [
  {
    chunks: [
      [0, 0],
      [0, 100],
      [0, 390],
    ],
  },
];
/** moov first, so that the audio would move. */
const file = (moov: readonly Uint8Array[], ...behind: readonly Uint8Array[]): Uint8Array =>
  mp4({ layout: ['moov', ...behind, media], tracks, moov });
const name = item('\xa9nam', 'Title');
const cover = item('covr', data(new Uint8Array(3000).fill(0xff), 13));
const itunes = [
  freeform('iTunNORM', [' 0000036B 000003B7']),
  freeform('iTunSMPB', [' 00000000 00000840 000001C4 0000000000046E00']),
  freeform('markers', [data(Uint8Array.of(0, 1, 255), 0)], 'com.serato.dj'),
  item('rtng', data(Uint8Array.of(4), 21)),
  item('\xa9xyz', Uint8Array.of(0, 0, 0, 9, 7)),
  cover,
];

describe("iTunes' metadata in MP4, byte for byte", () => {
  it('gives each genre a data atom, keeps all other items in order, takes the room from the free box', async () => {
    const before = file([udta(meta(itunesHdlr, ilst(name, item('\xa9gen', 'Jazz'), ...itunes), free(500)))]);
    const change = replace({ genres: ['Rock', 'Trip-Hop', 'Röck'], moods: ['Happy'] });
    const after = [item('\xa9gen', 'Rock', 'Trip-Hop', 'Röck'), freeform('MOOD', ['Happy'])] as const;
    const items = ilst(name, after[0], ...itunes, after[1]);
    const taken = after[0].length - item('\xa9gen', 'Jazz').length + after[1].length;
    expect(await written(before, change)).toEqual(file([udta(meta(itunesHdlr, items, free(500 - taken)))]));
  });

  it('reads a genre that is a number, and puts its text in its place when it changes', async () => {
    const before = file([udta(meta(itunesHdlr, ilst(gnre(18), name), free(100)))]);
    const read = await readTags(temp.file('n.m4a', before));
    expect(read).toMatchObject({ ok: true, value: { genres: ['Rock'], title: 'Title' } });
    expect(await refusal(before)).toBe('unchanged');
    const added = await write(temp.file('a.m4a', before), { mode: 'add', genres: ['Dub'] });
    const both = item('\xa9gen', 'Rock', 'Dub');
    expect(added.bytes).toEqual(
      file([udta(meta(itunesHdlr, ilst(both, name), free(100 + gnre(18).length - both.length)))]),
    );
    expect(added.plan.warnings).toEqual([
      expect.stringContaining('gnre'),
      expect.stringContaining('first of several genres'),
    ]);
    expect(added.plan.diffs).toEqual([
      { field: 'genre', names: ['\xa9gen'], before: ['Rock'], after: ['Rock', 'Dub'] },
    ]);
    const differing = file([tags(gnre(10), item('\xa9gen', 'Rock'))]);
    expect(await written(differing, ROCK)).toEqual(
      file([udta(meta(itunesHdlr, ilst(item('\xa9gen', 'Rock')), free(gnre(10).length)))]),
    );
    // A number without a name stands for nothing.
    expect(await written(file([tags(gnre(999), name)]), { mode: 'fill', genres: ['Pop'] })).toEqual(
      file([tags(item('\xa9gen', 'Pop'), name)]),
    );
  });

  it('finds freeform items without regard to case and keeps their spelling; those of other programs stay', async () => {
    const other = freeform('MOOD', ['Blue'], 'org.other');
    const before = file([
      udta(meta(itunesHdlr, ilst(other, freeform('Mood', ['Sad']), name, freeform('mood', ['Calm'])), free(300))),
    ]);
    expect(await written(before, { mode: 'add', moods: ['Happy'] })).toEqual(
      file([
        udta(
          meta(
            itunesHdlr,
            ilst(other, freeform('Mood', ['Sad', 'Calm', 'Happy']), name),
            free(300 + freeform('mood', ['Calm']).length - data('Calm').length - data('Happy').length),
          ),
        ),
      ]),
    );
  });

  it('joins items that are repeated for each value, as MusicBee writes them', async () => {
    const before = file([tags(item('\xa9gen', 'Rock'), name, item('\xa9gen', 'Indie'))]);
    const read = await readTags(temp.file('r.m4a', before));
    expect(read).toMatchObject({ value: { genres: ['Rock', 'Indie'] } });
    expect(await written(before, replace({ genres: ['Punk', 'Indie'] }))).toEqual(
      file([udta(meta(itunesHdlr, ilst(item('\xa9gen', 'Punk', 'Indie'), name), free(8)))]),
    );
  });

  it('keeps kind and locale of values that stay, and gives new ones the locale of the first', async () => {
    const wide = data(Uint8Array.from(Buffer.from('\ufeffRöck', 'utf16le').swap16()), 2, [0, 1, 21, 5]);
    const unsaid = data('Dub', 0);
    const odd = data('Jazz\0', 18);
    const before = file([udta(meta(itunesHdlr, ilst(item('\xa9gen', wide, unsaid, odd)), free(400)))]);
    const shown = await readTags(temp.file('w.m4a', before));
    expect(shown).toMatchObject({ value: { genres: ['Röck', 'Dub', 'Jazz'] } });
    const pop = data('Pop', 1, [0, 1, 21, 5]);
    expect(await written(before, { mode: 'add', genres: ['Pop'] })).toEqual(
      file([udta(meta(itunesHdlr, ilst(item('\xa9gen', wide, unsaid, odd, pop)), free(400 - pop.length)))]),
    );
  });

  it.each<[string, Uint8Array]>([
    ['a picture', data('Rock', 13)],
    ['no UTF-8', data(Uint8Array.of(0xc3, 0x28))],
    ['half a character of UTF-16', data(Uint8Array.of(0xd8, 0x3c), 2)],
    ['an odd number of bytes of UTF-16', data(Uint8Array.of(0, 65, 0), 2)],
    ['bytes of no kind', data(Uint8Array.of(82, 1, 2), 0)],
    ['a kind of another set', data('Rock', 0x01000001)],
    ['something besides values', box('name', 'x')],
    ['a data atom that is too short', box('data', be(1, 4))],
    ['sizes that do not add up', bytes(be(99, 4), 'data', be(1, 4), be(0, 4), 'Rock')],
  ])('refuses to change a genre that is %s, and changes the mood beside it', async (_name, value) => {
    const before = file([udta(meta(itunesHdlr, ilst(item('\xa9gen', value)), free(300)))]);
    expect(await refusal(before)).toMatch(/^tag-unparseable: The file's genre/);
    expect(await written(before, replace({ moods: ['Sad'] }))).toEqual(
      file([
        udta(
          meta(
            itunesHdlr,
            ilst(item('\xa9gen', value), freeform('MOOD', ['Sad'])),
            free(300 - freeform('MOOD', ['Sad']).length),
          ),
        ),
      ]),
    );
  });

  it('adds, fills, removes, and sets grouping, comment and custom fields', async () => {
    const at = (size: number, ...items: Uint8Array[]): Uint8Array =>
      file([udta(meta(hdlr(), ilst(...items), free(size)))]);
    const old = [item('\xa9gen', 'Hip Hop'), freeform('myField', ['keep'])];
    const before = at(1000, ...old, name);
    expect(await written(before, { mode: 'add', genres: ['hip-hop', 'Rock'] })).toEqual(
      at(1000 - data('Rock').length, item('\xa9gen', 'Hip Hop', 'Rock'), old[1]!, name),
    );
    expect(await written(before, { mode: 'fill', genres: ['Rock'], moods: ['Calm'] })).toEqual(
      at(1000 - freeform('MOOD', ['Calm']).length, ...old, name, freeform('MOOD', ['Calm'])),
    );
    expect(await written(before, replace({ genres: [] }))).toEqual(at(1000 + old[0]!.length, old[1]!, name));
    const named = [item('\xa9grp', 'A', 'B'), item('\xa9cmt', 'C'), freeform('GENREGRAM_GENRES', ['rock:0.62'])];
    const custom = { MYFIELD: ['x'], GENREGRAM_GENRES: ['rock:0.62'] };
    expect(await written(before, replace({ grouping: ['A', 'B'], comment: ['C'], custom }))).toEqual(
      at(
        1000 - named.reduce((sum, { length }) => sum + length, 0) + 3,
        old[0]!,
        freeform('myField', ['x']),
        name,
        ...named,
      ),
    );
  });

  it('says what else holds a genre and is left as it is', async () => {
    const before = file([udta(box('gnre', 'old'), meta(itunesHdlr, ilst(freeform('GENRE', ['Soul'])), free(100)))]);
    const result = await write(temp.file('a.m4a', before), ROCK);
    expect(result.plan.warnings).toEqual([expect.stringMatching(/----:com\.apple\.iTunes:GENRE, udta\/gnre/)]);
    expect(result.bytes).toEqual(
      file([
        udta(
          box('gnre', 'old'),
          meta(itunesHdlr, ilst(freeform('GENRE', ['Soul']), item('\xa9gen', 'Rock')), free(100 - 28)),
        ),
      ]),
    );
  });

  it('tells the kind of file', async () => {
    const kind = async (codec: string, brand: string, config: Uint8Array = new Uint8Array(0)): Promise<string> => {
      const tracks = [
        { chunks: [], codec: 'text' },
        { chunks: [[0, 0]] as const, codec, config },
      ];
      const content = mp4({ layout: ['moov', media], tracks, ftyp: box('ftyp', brand, be(0, 4)) });
      return (await parseForWriting(memorySource(content), DEFAULT_OPTIONS)).format;
    };
    const esds = (type: number, length: readonly number[]): Uint8Array =>
      box('esds', be(0, 4), 3, length, be(0, 2), 0, 4, length, type, new Uint8Array(12));
    expect(await kind('mp4a', 'M4A ', esds(0x40, [0x80, 0x80, 0x80, 0x22]))).toBe('MP4 (M4A, AAC)');
    expect(await kind('mp4a', 'isom', esds(0x6b, [0x22]))).toBe('MP4 (MP3)');
    expect(await kind('mp4a', 'isom')).toBe('MP4 (MPEG audio)');
    expect(await kind('alac', 'M4B ')).toBe('MP4 (M4B, ALAC)');
    expect(await kind('xxxx', 'isom')).toBe('MP4');
  });
});

describe('the room for a change of an MP4 file', () => {
  const NEW = item('\xa9gen', 'Rock');
  const list = (...items: Uint8Array[]): Uint8Array => meta(itunesHdlr, ilst(name, ...items));
  const fitting = free(100);
  const shrunk = free(100 - NEW.length);

  it.each<[string, (items: Uint8Array[], space: Uint8Array) => Uint8Array]>([
    ['before the list', (items, space) => file([udta(meta(itunesHdlr, space, ilst(name, ...items)))])],
    ['behind the list', (items, space) => file([udta(meta(itunesHdlr, ilst(name, ...items), space))])],
    ['in udta', (items, space) => file([udta(list(...items), box('chpl', 'x'), space)])],
    ['in moov', (items, space) => file([udta(list(...items)), space, box('xxxx', 'y')])],
    ['before udta in moov', (items, space) => file([space, udta(list(...items))])],
    ['behind moov', (items, space) => file([udta(list(...items))], space)],
  ])('comes from a free box %s, and goes back there', async (_name, build) => {
    expect(await written(build([], fitting), ROCK)).toEqual(build([NEW], shrunk));
    expect(await written(build([NEW], shrunk), replace({ genres: [] }))).toEqual(build([], fitting));
    // Exactly used up.
    expect(await written(build([], free(NEW.length)), ROCK)).toEqual(build([NEW], new Uint8Array(0)));
    // TagLib fills it with ones.
    expect(await written(build([], free(100, 1, 'skip')), ROCK)).toEqual(
      build([NEW], free(100 - NEW.length, 1, 'skip')),
    );
    // Too small by a header, or holding something: then the audio moves.
    for (const space of [free(NEW.length + 7), free(100, 65), free(NEW.length - 1)]) {
      expect(await written(build([], space), ROCK)).toEqual(build([NEW], space));
    }
  });

  it('is taken from the nearest free box that has it', async () => {
    const build = (items: Uint8Array[], inMeta: number, behind: number): Uint8Array =>
      file([udta(meta(itunesHdlr, ilst(...items), free(inMeta)))], free(behind));
    expect(await written(build([], 12, 90), ROCK)).toEqual(build([NEW], 12, 90 - NEW.length));
  });

  it('becomes a free box when a change sets it free, rather than that the audio moves', async () => {
    expect(await written(file([udta(list(NEW), box('chpl', 'x'))]), replace({ genres: [] }))).toEqual(
      file([udta(meta(itunesHdlr, ilst(name), free(NEW.length)), box('chpl', 'x'))]),
    );
    // Less than a header can't.
    const two = (text: string): Uint8Array => file([udta(list(item('\xa9gen', text)))]);
    expect(await written(two('Rocks'), ROCK)).toEqual(two('Rock'));
    // Where no audio follows, the file becomes shorter.
    const last = (...items: Uint8Array[]): Uint8Array =>
      mp4({ layout: [media, 'moov'], tracks, moov: [udta(list(...items))] });
    expect(await written(last(NEW), replace({ genres: [] }))).toEqual(last());
    expect(await written(last(), ROCK)).toEqual(last(NEW));
  });

  it('moves the audio and corrects the offsets of all tracks, only of what moves', async () => {
    const build = (...items: Uint8Array[]): Uint8Array =>
      mp4({
        layout: [
          { mdat: sound(300) },
          free(40),
          'moov',
          box('uuid', 'x'),
          { mdat: sound(500, 77), kind: 'large' },
          { mdat: sound(90, 5), kind: 'open' },
        ],
        tracks: [
          {
            chunks: [
              [0, 0],
              [1, 0],
              [2, 80],
              [0, 290],
            ],
          },
          {
            chunks: [
              [2, 0],
              [1, 499],
              [0, 17],
            ],
            wide: true,
            handler: 'text',
            codec: 'text',
            trak: [box('tref', box('chap', be(1, 4)))],
          },
          { chunks: [], wide: true },
        ],
        moov: [udta(list(...items))],
      });
    const before = build();
    const after = await written(before, ROCK);
    expect(after).toEqual(build(NEW));
    expect(chunkHeads(after)).toEqual(chunkHeads(before));
    expect(after.length).toBe(before.length + NEW.length);
  });

  it.each<[string, (...items: Uint8Array[]) => Uint8Array]>([
    [
      'moov has 64 bits for its size',
      (...items) => mp4({ layout: ['moov', media], moovKind: 'large', moov: [udta(list(...items))] }),
    ],
    [
      'moov goes to the end of the file',
      (...items) => mp4({ layout: [media, 'moov'], moovKind: 'open', moov: [udta(list(...items))] }),
    ],
    [
      'meta and udta have 64 bits for their size',
      (...items) => file([largeBox('udta', largeBox('meta', be(0, 4), hdlr(), largeBox('ilst', ...items)))]),
    ],
    ['udta ends with zeros', (...items) => file([udta(list(...items), be(0, 4))])],
    [
      'an empty mdat stands beside the full one',
      (...items) =>
        mp4({
          layout: ['moov', { mdat: new Uint8Array(0) }, media],
          tracks: [{ chunks: [[1, 3]] }],
          moov: [udta(list(...items))],
        }),
    ],
    [
      'the end of the file is zeros',
      (...items) => mp4({ layout: ['moov', media, new Uint8Array(50)], moov: [udta(list(...items))] }),
    ],
  ])('fits where %s', async (_name, build) => {
    expect(await written(build(), ROCK)).toEqual(build(NEW));
    expect(chunkHeads(build(NEW))).toEqual(chunkHeads(build()));
  });

  it('is made where there are no tags yet', async () => {
    const made = meta(hdlr(), ilst(NEW));
    const chapters = box('chpl', 'x');
    expect(await written(file([]), ROCK)).toEqual(file([udta(made)]));
    expect(await written(file([], free(udta(made).length + 8)), ROCK)).toEqual(file([udta(made)], free(8)));
    expect(await written(file([udta()]), ROCK)).toEqual(file([udta(made)]));
    expect(await written(file([udta(chapters, be(0, 4))]), ROCK)).toEqual(file([udta(chapters, made, be(0, 4))]));
    expect(await written(file([udta(be(0, 4))]), ROCK)).toEqual(file([udta(made, be(0, 4))]));
    expect(await written(mp4({ layout: [media, 'moov'], moovKind: 'open' }), ROCK)).toEqual(
      mp4({ layout: [media, 'moov'], moovKind: 'open', moov: [udta(made)] }),
    );
  });
});

describe('the audio of an MP4 file', () => {
  it('is the same for the writer and for the content hash, and that stays', async () => {
    const before = mp4({
      layout: [{ mdat: sound(300) }, 'moov', { mdat: new Uint8Array(0) }, { mdat: sound(500, 77), kind: 'large' }],
      moov: [tags(name)],
    });
    const parts = await findAudioParts(memorySource(before));
    expect(parts).toEqual((await parseForWriting(memorySource(before), DEFAULT_OPTIONS)).audio);
    expect(parts.map(({ length }) => length)).toEqual([300, 500]);
    const path = temp.file('a.m4a', before);
    const hash = await createTagWriter().audioHash(path);
    const { result } = await write(path, ROCK);
    expect(hash).toEqual({ ok: true, value: result.receipt.audioHash });
    expect(await createTagWriter().audioHash(path)).toEqual(hash);
  });

  it('is the whole file where the boxes are not certain', async () => {
    const whole = async (content: Uint8Array): Promise<void> =>
      expect(await findAudioParts(memorySource(content))).toEqual([{ offset: 0, length: content.length }]);
    await whole(file([]).subarray(0, -1));
    await whole(bytes(FTYP, box('mdat', 'x')));
    await whole(bytes(FTYP, box('moov')));
    await whole(bytes(FTYP, be(1, 4), 'mdat'));
  });

  it('is found anew in the new file before anything is written', async () => {
    const at = async (content: Uint8Array) => readMp4(memorySource(content));
    const before = file([tags(name)]);
    await expect(assertSameChunks(await at(before), await at(file([tags(name)], free(20))))).resolves.toBeUndefined();
    const wrong = before.slice();
    const table = Buffer.from(wrong).indexOf('stco') + 12;
    wrong[table + 3]!++;
    await expect(assertSameChunks(await at(before), await at(wrong))).rejects.toThrow('detach chunks');
    const elsewhere = mp4({ layout: ['moov', media, media], tracks: [{ chunks: [[0, 0]] }] });
    const swapped = mp4({ layout: ['moov', media, media], tracks: [{ chunks: [[1, 0]] }] });
    await expect(assertSameChunks(await at(elsewhere), await at(swapped))).rejects.toThrow('detach chunks');
  });
});

/** A file of many gigabytes of which only the start is there; what lies behind are zeros. Notes how much is read. */
function vast(head: Uint8Array, size: number): { source: ByteSource; read: () => number } {
  let read = 0;
  const source: ByteSource = {
    size,
    read: (offset, length) => {
      read += length;
      const bytes = new Uint8Array(length);
      if (offset < head.length) bytes.set(head.subarray(offset, offset + length));
      return Promise.resolve(bytes);
    },
  };
  return { source, read: () => read };
}

describe('MP4 files of more than 4 GB', () => {
  const SIZE = 5 * 2 ** 30 + 7;
  /** moov, then one media data box to the end of the file; the tables have these entries. */
  const head = (wide: boolean, entries: readonly number[]): Uint8Array => {
    const content = mp4({
      layout: ['moov', { mdat: new Uint8Array(0), kind: 'open' }],
      tracks: [{ chunks: entries.map(() => [0, 0] as const), wide }],
      moov: [tags(name)],
    });
    const table = Buffer.from(content).indexOf(wide ? 'co64' : 'stco') + 12;
    entries.forEach((entry, index) => content.set(be(entry, wide ? 8 : 4), table + index * (wide ? 8 : 4)));
    return content;
  };
  const edited = async (source: ByteSource, change = ROCK) => editChecked(source, checkChange(change), DEFAULT_OPTIONS);

  it('keep their offsets exact, and only their headers are read', async () => {
    const entries = [2 ** 32 - 1, 2 ** 32, 2 ** 32 + 5, SIZE - 1];
    const { source, read } = vast(head(true, entries), SIZE);
    const { edit } = await edited(source);
    const after = spliced(source, edit.splices);
    expect(after.size).toBe(SIZE + 28);
    const start = Buffer.from(await after.read(0, 2000));
    const table = start.indexOf('co64') + 12;
    expect(entries.map((_, i) => Number(start.readBigUInt64BE(table + 8 * i)))).toEqual(
      entries.map((entry) => entry + 28),
    );
    expect(read()).toBeLessThan(2_000_000);
  });

  it('are refused if a place would need more than 32 bits', async () => {
    const { source } = vast(head(false, [2 ** 32 - 28]), SIZE);
    await expect(edited(source)).rejects.toThrow(/beyond 4 GB/);
    const { source: just } = vast(head(false, [2 ** 32 - 29]), SIZE);
    await expect(edited(just)).resolves.toBeDefined();
  });
});

describe('MP4 that is not certain is refused', () => {
  const tagged = [tags(name)];
  const layout = ['moov', media] as const;
  const track = (rest: object): Uint8Array => mp4({ layout, tracks: [{ chunks: [[0, 0]], ...rest }], moov: tagged });
  const good = file(tagged);
  const patched = (find: string, skip: number, ...values: number[]): Uint8Array => {
    const copy = good.slice();
    copy.set(values, Buffer.from(copy).indexOf(find) + skip);
    return copy;
  };
  const inList = (content: Uint8Array): Uint8Array => file([udta(meta(itunesHdlr, box('ilst', content)))]);

  it.each<[string, Uint8Array, RegExp]>([
    ['fragments', mp4({ layout: [...layout, box('moof', 'x')] }), /fragmented/],
    ['a header for fragments', mp4({ layout, moov: [box('mvex', 'x')] }), /fragmented/],
    ['an index of segments', mp4({ layout: [box('sidx', 'x'), ...layout] }), /fragmented/],
    ['random access to fragments', mp4({ layout: [...layout, box('mfra', box('tfra', 'x'))] }), /fragmented/],
    ['item locations of the file', mp4({ layout: [meta(hdlr('pict'), box('iloc', 'x')), ...layout] }), /iloc/],
    ['item locations of the movie', file([meta(hdlr('pict'), box('iloc', 'x'))]), /iloc/],
    ['item locations beside the tags', file([udta(meta(hdlr(), box('iloc', 'x')))]), /iloc/],
    ['item locations of a track', track({ trak: [meta(hdlr('pict'), box('iloc', 'x'))] }), /iloc/],
    ['places of auxiliary information', track({ stbl: [box('saio', be(0, 8))] }), /saio/],
    ['two tables of offsets', track({ stbl: [box('co64', be(0, 8))] }), /one table/],
    ['a track protected by FairPlay', track({ codec: 'drms' }), /DRM/],
    ['an encrypted track', track({ codec: 'enca' }), /DRM/],
    ['audio in another file', track({ dref: box('url ', be(0, 4), 'file:x') }), /another file/],
    ['no tracks', mp4({ layout, tracks: [] }), /no tracks/],
    ['no moov', bytes(FTYP, box('mdat', sound(50))), /lacks .*moov/],
    ['two moov', mp4({ layout: [...layout, 'moov'] }), /several moov/],
    ['two udta', file([udta(), udta()]), /several udta/],
    ['two meta', file([udta(meta(hdlr()), meta(hdlr()))]), /several meta/],
    ['metadata without version, as in QuickTime', file([udta(box('meta', hdlr(), ilst()))]), /lacks its version/],
    ['two lists', file([udta(meta(hdlr(), ilst(), ilst()))]), /several ilst/],
    ['no handler', file([udta(meta(ilst()))]), /lacks .*hdlr/],
    ['metadata of another kind', file([udta(meta(hdlr('mdta'), box('keys'), ilst()))]), /another kind/],
    ["iTunes' metadata outside of udta", file([meta(hdlr(), ilst())]), /do not belong/],
    ['a compressed header', file([box('cmov', 'x')]), /compressed/],
    ['a QuickTime movie', mp4({ layout, ftyp: box('ftyp', 'qt  ', be(0, 4)) }), /QuickTime/],
    ['an ID3 tag before it', bytes('ID3', [4, 0, 0, 0, 0, 0, 0], good), /stands before/],
    ['no media data', mp4({ layout: ['moov'] }), /no media data/],
    ['only empty media data', mp4({ layout: ['moov', { mdat: new Uint8Array(0) }] }), /no media data/],
    ['a file that is cut off', good.subarray(0, -1), /add up/],
    ['bytes behind the last box', bytes(good, 1, 2, 3), /add up/],
    ['a tag of another kind behind the last box', bytes(good, 'TAG', new Uint8Array(125)), /add up/],
    ['a box within moov that is too long', patched('mvhd', -4, 0, 1, 0, 0), /add up/],
    ['a box within a track that is too short', patched('mdia', -4, 0, 0, 0, 7), /add up/],
    ['a box within moov without a size', patched('udta', -4, 0, 0, 0, 0), /add up/],
    ['a lying number of chunks', patched('stco', 11, 9), /chunk offsets/],
    ['a table of another version', patched('stco', 4, 1), /chunk offsets/],
    ['items that leave their list', inList(bytes(be(99, 4), '\xa9nam', 'x')), /within ilst/],
    ['items without a size', inList(openBox('\xa9nam', 'x')), /within ilst/],
    ['an end of the list that is no item', inList(bytes(name, 1, 2)), /within ilst/],
    ['more boxes than any file has', file([udta(...Array.from({ length: 4001 }, () => free(8)))]), /add up/],
  ])('%s', async (_name, content, reason) => {
    expect(await refusal(content)).toMatch(reason);
  });

  it('a chunk that lies outside the media data, if it or anything would move', async () => {
    const stray = (at: number, ...behind: Uint8Array[]): Uint8Array => {
      const content = mp4({
        layout: ['moov', ...behind, media],
        tracks: [
          {
            chunks: [
              [0, 0],
              [0, 9],
            ],
          },
        ],
        moov: tagged,
      });
      content.set(be(at, 4), Buffer.from(content).indexOf('stco') + 12);
      return content;
    };
    const end = stray(0).length;
    expect(await refusal(stray(end + 50))).toMatch(/where none is/);
    expect(await refusal(stray(40))).toMatch(/where none is/);
    expect(await refusal(stray(40, free(100)))).toMatch(/where none is/);
    const space = stray(0).length - media.mdat.length - 8 + 50;
    expect(await refusal(stray(space, free(100)))).toMatch(/where none is/);
    // Where nothing moves, and before all that changes, it does no harm.
    expect(await refusal(stray(5, free(100)))).toBe('ready');
    expect(await refusal(stray(end + 500, free(100)))).toBe('ready');
    expect(await refusal(stray(5))).toBe('ready');
  });
});
