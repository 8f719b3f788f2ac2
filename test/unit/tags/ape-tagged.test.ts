import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { memorySource } from '../../../src/main/adapters/files/byte-source';
import { findAudioParts } from '../../../src/main/adapters/files/audio-extent';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { readTags } from '../../../src/main/adapters/tags/read-tags';
import {
  monkeys,
  musepack7,
  musepack8,
  oldMonkeys,
  packet,
  STREAMS,
  wavPack,
  wavPackBlock,
} from '../../builders/tags-ape-tagged';
import { temporaryFiles, write } from '../../builders/tags-files';
import { apev2, bytes, frame, id3, id3v1, lyrics3 } from '../../builders/tags-mp3';

const temp = temporaryFiles();
const replace = (rest: Partial<TagChange>): TagChange => ({ mode: 'replace', ...rest });
const stream = wavPack();
const cover = bytes('cover.jpg', 0, [0xff, 0xd8, 0xff, 0xe0, 0, 0x10]);

async function written(before: Uint8Array, change: TagChange): Promise<Uint8Array> {
  const result = await write(temp.file('a.wv', before), change);
  expect(await result.undo()).toEqual(before);
  return result.bytes;
}

async function warnings(before: Uint8Array, change: TagChange): Promise<readonly string[]> {
  return (await write(temp.file('a.wv', before), change)).plan.warnings;
}

async function refusal(before: Uint8Array, change = replace({ genres: ['Rock'] })): Promise<string> {
  const plan = await createTagWriter().plan(temp.file('a.wv', before), change);
  return plan.status === 'refused' ? `${plan.code}: ${plan.message}` : plan.status;
}

describe.each(Object.entries({ ...STREAMS, "Monkey's Audio before 3.98": oldMonkeys() }))(
  'APEv2 in %s',
  (name, audio) => {
    it('is made at the end where there is none, and found by what looks for the audio', async () => {
      const after = await written(audio, replace({ genres: ['Rock', 'Trip-Hop'], moods: ['Fröhlich'] }));
      expect(after).toEqual(bytes(audio, apev2({ Genre: ['Rock', 'Trip-Hop'], Mood: ['Fröhlich'] })));
      const parsed = await parseForWriting(memorySource(after), DEFAULT_OPTIONS);
      expect(parsed.format).toBe(`${name.replace(' before 3.98', '')} (APEv2)`);
      expect(parsed.audio).toEqual([{ offset: 0, length: audio.length }]);
      expect(await findAudioParts(memorySource(after))).toEqual(parsed.audio);
    });

    it('is changed item by item', async () => {
      const before = bytes(audio, apev2({ Title: ['T'], GENRE: ['Jazz'], 'Cover Art (Front)': cover, mood: ['Sad'] }));
      expect(await written(before, replace({ genres: ['Rock', 'Pop'], moods: [] }))).toEqual(
        bytes(audio, apev2({ Title: ['T'], GENRE: ['Rock', 'Pop'], 'Cover Art (Front)': cover })),
      );
    });
  },
);

describe('APEv2 tags, byte for byte', () => {
  it('keep the place and spelling of items; new ones follow the others', async () => {
    const before = bytes(stream, apev2({ comment: ['old'], Grouping: ['A', 'B'], Title: ['T'], MyField: ['keep'] }));
    const change = replace({
      genres: ['Rock'],
      grouping: ['C'],
      comment: ['new ♫'],
      custom: { GENREGRAM_GENRES: ['rock:0.6'] },
    });
    expect(await written(before, change)).toEqual(
      bytes(
        stream,
        apev2({
          comment: ['new ♫'],
          Grouping: ['C'],
          Title: ['T'],
          MyField: ['keep'],
          Genre: ['Rock'],
          GENREGRAM_GENRES: ['rock:0.6'],
        }),
      ),
    );
  });

  it('are added to and filled', async () => {
    const before = bytes(stream, apev2({ Genre: ['Hip Hop'], Title: ['T'] }));
    expect(await written(before, { mode: 'add', genres: ['hip-hop', 'Rock'] })).toEqual(
      bytes(stream, apev2({ Genre: ['Hip Hop', 'Rock'], Title: ['T'] })),
    );
    expect(await written(before, { mode: 'fill', genres: ['Rock'], moods: ['Calm'] })).toEqual(
      bytes(stream, apev2({ Genre: ['Hip Hop'], Title: ['T'], Mood: ['Calm'] })),
    );
  });

  it('stay without a header where they had none, and empty where all goes away', async () => {
    const before = bytes(stream, apev2({ Genre: ['Jazz'] }, { header: false }));
    expect(await written(before, replace({ genres: [] }))).toEqual(bytes(stream, apev2({}, { header: false })));
  });

  it('keep items of other kinds and read-only items as they are', async () => {
    const tag = apev2({ Title: ['T'], Link: ['http://x.example'], Genre: ['Jazz'] });
    const title = tag.indexOf(0x54, 40) - 8;
    tag[title + 4] = 1;
    const after = await written(bytes(stream, tag), replace({ genres: ['Rock'] }));
    const expected = apev2({ Title: ['T'], Link: ['http://x.example'], Genre: ['Rock'] });
    expected[title + 4] = 1;
    expect(after).toEqual(bytes(stream, expected));
  });

  it('are found behind blocks of any length', async () => {
    for (const length of [2, 32_700, 32_736, 70_000, 1_048_544])
      expect(await refusal(bytes(wavPack(40, length), apev2({ Genre: ['Jazz'] })))).toBe('ready');
    expect(await refusal(bytes(wavPack(40, 1_048_560), apev2({ Genre: ['Jazz'] })))).toMatch(/cut off/);
  });

  it('are read by content, whatever the name', async () => {
    const read = await readTags(
      temp.file('misnamed.mp3', bytes(stream, apev2({ Genre: ['Rock', 'Pop'], Mood: ['Sad'] }))),
    );
    expect(read).toMatchObject({ ok: true, value: { genres: ['Rock', 'Pop'], moods: ['Sad'] } });
  });

  it('are not taken for ID3v1, though 131 bytes long', async () => {
    const tag = apev2({ Title: ['x'.repeat(35)], Genre: ['Jazz'] });
    expect(tag.length).toBe(131);
    const audio = wavPack(100);
    expect(await written(bytes(audio, tag), replace({ genres: ['Rock'] }))).toEqual(
      bytes(audio, apev2({ Title: ['x'.repeat(35)], Genre: ['Rock'] })),
    );
    expect(await findAudioParts(memorySource(bytes(audio, tag)))).toEqual([{ offset: 0, length: audio.length }]);
  });
});

describe('other tags beside APEv2', () => {
  it('ID3v1 keeps in step and stays last', async () => {
    const before = bytes(stream, id3v1(8));
    expect(await written(before, replace({ genres: ['Rock'], moods: ['Sad'] }))).toEqual(
      bytes(stream, apev2({ Genre: ['Rock'], Mood: ['Sad'] }), id3v1(17)),
    );
    expect(await warnings(before, replace({ genres: ['Rock'] }))).toEqual([
      expect.stringContaining('had no APEv2 tag'),
    ]);
    expect(await written(bytes(stream, apev2({ Genre: ['Rock'] }), id3v1(8)), replace({ genres: ['Rock'] }))).toEqual(
      bytes(stream, apev2({ Genre: ['Rock'] }), id3v1(17)),
    );
    expect(await written(before, { mode: 'add', genres: ['Own Style'] })).toEqual(
      bytes(stream, apev2({ Genre: ['Jazz', 'Own Style'] }), id3v1(8)),
    );
    expect(await refusal(before, { mode: 'fill', genres: ['Rock'] })).toBe('unchanged');
  });

  it('an ID3v2 tag at the start is left alone, and said to be there', async () => {
    const tag = id3(3, [frame(3, 'TIT2', '\0Title')], { padding: 30 });
    const before = bytes(tag, monkeys(), apev2({ Genre: ['Jazz'] }));
    expect(await written(before, replace({ genres: ['Rock'] }))).toEqual(
      bytes(tag, monkeys(), apev2({ Genre: ['Rock'] })),
    );
    expect(await warnings(before, replace({ genres: ['Rock'] }))).toEqual([expect.stringContaining('ID3v2 tag')]);
  });

  it('an ID3v2 tag that holds the same field is a reason to change nothing, another field is none', async () => {
    const before = bytes(id3(4, [frame(4, 'TCON', '\0Jazz')]), musepack7(), apev2({ Title: ['T'] }));
    expect(await refusal(before)).toMatch(/^tag-unparseable: .*ID3v2 tag that holds its genre too/);
    expect(await refusal(before, { mode: 'fill', genres: ['Rock'] })).toBe('unchanged');
    expect(await refusal(before, replace({ moods: ['Sad'] }))).toBe('ready');
  });
});

describe('APE-tagged files that are not certain are refused', () => {
  const tag = apev2({ Title: ['T'], Genre: ['Jazz'] });
  const patched = (content: Uint8Array, at: number, ...values: number[]): Uint8Array => {
    const copy = content.slice();
    copy.set(values, at);
    return copy;
  };
  it.each<[string, Uint8Array, RegExp]>([
    ['WavPack that is cut off', bytes(stream.subarray(0, -1), tag), /cut off/],
    ['WavPack with something behind it', bytes(stream, 'unknown tag', tag), /something unknown/],
    [
      'WavPack whose only block is too long',
      bytes(wavPack(50).subarray(0, 60), tag),
      /does not begin with a whole block/,
    ],
    ['WavPack of an unknown version', bytes(wavPackBlock(50, 0x300), tag), /does not begin with a whole block/],
    ['WavPack blocks of odd length', bytes(wavPackBlock(51), tag), /does not begin with a whole block/],
    ["Monkey's Audio that is cut off", bytes(monkeys().subarray(0, -1), tag), /cut off/],
    ["Monkey's Audio with something behind it", bytes(monkeys(), 0, tag), /something unknown/],
    ["Monkey's Audio with a short descriptor", bytes(patched(monkeys(), 8, 40), tag), /header of the Monkey's/],
    ["Monkey's Audio that ends in its header", bytes(monkeys().subarray(0, 31)), /Monkey's Audio stream is malformed/],
    ['old Monkey’s Audio with nine channels', bytes(oldMonkeys(9), tag), /header of the Monkey's/],
    ['old Monkey’s Audio with more frames than bytes', bytes(oldMonkeys(2, 1e6), tag), /header of the Monkey's/],
    ['Musepack of stream version 6', bytes(patched(musepack7(), 3, 6), tag), /header of the Musepack/],
    ['Musepack without frames', bytes(musepack7(0), tag), /header of the Musepack/],
    ['Musepack SV8 that is cut off', bytes(musepack8().subarray(0, -4), tag), /packets of the Musepack/],
    ['Musepack SV8 without an end', bytes('MPCK', packet('SH', 11), packet('AP', 40), tag), /packets of the Musepack/],
    ['Musepack SV8 with something behind it', bytes(musepack8(), 'x', tag), /something unknown/i],
    ['Musepack SV8 that begins with audio', bytes('MPCK', packet('AP', 40), packet('SE', 0), tag), /packets of the/],
    ['Musepack SV8 with an empty size', bytes('MPCK', packet('SH', 11), 'AP', [0x80, 0], tag), /packets of the/],
    ['two APE tags', bytes(stream, tag, tag), /two APE tags/],
    ['an APE tag that counts wrong', bytes(stream, patched(tag, tag.length - 16, 9)), /APE tag/],
    [
      'an APE tag of version 1',
      bytes(stream, apev2({ Genre: ['Jazz'] }, { version: 1000, header: false })),
      /can't be changed/,
    ],
    ['a genre that is binary', bytes(stream, apev2({ Genre: Uint8Array.of(1, 2) })), /can't be changed/],
    ['a genre that is no UTF-8', bytes(stream, patched(tag, tag.indexOf(0x4a), 0xff)), /can't be changed/],
    ['a read-only genre', bytes(stream, patched(tag, tag.indexOf(0x47, 32) - 4, 1)), /can't be changed/],
    ['two genre items', bytes(stream, apev2({ Genre: ['Jazz'], GENRE: ['Pop'] })), /holds its genre twice/],
    ['Lyrics3', bytes(stream, lyrics3(), id3v1(8)), /Lyrics3/],
    ['an ID3v1 tag that holds no text', bytes(stream, id3v1(8, 'a\u0001b')), /holds no text/],
    ['a damaged ID3v2 tag', bytes(id3(3, [frame(3, 'TIT2', '\0T', [0, 0])]).fill(0xee, 14, 18), stream), /^tag-/],
  ])('%s', async (_name, content, reason) => {
    expect(await refusal(content)).toMatch(reason);
  });

  it.each(['ID3', 'tag', 'OggS', 'X'])('a field named %s, which the format does not allow', async (name) => {
    expect(await refusal(bytes(stream, tag), replace({ custom: { [name]: ['v'] } }))).toMatch(
      /^invalid-input: .*another name/,
    );
    expect(await refusal(stream, replace({ custom: { [name]: ['v'] } }))).toMatch(/^invalid-input/);
  });
});
