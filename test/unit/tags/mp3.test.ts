import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { memorySource } from '../../../src/main/adapters/files/byte-source';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { readTags } from '../../../src/main/adapters/tags/read-tags';
import { temporaryFiles, write } from '../../builders/tags-files';
import { apev2, bytes, frame, id3, id3v1, lyrics3, silentMp3, synchsafe, unsynchronise } from '../../builders/tags-mp3';

const temp = temporaryFiles();
const audio = silentMp3();
const replace = (rest: Partial<TagChange>): TagChange => ({ mode: 'replace', ...rest });
const cover = Uint8Array.from({ length: 5000 }, (_, i) => (i % 7 === 0 ? 0xff : i % 11 === 0 ? 0 : i & 255));

/** Writes and undoes; the file must be back to the byte. Gives the new bytes. */
async function written(before: Uint8Array, change: TagChange, options = {}): Promise<Uint8Array> {
  const result = await write(temp.file('a.mp3', before), change, options);
  expect(await result.undo()).toEqual(before);
  return result.bytes;
}

async function refusal(before: Uint8Array, change = replace({ genres: ['Rock'], moods: ['Happy'] })): Promise<string> {
  const plan = await createTagWriter().plan(temp.file('a.mp3', before), change);
  return plan.status === 'refused' ? `${plan.code}: ${plan.message}` : plan.status;
}

const genresOf = async (content: Uint8Array): Promise<readonly string[]> => {
  const read = await readTags(temp.file('read.mp3', content));
  return read.ok ? read.value.genres : [];
};

describe('ID3v2 in MP3, byte for byte', () => {
  it('2.4: values parted by NULs, mood in TMOO, taken out of the padding', async () => {
    const title = frame(4, 'TIT2', '\x03Title');
    const picture = frame(4, 'APIC', bytes('\0image/jpeg\0\x03\0', cover));
    const before = bytes(id3(4, [title, frame(4, 'TCON', '\x03Jazz'), picture], { padding: 100 }), audio);
    expect(await written(before, replace({ genres: ['Rock', 'Trip-Hop'], moods: ['Happy'] }))).toEqual(
      bytes(
        id3(4, [title, frame(4, 'TCON', '\0Rock\0Trip-Hop'), picture, frame(4, 'TMOO', '\0Happy')], {
          padding: 100 - 9 - 16,
        }),
        audio,
      ),
    );
  });

  it('2.3: one joined text, mood in TXXX:MOOD', async () => {
    const title = frame(3, 'TIT2', '\0Title');
    const before = bytes(id3(3, [frame(3, 'TCON', '\0Jazz'), title], { padding: 60 }), audio);
    expect(await written(before, replace({ genres: ['Rock', 'Trip-Hop'], moods: ['Happy', 'Calm'] }))).toEqual(
      bytes(
        id3(3, [frame(3, 'TCON', '\0Rock; Trip-Hop'), title, frame(3, 'TXXX', '\0MOOD\0Happy; Calm')], {
          padding: 60 - 10 - 27,
        }),
        audio,
      ),
    );
  });

  it('2.2: TCO and TXX:MOOD, three-letter frames kept', async () => {
    const picture = frame(2, 'PIC', bytes('\0JPG\x03\0', cover));
    const before = bytes(id3(2, [frame(2, 'TCO', '\0(31)'), picture], { padding: 50 }), audio);
    expect(await written(before, replace({ genres: ['Rock'], moods: ['Sad'] }))).toEqual(
      bytes(id3(2, [frame(2, 'TCO', '\0Rock'), picture, frame(2, 'TXX', '\0MOOD\0Sad')], { padding: 50 - 15 }), audio),
    );
  });

  it('grows the tag by just what is needed where the padding is too short', async () => {
    const before = bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 5 }), audio);
    expect(await written(before, replace({ genres: ['Progressive Rock'] }))).toEqual(
      bytes(id3(3, [frame(3, 'TCON', '\0Progressive Rock')], { padding: 5 }), audio),
    );
  });

  it('gives bytes that are no longer needed to the padding, so that the audio stays where it is', async () => {
    const before = bytes(id3(3, [frame(3, 'TCON', '\0Progressive Rock')]), audio);
    expect(await written(before, replace({ genres: ['Jazz'] }))).toEqual(
      bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 12 }), audio),
    );
  });

  it('removes a field that is set to nothing', async () => {
    const title = frame(4, 'TIT2', '\x03Title');
    const before = bytes(
      id3(4, [frame(4, 'TCON', '\x03Jazz'), title, frame(4, 'TMOO', '\x03Sad')], { padding: 9 }),
      audio,
    );
    expect(await written(before, replace({ genres: [], moods: [] }))).toEqual(
      bytes(id3(4, [title], { padding: 9 + 15 + 14 }), audio),
    );
  });

  it('2.4 with a footer: both lengths change, no padding appears', async () => {
    const title = frame(4, 'TIT2', '\x03Title');
    const before = bytes(id3(4, [frame(4, 'TCON', '\x03Progressive Rock'), title], { footer: true }), audio);
    expect(await written(before, replace({ genres: ['Jazz'] }))).toEqual(
      bytes(id3(4, [frame(4, 'TCON', '\0Jazz'), title], { footer: true }), audio),
    );
  });

  it('extended headers stay; the padding size in that of 2.3 follows', async () => {
    const extended3 = (padding: number): Uint8Array => bytes([0, 0, 0, 6, 0, 0, 0, 0, 0, padding]);
    const before3 = bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { extended: extended3(40), padding: 40 }), audio);
    expect(await written(before3, replace({ genres: ['Rock', 'Pop'] }))).toEqual(
      bytes(id3(3, [frame(3, 'TCON', '\0Rock; Pop')], { extended: extended3(35), padding: 35 }), audio),
    );
    const extended4 = bytes(synchsafe(6), 1, 0);
    const before4 = bytes(id3(4, [frame(4, 'TCON', '\0Jazz')], { extended: extended4, padding: 40 }), audio);
    expect(await written(before4, replace({ genres: ['Rock'] }))).toEqual(
      bytes(id3(4, [frame(4, 'TCON', '\0Rock')], { extended: extended4, padding: 40 }), audio),
    );
  });

  it('2.3 unsynchronised: escapes of other frames stay as they are, ours are added', async () => {
    const picture = frame(3, 'APIC', bytes('\0image/jpeg\0\x03\0', cover, 0xff));
    const tag = (genre: Uint8Array, padding: number): Uint8Array => {
      const body = bytes(unsynchronise(bytes(genre, picture)), new Uint8Array(padding));
      return bytes('ID3', 3, 0, 0x80, synchsafe(body.length), body);
    };
    const utf16 = frame(3, 'TCON', bytes(1, 0xff, 0xfe, Buffer.from('Rock ÿ', 'utf16le')));
    const change = unsynchronise(utf16).length - unsynchronise(frame(3, 'TCON', '\0Jazz')).length;
    const before = bytes(tag(frame(3, 'TCON', '\0Jazz'), 50), audio);
    expect(await written(before, replace({ genres: ['Rock ÿ'] }))).toEqual(bytes(tag(utf16, 50 - change), audio));
  });

  it('2.4 unsynchronised: our frame bears the flag that the tag promises for all', async () => {
    const picture = frame(4, 'APIC', unsynchronise(bytes('\0image/jpeg\0\x03\0', cover)), [0, 2]);
    const before = bytes(id3(4, [frame(4, 'TCON', '\x03Jazz', [0, 2]), picture], { flags: 0x80, padding: 20 }), audio);
    expect(await written(before, replace({ genres: ['Röck'] }))).toEqual(
      bytes(
        id3(4, [frame(4, 'TCON', bytes(3, Buffer.from('Röck')), [0, 2]), picture], { flags: 0x80, padding: 19 }),
        audio,
      ),
    );
  });

  it('accents go into UTF-16 in 2.3 and UTF-8 in 2.4; 8-bit text that is kept stays 8-bit', async () => {
    const plain = bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 40 }), audio);
    expect(await written(plain, replace({ genres: ['Röck'] }))).toEqual(
      bytes(id3(3, [frame(3, 'TCON', bytes(1, 0xff, 0xfe, Buffer.from('Röck', 'utf16le')))], { padding: 34 }), audio),
    );
    // "Рок" in code page 1251, which the tag calls ISO-8859-1: a reader that guesses the code page must find it again.
    const russian = bytes(id3(3, [frame(3, 'TCON', bytes(0, 0xd0, 0xee, 0xea))], { padding: 40 }), audio);
    expect(await written(russian, { mode: 'add', genres: ['Rock'] })).toEqual(
      bytes(id3(3, [frame(3, 'TCON', bytes(0, 0xd0, 0xee, 0xea, '; Rock'))], { padding: 34 }), audio),
    );
  });

  it('several frames of one field become one; status flags of the first are kept', async () => {
    const before = bytes(
      id3(4, [frame(4, 'TCON', '\x03Jazz', [0x40, 0]), frame(4, 'TIT2', '\x03T'), frame(4, 'TCON', '\x03Pop')], {
        padding: 30,
      }),
      audio,
    );
    expect(await genresOf(before)).toEqual(['Jazz', 'Pop']);
    expect(await written(before, replace({ genres: ['Rock'] }))).toEqual(
      bytes(id3(4, [frame(4, 'TCON', '\0Rock', [0x40, 0]), frame(4, 'TIT2', '\x03T')], { padding: 30 + 14 }), audio),
    );
  });

  it('a mood that other programs keep elsewhere in the tag is kept in step, its name as it was', async () => {
    const before = bytes(id3(4, [frame(4, 'TXXX', '\x03Mood\0Sad')], { padding: 60 }), audio);
    expect(await written(before, replace({ moods: ['Happy'] }))).toEqual(
      bytes(id3(4, [frame(4, 'TXXX', '\0Mood\0Happy'), frame(4, 'TMOO', '\0Happy')], { padding: 60 - 2 - 16 }), audio),
    );
  });

  it('custom fields are TXXX, their values untouched by the joiner', async () => {
    const before = bytes(id3(3, [frame(3, 'TIT2', '\0T')], { padding: 100 }), audio);
    const after = await written(before, replace({ custom: { GENREGRAM_GENRES: ['rock:0.62;metal:0.21'] } }));
    expect(after).toEqual(
      bytes(
        id3(3, [frame(3, 'TIT2', '\0T'), frame(3, 'TXXX', '\0GENREGRAM_GENRES\0rock:0.62;metal:0.21')], {
          padding: 100 - 48,
        }),
        audio,
      ),
    );
  });

  it('the joiner of 2.3 can be chosen', async () => {
    const before = bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 20 }), audio);
    expect(await written(before, replace({ genres: ['Rock', 'Pop'] }), { joinV23: '/' })).toEqual(
      bytes(id3(3, [frame(3, 'TCON', '\0Rock/Pop')], { padding: 16 }), audio),
    );
  });

  it('a file without ID3v2 is given a fresh 2.3 tag, and nothing else', async () => {
    const after = await written(audio, replace({ genres: ['Rock', 'Pop'], moods: ['Happy'] }));
    expect(after.subarray(0, 5)).toEqual(bytes('ID3', 3, 0));
    expect(after.subarray(after.length - audio.length)).toEqual(audio);
    expect(await genresOf(after)).toEqual(['Rock', 'Pop']);
  });
});

describe('grouping and comment in ID3v2', () => {
  const versions: [2 | 3 | 4, string, string, string][] = [
    [2, 'TT1', 'GP1', 'COM'],
    [3, 'TIT1', 'GRP1', 'COMM'],
    [4, 'TIT1', 'GRP1', 'COMM'],
  ];
  it.each(versions)(
    '2.%s: go to %s and to the comment without a description',
    async (version, group, _itunes, comm) => {
      const others = [
        frame(version, comm, '\0engiTunNORM\0 0000'),
        frame(version, comm, '\0deuSongs-DB_Custom1\0x'),
        frame(
          version,
          comm,
          bytes(1, 'jpn', 0xff, 0xfe, Buffer.from('説\0', 'utf16le'), 0xff, 0xfe, Buffer.from('コ', 'utf16le')),
        ),
      ];
      const before = bytes(
        id3(version, [...others, frame(version, comm, '\0deu\0alt; wie ; es war')], { padding: 90 }),
        audio,
      );
      const change = replace({ grouping: ['Party'], comment: ['new; text'] });
      const groupFrame = frame(version, group, '\0Party');
      const after = bytes(
        id3(version, [...others, frame(version, comm, '\0deu\0new; text'), groupFrame], {
          padding: 90 + 8 - groupFrame.length,
        }),
        audio,
      );
      expect(await written(before, change)).toEqual(after);
      expect((await createTagWriter().plan(temp.file('b.mp3', after), change)).status).toBe('unchanged');
      const removed = await written(after, replace({ grouping: [], comment: [] }));
      expect(removed.subarray(0, id3(version, others).length - 4).subarray(10)).toEqual(
        id3(version, others).subarray(10, -4),
      );
    },
  );

  it('a new comment is in English for want of better knowledge; others are left alone', async () => {
    const other = frame(3, 'COMM', '\0XXXdescription\0text');
    const before = bytes(id3(3, [other], { padding: 60 }), audio);
    expect(await written(before, { mode: 'fill', comment: ['mine'] })).toEqual(
      bytes(id3(3, [other, frame(3, 'COMM', '\0eng\0mine')], { padding: 60 - 19 }), audio),
    );
  });

  it('accents and several values: one text in UTF-16 before 2.4, with the language before the description', async () => {
    const before = bytes(id3(3, [frame(3, 'COMM', '\0fra\0x')], { padding: 60 }), audio);
    const text = bytes(1, 'fra', 0xff, 0xfe, 0, 0, 0xff, 0xfe, Buffer.from('é; b', 'utf16le'));
    expect(await written(before, replace({ comment: ['é', 'b'] }))).toEqual(
      bytes(id3(3, [frame(3, 'COMM', text)], { padding: 60 - text.length + 6 }), audio),
    );
    const of24 = bytes(id3(4, [frame(4, 'COMM', '\x03fra\0a; b')], { padding: 60 }), audio);
    expect(await written(of24, { mode: 'add', comment: ['ç'] })).toEqual(
      bytes(id3(4, [frame(4, 'COMM', bytes(3, 'fra\0', Buffer.from('a; b; ç')))], { padding: 60 - 4 }), audio),
    );
  });

  it("iTunes' grouping is kept in step, and no TIT1 is set beside it, which iTunes takes for the name of a work", async () => {
    const before = bytes(id3(3, [frame(3, 'GRP1', '\0Old'), frame(3, 'TIT2', '\0t')], { padding: 60 }), audio);
    expect(await written(before, replace({ grouping: ['Party'] }))).toEqual(
      bytes(id3(3, [frame(3, 'GRP1', '\0Party'), frame(3, 'TIT2', '\0t')], { padding: 58 }), audio),
    );
    const both = bytes(id3(3, [frame(3, 'TIT1', '\0Old'), frame(3, 'GRP1', '\0Old')], { padding: 60 }), audio);
    expect(await written(both, replace({ grouping: ['Party'] }))).toEqual(
      bytes(id3(3, [frame(3, 'TIT1', '\0Party'), frame(3, 'GRP1', '\0Party')], { padding: 56 }), audio),
    );
  });

  it('a fresh tag has both, and the APE tag that describes the music has them too', async () => {
    const before = bytes(audio, apev2({ Title: ['T'], Comment: ['old'] }));
    const after = await written(before, replace({ grouping: ['Party'], comment: ['mine'] }));
    const tail = apev2({ Title: ['T'], Comment: ['mine'], Grouping: ['Party'] });
    expect(after.subarray(-tail.length)).toEqual(tail);
    const plan = await createTagWriter().plan(
      temp.file('b.mp3', after),
      replace({ grouping: ['Party'], comment: ['mine'] }),
    );
    expect(plan.status).toBe('unchanged');
    const parsed = await parseForWriting(memorySource(after), DEFAULT_OPTIONS);
    expect(parsed.carriers('comment')).toEqual([
      { name: 'COMM', values: ['mine'] },
      { name: 'APEv2 Comment', values: ['mine'] },
    ]);
    expect(parsed.carriers('grouping')[0]).toEqual({ name: 'TIT1', values: ['Party'] });
  });

  it('the comment of ID3v1 stays, which the plan says', async () => {
    const v1 = id3v1(17);
    v1.set(bytes('short comment'), 97);
    const before = bytes(id3(3, [frame(3, 'TIT2', '\0t')], { padding: 60 }), audio, v1);
    const { plan, bytes: after } = await write(temp.file('b.mp3', before), replace({ comment: ['new'] }));
    expect(after.subarray(-128)).toEqual(v1);
    expect(plan.warnings).toEqual([expect.stringContaining('ID3v1')]);
  });

  it.each<[string, Uint8Array[], Partial<TagChange>, RegExp]>([
    [
      'two comments without a description',
      [frame(3, 'COMM', '\0eng\0a'), frame(3, 'COMM', '\0deu\0b')],
      { comment: ['x'] },
      /several comments/,
    ],
    ['a comment that can not be read', [frame(3, 'COMM', '\x09eng\0a')], { comment: ['x'] }, /comment/],
    ['a comment frame that is too short', [frame(3, 'COMM', '\0en')], { comment: ['x'] }, /comment/],
    [
      'a grouping that differs from the work',
      [frame(3, 'TIT1', '\0Work'), frame(3, 'GRP1', '\0G')],
      { grouping: ['x'] },
      /TIT1 and GRP1/,
    ],
    ["iTunes' half-converted comment", [frame(3, 'COM ', '\0eng\0a')], { comment: ['x'] }, /comment/],
    ["iTunes' half-converted grouping", [frame(3, 'TT1\0', '\0a')], { grouping: ['x'] }, /grouping/],
  ])('%s: refused, but only where that field is to change', async (_name, frames, change, reason) => {
    const before = bytes(id3(3, frames, { padding: 80 }), audio);
    expect(await refusal(before, replace(change))).toMatch(reason);
    const after = await written(before, replace({ genres: ['Rock'] }));
    expect(after).toEqual(bytes(id3(3, [...frames, frame(3, 'TCON', '\0Rock')], { padding: 65 }), audio));
  });
});

describe('the other tags of an MP3', () => {
  it('ID3v1: only the genre byte follows, by the first genre, 255 if it has no number', async () => {
    const tag = id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 40 });
    const before = bytes(tag, audio, id3v1(8));
    const after = await written(before, replace({ genres: ['Hip-Hop', 'Rock'] }));
    expect(after.subarray(-128)).toEqual(id3v1(7));
    expect((await written(before, replace({ genres: ['Zydeco'] }))).at(-1)).toBe(255);
    expect((await written(before, replace({ moods: ['Sad'] }))).subarray(-128)).toEqual(id3v1(8));
  });

  it('APEv2: its genre and mood follow, all other items stay', async () => {
    const items = { Title: ['T'], Genre: ['Jazz', 'Funk'], 'Cover Art (Front)': cover, MP3GAIN_MINMAX: ['100,200'] };
    const before = bytes(id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 60 }), audio, apev2(items), id3v1(8));
    const after = await written(before, replace({ genres: ['Rock', 'Pop'], moods: ['Happy'] }));
    const tail = bytes(apev2({ ...items, Genre: ['Rock', 'Pop'], Mood: ['Happy'] }), id3v1(17));
    expect(after.subarray(-tail.length)).toEqual(tail);
  });

  it('APEv2 with nothing but loudness is left alone, and one without a header is understood', async () => {
    const gain = apev2({ MP3GAIN_MINMAX: ['100,200'] }, { header: false });
    const after = await written(bytes(audio, gain), replace({ genres: ['Rock'] }));
    expect(after.subarray(-gain.length)).toEqual(gain);
    const headless = bytes(audio, apev2({ GENRE: ['Jazz'] }, { header: false }));
    const tail = apev2({ GENRE: ['Rock'] }, { header: false });
    expect((await written(headless, replace({ genres: ['Rock'] }))).subarray(-tail.length)).toEqual(tail);
  });

  it('adding loses nothing that only the APE tag had', async () => {
    const before = bytes(id3(4, [frame(4, 'TCON', '\0Ambient')], { padding: 60 }), audio, apev2({ Genre: ['Jazz'] }));
    const after = await written(before, { mode: 'add', genres: ['Rock'] });
    expect(await genresOf(after)).toEqual(['Ambient', 'Jazz', 'Rock']);
  });

  it('Lyrics3 between audio and ID3v1 stays', async () => {
    const before = bytes(id3(3, [frame(3, 'TIT2', '\0t')], { padding: 40 }), audio, lyrics3(), id3v1(17));
    const after = await written(before, replace({ genres: ['Jazz'] }));
    expect(after.subarray(-128 - lyrics3().length)).toEqual(bytes(lyrics3(), id3v1(8)));
  });

  it('of two ID3v2 tags the first is changed, unless the second has the field too', async () => {
    const first = id3(3, [frame(3, 'TCON', '\0Jazz')]);
    const second = id3(3, [frame(3, 'TIT2', '\0second')], { padding: 10 });
    expect(await written(bytes(first, second, audio), replace({ genres: ['Rock'] }))).toEqual(
      bytes(id3(3, [frame(3, 'TCON', '\0Rock')]), second, audio),
    );
    expect(await refusal(bytes(first, first, audio))).toMatch(/^tag-unparseable: .*several ID3v2 tags/);
  });
});

describe('what is not certain is refused', () => {
  const ok = frame(3, 'TIT2', '\0ok');
  const raw = (version: number, flags: number, body: Uint8Array): Uint8Array =>
    bytes('ID3', version, 0, flags, synchsafe(body.length), body);
  it.each<[string, Uint8Array, RegExp]>([
    ['an empty file', new Uint8Array(0), /^empty-file/],
    ['text', bytes('hello this is a text file, not music\n'.repeat(10)), /^unsupported-format/],
    ['a tag longer than the file', bytes('ID3', 3, 0, 0, [0x7f, 0x7f, 0x7f, 0x7f], audio), /^tag-unparseable/],
    ['a tag that ends in the audio', bytes('ID3', 3, 0, 0, synchsafe(900), audio), /^tag-unparseable/],
    [
      'a frame longer than the tag',
      bytes(raw(3, 0, bytes(ok, 'TALB', [0x7f, 0xff, 0xff, 0xff, 0, 0], 'abc')), audio),
      /TALB claims/,
    ],
    [
      'sizes in 2.4 that are neither plain nor synchsafe all the way',
      bytes(raw(4, 0, bytes('TIT2', [0, 0, 1, 44, 0, 0, 3], 'x'.repeat(290), frame(4, 'TPE1', '\x03a'))), audio),
      /^tag-unparseable/,
    ],
    [
      'plain sizes in 2.4, as iTunes once wrote them',
      bytes(raw(4, 0, bytes('TIT2', [0, 0, 1, 44, 0, 0, 3], 'x'.repeat(299), frame(4, 'TPE1', '\x03a'))), audio),
      /^tag-unparseable/,
    ],
    ['rubbish after the frames', bytes(raw(3, 0, bytes(ok, '<html>')), audio), /no frame|ends within/],
    ['rubbish in the padding', bytes(raw(3, 0, bytes(ok, new Uint8Array(20), 1)), audio), /padding/],
    ['a cut-off frame header', bytes(raw(3, 0, bytes(ok, 'TALB')), audio), /ends within/],
    ['version 2.5', bytes('ID3', 5, 0, 0, synchsafe(0), audio), /version 2\.5/],
    ['an unknown revision', bytes('ID3', 3, 7, 0, synchsafe(0), audio), /revision 7/],
    ['unknown header flags', bytes(raw(3, 0x01, ok), audio), /flags/],
    ['a compressed 2.2 tag', bytes(raw(2, 0x40, frame(2, 'TT2', '\0x')), audio), /flags/],
    [
      'a checksum in the extended header',
      bytes(raw(3, 0x40, bytes([0, 0, 0, 10, 0x80, 0, 0, 0, 0, 0, 1, 2, 3, 4], ok)), audio),
      /checksum/,
    ],
    [
      'a wrong footer',
      bytes(
        id3(4, [], { footer: true }).map((b, i, all) => (i === all.length - 1 ? b ^ 1 : b)),
        audio,
      ),
      /footer/,
    ],
    ['a genre in an unknown encoding', bytes(id3(3, [frame(3, 'TCON', '\x09Jazz')]), audio), /genre/],
    ['a genre that is no UTF-8', bytes(id3(4, [frame(4, 'TCON', bytes(3, 0xff))]), audio), /genre/],
    ['an encrypted genre', bytes(id3(3, [frame(3, 'TCON', '\x01Jazz', [0, 0x40])]), audio), /genre/],
    [
      'a compressed genre',
      bytes(id3(3, [frame(3, 'TCON', bytes([0, 0, 0, 5], deflateSync(bytes('\0Jazz'))), [0, 0x80])]), audio),
      /genre/,
    ],
    ['an ID3v2 tag at the end', bytes(audio, id3(4, [frame(4, 'TIT2', '\0x')], { footer: true })), /at the end/],
    [
      'an APE tag with a lying size',
      bytes(
        audio,
        apev2({ Genre: ['x'] }).map((b, i, all) => (i === all.length - 20 ? 200 : b)),
      ),
      /APE/,
    ],
    ['an APEv1 genre', bytes(audio, apev2({ Genre: ['x'] }, { header: false, version: 1000 })), /APE/],
    ['a tag without audio', id3(3, [ok], { padding: 100 }), /^tag-unparseable/],
    ['another format', bytes('OggS', new Uint8Array(100)), /^tag-unsupported/],
  ])('%s', async (_name, content, reason) => {
    expect(await refusal(content)).toMatch(reason);
  });

  it('a genre that the format can not hold', async () => {
    const before = bytes(id3(4, [frame(4, 'TCON', '\0Jazz')]), audio);
    expect(await refusal(before, replace({ genres: ['17'] }))).toMatch(/^invalid-input/);
    expect(await refusal(before, replace({ genres: ['(17)'] }))).toMatch(/^invalid-input/);
  });

  it('but not what other frames do: unknown, compressed, empty, huge ones are kept', async () => {
    const odd = [
      frame(3, 'XHD3', bytes(1, 'unknown', 0xff, 0xfe, 0)),
      frame(3, 'TIT2', bytes([0, 0, 0, 6], deflateSync(bytes('\0Title'))), [0, 0x80]),
      frame(3, 'TPE1', ''),
      frame(3, 'PRIV', new Uint8Array(300_000).fill(0xff)),
    ];
    const before = bytes(id3(3, [...odd, frame(3, 'TCON', '\0Jazz')]), audio);
    expect(await written(before, replace({ genres: ['Rock'] }))).toEqual(
      bytes(id3(3, [...odd, frame(3, 'TCON', '\0Rock')]), audio),
    );
  });
});

describe('warnings and differences of a plan', () => {
  it('name the places that change and what may surprise', async () => {
    const before = bytes(
      id3(3, [frame(3, 'TCON', '\0Ambient')]),
      audio,
      apev2({ Genre: ['Jazz'], Title: ['T'] }),
      id3v1(8),
    );
    const plan = await createTagWriter().plan(temp.file('a.mp3', before), replace({ genres: ['Rock', 'Pop'] }));
    expect(plan).toMatchObject({
      status: 'ready',
      format: 'MP3 (ID3v2.3 + APEv2 + ID3v1)',
      diffs: [
        { field: 'genre', names: ['TCON', 'APEv2 Genre', 'ID3v1 genre'], before: ['Ambient'], after: ['Rock', 'Pop'] },
      ],
      warnings: [expect.stringContaining('joined with "; "'), expect.stringContaining('APEv2')],
    });
  });

  it('show what a place held that was out of step, where the others are right already', async () => {
    const moods = bytes(id3(4, [frame(4, 'TMOO', '\0Happy'), frame(4, 'TXXX', '\0Mood\0Sad')]), audio);
    expect(await createTagWriter().plan(temp.file('a.mp3', moods), replace({ moods: ['Happy'] }))).toMatchObject({
      diffs: [{ field: 'mood', names: ['TXXX:MOOD'], before: ['Sad'], after: ['Happy'] }],
    });
    const old = bytes(id3(4, [frame(4, 'TCON', '\0Rock')]), audio, id3v1(8));
    expect(await createTagWriter().plan(temp.file('a.mp3', old), replace({ genres: ['Rock'] }))).toMatchObject({
      diffs: [{ field: 'genre', names: ['ID3v1 genre'], before: ['Jazz'], after: ['Rock'] }],
    });
  });

  it('chapters that name byte positions are mentioned when the audio moves', async () => {
    const chapter = (offset: number[]): Uint8Array =>
      frame(3, 'CHAP', bytes('ch0\0', new Uint8Array(8), offset, offset));
    const warningsFor = async (offset: number[]): Promise<readonly string[]> => {
      const plan = await createTagWriter().plan(
        temp.file('a.mp3', bytes(id3(3, [chapter(offset)]), audio)),
        replace({ genres: ['Rock'] }),
      );
      return plan.status === 'ready' ? plan.warnings : ['refused'];
    };
    expect(await warningsFor([0, 0, 1, 0])).toEqual([expect.stringContaining('chapters')]);
    expect(await warningsFor([255, 255, 255, 255])).toEqual([]);
  });

  it('are empty where the file already is as asked, in whatever way it says so', async () => {
    const before = bytes(id3(3, [frame(3, 'TCON', '\0(17)(8)')]), audio, id3v1(17));
    const plan = await createTagWriter().plan(temp.file('a.mp3', before), replace({ genres: ['Rock', 'Jazz'] }));
    expect(plan).toMatchObject({ status: 'unchanged', diffs: [] });
    const fill = await createTagWriter().plan(temp.file('a.mp3', before), { mode: 'fill', genres: ['Pop'] });
    expect(fill.status).toBe('unchanged');
  });
});
