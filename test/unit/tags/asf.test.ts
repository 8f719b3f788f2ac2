import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { checkChange } from '../../../src/main/core/tags/change';
import { memorySource, spliced } from '../../../src/main/adapters/files/byte-source';
import { findAudioParts } from '../../../src/main/adapters/files/audio-extent';
import { editChecked } from '../../../src/main/adapters/tags/edit-checked';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { readTags } from '../../../src/main/adapters/tags/read-tags';
import {
  asf,
  description,
  extended,
  extension,
  fileProperties,
  GUID,
  library,
  object,
  padding,
  stream,
  utf16,
  type Attribute,
} from '../../builders/tags-asf';
import { temporaryFiles, write } from '../../builders/tags-files';
import { bytes, frame, id3, id3v1 } from '../../builders/tags-mp3';

const temp = temporaryFiles();
const replace = (rest: Partial<TagChange>): TagChange => ({ mode: 'replace', ...rest });
const picture: Attribute = ['WM/Picture', 1, new Uint8Array(500).fill(0xff)];
const languages = object(GUID.languages, [1, 0, 12], utf16('en-us\0'));

async function written(before: Uint8Array, change: TagChange): Promise<Uint8Array> {
  const result = await write(temp.file('a.wma', before), change);
  expect(await result.undo()).toEqual(before);
  return result.bytes;
}

const warnings = async (before: Uint8Array, change: TagChange): Promise<readonly string[]> =>
  (await write(temp.file('a.wma', before), change)).plan.warnings;

async function refusal(before: Uint8Array, change = replace({ genres: ['Rock'] })): Promise<string> {
  const plan = await createTagWriter().plan(temp.file('a.wma', before), change);
  return plan.status === 'refused' ? `${plan.code}: ${plan.message}` : plan.status;
}

describe('attributes of WMA files, byte for byte', () => {
  it('repeats WM/Genre in place, keeps all others, and grows the header, its counts and the size that the file tells', async () => {
    const before = asf([
      extended(
        ['IsVBR', 2, bytes([1, 0, 0, 0])],
        ['WM/Genre', 'Jazz'],
        picture,
        ['WM/Genre', 'Pop'],
        ['WM/Lyrics', ''],
      ),
      languages,
    ]);
    expect(await written(before, replace({ genres: ['Rock', 'Röck', '音楽'], moods: ['Happy'] }))).toEqual(
      asf([
        extended(
          ['IsVBR', 2, bytes([1, 0, 0, 0])],
          ['WM/Genre', 'Rock'],
          ['WM/Genre', 'Röck'],
          ['WM/Genre', '音楽'],
          picture,
          ['WM/Lyrics', ''],
          ['WM/Mood', 'Happy'],
        ),
        languages,
      ]),
    );
  });

  it('makes the objects that are missing', async () => {
    const before = asf([extension(languages)]);
    expect(await written(before, replace({ genres: ['Rock'], comment: ['Hello'] }))).toEqual(
      asf([extension(languages), description('', '', '', 'Hello', ''), extended(['WM/Genre', 'Rock'])]),
    );
    expect(await written(asf([]), replace({ grouping: ['Set 1'] }))).toEqual(
      asf([extended(['WM/ContentGroupDescription', 'Set 1'])]),
    );
  });

  it('adds, fills, removes, and sets custom fields', async () => {
    const before = asf([extended(['WM/Genre', 'Hip Hop'], ['MyField', 'keep'])]);
    expect(await written(before, { mode: 'add', genres: ['hip-hop', 'Rock'] })).toEqual(
      asf([extended(['WM/Genre', 'Hip Hop'], ['WM/Genre', 'Rock'], ['MyField', 'keep'])]),
    );
    expect(await written(before, { mode: 'fill', genres: ['Rock'], moods: ['Calm'] })).toEqual(
      asf([extended(['WM/Genre', 'Hip Hop'], ['MyField', 'keep'], ['WM/Mood', 'Calm'])]),
    );
    expect(await written(before, replace({ genres: [], custom: { GENREGRAM_GENRES: ['rock:0.6'] } }))).toEqual(
      asf([extended(['MyField', 'keep'], ['GENREGRAM_GENRES', 'rock:0.6'])]),
    );
    expect(await refusal(before, replace({ genres: ['Hip Hop'] }))).toBe('unchanged');
  });

  it('keeps the spelling of names', async () => {
    const before = asf([extended(['wm/genre', 'Jazz'], ['Genregram_Genres', 'old'])]);
    expect(await written(before, replace({ genres: ['Rock'], custom: { GENREGRAM_GENRES: ['new'] } }))).toEqual(
      asf([extended(['wm/genre', 'Rock'], ['Genregram_Genres', 'new'])]),
    );
  });

  it('reads what TagLib and Windows part over two objects, and writes it in one', async () => {
    const before = asf([extension(library([['WM/Genre', 'Pop'], picture])), extended(['WM/Genre', 'Jazz'])]);
    const plan = (await write(temp.file('b.wma', before), { mode: 'add', genres: ['Rock'] })).plan;
    expect(plan.diffs).toEqual([
      { field: 'genre', names: ['WM/Genre'], before: ['Jazz', 'Pop'], after: ['Jazz', 'Pop', 'Rock'] },
    ]);
    expect(await written(before, { mode: 'add', genres: ['Rock'] })).toEqual(
      asf([extension(library([picture])), extended(['WM/Genre', 'Jazz'], ['WM/Genre', 'Pop'], ['WM/Genre', 'Rock'])]),
    );
  });

  it('leaves a genre in the Metadata Library or Metadata Object that has none elsewhere, with its language', async () => {
    for (const guid of [GUID.library, GUID.metadata]) {
      const held = (genres: readonly string[], mood: readonly Attribute[]): Uint8Array =>
        asf([
          extension(
            library([['WM/Year', '2001'], ...genres.map((genre): Attribute => ['WM/Genre', genre])], {
              language: 3,
              guid,
            }),
            languages,
          ),
          extended(...mood),
        ]);
      expect(await written(held(['Jazz'], []), replace({ genres: ['Rock', 'Pop'], moods: ['Sad'] }))).toEqual(
        held(['Rock', 'Pop'], [['WM/Mood', 'Sad']]),
      );
    }
  });

  it('says that WM/GenreID stays', async () => {
    const before = asf([extended(['WM/GenreID', '(8)'], ['WM/Genre', 'Jazz'])]);
    expect(await warnings(before, replace({ genres: ['Rock'] }))).toEqual([expect.stringContaining('WM/GenreID')]);
    expect(await warnings(before, replace({ moods: ['Sad'] }))).toEqual([]);
  });

  it('is read by content, whatever the name', async () => {
    const file = asf([
      description('T', 'A', '', '', ''),
      extended(['WM/Genre', 'Rock'], ['WM/Genre', 'Pop'], ['WM/Mood', 'Sad']),
    ]);
    const read = await readTags(temp.file('misnamed.mp3', file));
    expect(read).toMatchObject({ ok: true, value: { title: 'T', genres: ['Rock', 'Pop'], moods: ['Sad'] } });
  });
});

describe('comments of WMA files', () => {
  it('are the description among the other four texts', async () => {
    const before = asf([description('Title', 'Artist', '© x', 'old', '5'), extended()]);
    expect(await written(before, replace({ comment: ['a longer one'] }))).toEqual(
      asf([description('Title', 'Artist', '© x', 'a longer one', '5'), extended()]),
    );
    expect(await written(before, replace({ comment: [] }))).toEqual(
      asf([description('Title', 'Artist', '© x', '', '5'), extended()]),
    );
    expect(await written(before, replace({ genres: ['Rock'] }))).toEqual(
      asf([description('Title', 'Artist', '© x', 'old', '5'), extended(['WM/Genre', 'Rock'])]),
    );
  });

  it('keep WM/Comments in step where it is there', async () => {
    const before = asf([description('', '', '', 'old', ''), extended(['WM/Comments', 'older'])]);
    expect(await written(before, replace({ comment: ['new'] }))).toEqual(
      asf([description('', '', '', 'new', ''), extended(['WM/Comments', 'new'])]),
    );
  });

  it('beyond the first become attributes, with a warning', async () => {
    const before = asf([description('', '', '', 'one', '')]);
    const change: TagChange = { mode: 'add', comment: ['two', 'three'] };
    const after = asf([description('', '', '', 'one', ''), extended(['Description', 'two'], ['Description', 'three'])]);
    expect(await written(before, change)).toEqual(after);
    expect(await warnings(before, change)).toEqual([expect.stringContaining('one comment')]);
    expect(await refusal(after, change)).toBe('unchanged');
    expect(await written(after, replace({ comment: ['four'] }))).toEqual(
      asf([description('', '', '', 'four', ''), extended()]),
    );
  });
});

describe('padding of WMA files', () => {
  // An attribute WM/Genre of four letters: 2 + 18 + 2 + 2 + 10 bytes.
  const ROCK = 34;

  it('takes up the difference down to its last byte, at the top or in the extension', async () => {
    for (const rest of [0, 1, 50]) {
      expect(await written(asf([padding(ROCK + rest), extended()]), replace({ genres: ['Rock'] }))).toEqual(
        asf([padding(rest), extended(['WM/Genre', 'Rock'])]),
      );
      expect(
        await written(asf([extended(), extension(languages, padding(ROCK + rest))]), replace({ genres: ['Rock'] })),
      ).toEqual(asf([extended(['WM/Genre', 'Rock']), extension(languages, padding(rest))]));
    }
  });

  it('gets room back', async () => {
    expect(await written(asf([extended(['WM/Genre', 'Rock']), padding(7)]), replace({ genres: [] }))).toEqual(
      asf([extended(), padding(ROCK + 7)]),
    );
  });

  it('makes room for a new object, which follows it', async () => {
    const before = asf([padding(200)]);
    const after = await written(before, replace({ genres: ['Rock'] }));
    expect(after).toEqual(asf([padding(200 - 26 - ROCK), extended(['WM/Genre', 'Rock'])]));
    expect(after.length).toBe(before.length);
  });

  it('is not used where it is too short, or holds something', async () => {
    const hidden = padding(80, 7);
    expect(await written(asf([padding(ROCK - 1), hidden, extended()]), replace({ genres: ['Rock'] }))).toEqual(
      asf([padding(ROCK - 1), hidden, extended(['WM/Genre', 'Rock'])]),
    );
    expect(await written(asf([padding(3), padding(40), extended()]), replace({ genres: ['Rock'] }))).toEqual(
      asf([padding(3), padding(40 - ROCK), extended(['WM/Genre', 'Rock'])]),
    );
  });
});

describe('what else a WMA file says of itself', () => {
  it('a size that was wrong before stays, and so does that of a broadcast', async () => {
    for (const options of [{ fileSize: 12_345 }, { flags: 3 }]) {
      const { fileSize = asf([extended()]).length, ...rest } = options as { fileSize?: number; flags?: number };
      const with_ = (attributes: readonly Attribute[]): Uint8Array =>
        asf([extended(...attributes)], { ...rest, fileSize });
      expect(await written(with_([]), replace({ genres: ['Rock'] }))).toEqual(with_([['WM/Genre', 'Rock']]));
    }
  });

  it('names the packets as the audio, which the content hash takes too', async () => {
    const file = asf([extended(['WM/Genre', 'Jazz'])], { packets: 1234 });
    const parsed = await parseForWriting(memorySource(file), DEFAULT_OPTIONS);
    expect(parsed.format).toBe('WMA (ASF)');
    expect(parsed.audio).toEqual([{ offset: file.length - 62 - 1234, length: 1234 }]);
    expect(await findAudioParts(memorySource(file))).toEqual(parsed.audio);
  });

  it('lies beyond 4 GiB', async () => {
    // A Data Object of 6 GiB, of which only the ends are there.
    const small = asf([extended(['WM/Genre', 'Jazz'])], { packets: 0, index: bytes([]), fileSize: 0 });
    const packets = 6 * 2 ** 30;
    const size = small.length + packets;
    small.set(le64(size), 30 + 40);
    small.set(le64(50 + packets), small.length - 50 + 16);
    const source = {
      size,
      read: (offset: number, length: number): Promise<Uint8Array> => {
        const chunk = new Uint8Array(length);
        if (offset < small.length) chunk.set(small.subarray(offset, offset + length));
        return Promise.resolve(chunk);
      },
    };
    const { parsed, edit } = await editChecked(
      source,
      checkChange(replace({ genres: ['Rock', 'Pop'] })),
      DEFAULT_OPTIONS,
    );
    expect(parsed.audio).toEqual([{ offset: small.length, length: packets }]);
    const after = spliced(source, edit.splices);
    expect(after.size).toBe(size + 32);
    expect(await after.read(30 + 40, 8)).toEqual(le64(size + 32));
  });
});

const le64 = (n: number): Uint8Array => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(n));
  return new Uint8Array(buffer);
};

describe('WMA files that are not certain are refused', () => {
  const tags = extended(['WM/Genre', 'Jazz'], ['WM/Year', '2001']);
  const good = asf([tags, extension(languages)]);
  const patched = (at: number, ...values: number[]): Uint8Array => {
    const copy = good.slice();
    copy.set(values, at);
    return copy;
  };
  const tagsAt = 30 + 104 + 114;
  const extensionAt = tagsAt + tags.length;
  const dataAt = good.length - 62 - 850;
  it.each<[string, Uint8Array, RegExp]>([
    ['a file that is cut off', good.subarray(0, -1), /do not add up/],
    ['a Data Object that is cut off', good.subarray(0, dataAt + 500), /No whole Data Object/],
    ['a header that is cut off', good.subarray(0, 200), /whole ASF header/],
    ['a file without packets', asf([tags], { packets: 0 }), /No whole Data Object/],
    ['a Data Object of unknown size', patched(dataAt + 16, 0, 0), /No whole Data Object/],
    ['something behind the indexes', bytes(good, id3v1(8)), /do not add up/],
    ['two files in one', bytes(good, good), /Several ASF files/],
    ['an ID3v2 tag before the header', bytes(id3(3, [frame(3, 'TIT2', '\0T')]), good), /does not begin with/],
    ['a header that counts wrong', patched(24, 9), /counts other objects/],
    ['a reserved byte of the header', patched(29, 3), /counts other objects/],
    ['an object of no size', patched(30 + 16, 0), /do not add up/],
    ['an object that leaves the header', patched(30 + 17, 9), /do not add up/],
    ['an object of more than 2^53 bytes', patched(30 + 22, 0xff), /do not add up/],
    ['a header extension with a lying length', patched(extensionAt + 42, 1), /another length/],
    ['file properties of another length', asf([tags, object(GUID.fileProperties)]), /only once|right length/],
    ['two objects of attributes', asf([tags, tags]), /only once/],
    ['two descriptions', asf([description('', '', '', '', ''), description('', '', '', '', '')]), /only once/],
    ['two header extensions', asf([extension(), extension()]), /only once/],
    ['two libraries', asf([extension(library([]), library([]))]), /only once/],
    ['attributes in the extension', asf([extension(tags)]), /does not belong/],
    ['a library outside of the extension', asf([library([])]), /does not belong/],
    ['more attributes than are counted', patched(tagsAt + 24, 1), /attributes .* malformed/],
    ['fewer attributes than are counted', patched(tagsAt + 24, 3), /attributes .* malformed/],
    ['an attribute that leaves its object', patched(tagsAt + 26 + 22, 0xff, 0xff), /attributes .* malformed/],
    ['a name of odd length', patched(tagsAt + 26, 17), /malformed/],
    ['an object of attributes too short to count', asf([object(GUID.extended, 0)]), /attributes .* malformed/],
    ['a library record that is cut off', asf([extension(object(GUID.library, [1, 0, 0, 0, 0, 0]))]), /malformed/],
    ['a description with lying lengths', asf([object(GUID.description, [2, 0, 0, 0, 0, 0, 0, 0, 0, 0])]), /malformed/],
    ['a description that is too short', asf([object(GUID.description, [0, 0])]), /malformed/],
    ['content encryption', asf([tags, object(GUID.encryption, 'DRM')]), /protected \(DRM\)/],
    ['extended content encryption', asf([tags, object(GUID.extendedEncryption, 'DRM')]), /protected \(DRM\)/],
    [
      'advanced content encryption',
      asf([tags, extension(object(GUID.advancedEncryption, 'DRM'))]),
      /protected \(DRM\)/,
    ],
    ['a signed header', asf([tags, object(GUID.signature, 'signed')]), /signed/],
    ['a genre that is a number', asf([extended(['WM/Genre', 3, bytes([8, 0, 0, 0])])]), /genre .* certainty/],
    ['a genre that is no UTF-16', asf([extended(['WM/Genre', 0, bytes([0, 0xd8, 0, 0])])]), /genre .* certainty/],
    ['a genre of odd length', asf([extended(['WM/Genre', 0, bytes([0x41, 0, 0])])]), /genre .* certainty/],
    ['a genre with a NUL inside', asf([extended(['WM/Genre', 'a\0b'])]), /genre .* certainty/],
    ['a genre of one stream', asf([extension(library([['WM/Genre', 'Jazz']], { stream: 1 }))]), /one stream/],
  ])('%s', async (_name, content, reason) => {
    expect(await refusal(content)).toMatch(reason);
    expect(await refusal(content)).toMatch(/^tag-(unparseable|unsupported): /);
  });

  it('genres in several languages', async () => {
    const english = library([['WM/Genre', 'Jazz']]);
    const german = library([['WM/Genre', 'Dschess']], { language: 1, guid: GUID.metadata });
    expect(await refusal(asf([extension(english, german)]))).toMatch(/several languages/);
  });

  it('other types in fields that the change does not name are nobody’s business', async () => {
    expect(await refusal(asf([extended(['WM/Mood', 3, bytes([8, 0, 0, 0])])]))).toBe('ready');
  });

  it.each(['Author', 'rating', 'WM/Genre', 'wm/mood', 'WM/Comments'])(
    'a custom field %s, which players know',
    async (name) => {
      expect(await refusal(good, replace({ custom: { [name]: ['v'] } }))).toMatch(/^invalid-input: .*field of its own/);
    },
  );

  it('a value that is too long for its place', async () => {
    const long = 'x'.repeat(32_766);
    const edit = (value: string): Promise<unknown> =>
      editChecked(memorySource(good), { ...checkChange({ mode: 'replace' }), genre: [value] }, DEFAULT_OPTIONS);
    await expect(edit(`${long}x`)).rejects.toMatchObject({ code: 'invalid-input', message: /below 32,767 characters/ });
    await expect(edit(long)).resolves.toBeDefined();
  });

  it('one attribute too many', async () => {
    const record = extended(['a', '']).subarray(26);
    const full = (count: number): Uint8Array =>
      asf([
        object(GUID.extended, [count & 255, count >> 8], new Uint8Array(Buffer.alloc(count * record.length, record))),
      ]);
    expect(await refusal(full(65_535))).toMatch(/no room for another attribute/);
    expect(await refusal(full(65_534))).toBe('ready');
  });

  it('needs no header extension, but file properties', async () => {
    expect(await refusal(asf([tags]))).toBe('ready');
    const bare = bytes(object(GUID.header, [1, 0, 0, 0, 1, 2], stream), good.subarray(dataAt));
    expect(await refusal(bare)).toMatch(/no File Properties/);
    expect(fileProperties(0).length).toBe(104);
  });
});
