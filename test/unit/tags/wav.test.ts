import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { findAudioParts } from '../../../src/main/adapters/files/audio-extent';
import { memorySource, type ByteSource } from '../../../src/main/adapters/files/byte-source';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { editChecked } from '../../../src/main/adapters/tags/edit-checked';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { readTags } from '../../../src/main/adapters/tags/read-tags';
import { checkChange } from '../../../src/main/core/tags/change';
import { temporaryFiles, write } from '../../builders/tags-files';
import { chunk, DATA, FMT, info, rf64, samples, wav, type ChunkData } from '../../builders/tags-iff';
import { bytes, frame, id3 } from '../../builders/tags-mp3';

const temp = temporaryFiles();
const replace = (rest: Partial<TagChange>): TagChange => ({ mode: 'replace', ...rest });
const genre = (version: number, text: string): Uint8Array => frame(version, 'TCON', `\0${text}`);
const title = frame(4, 'TIT2', '\x03Title');
const cover = frame(3, 'APIC', bytes('\0image/jpeg\0\x03\0', new Uint8Array(3001).fill(0xff)));
/** What a broadcast recorder, a sampler and a sequencer put into their files. */
const OTHERS: ChunkData[] = [
  chunk('bext', new Uint8Array(603).fill(65)),
  chunk('JUNK', new Uint8Array(28)),
  chunk('iXML', '<BWFXML></BWFXML>'),
  chunk('cue ', bytes([1, 0, 0, 0], new Uint8Array(24))),
  chunk('LIST', bytes('adtllabl', [6, 0, 0, 0, 1, 0, 0, 0], 'a\0')),
  chunk('acid', new Uint8Array(24).fill(2)),
];

async function written(before: Uint8Array, change: TagChange): Promise<Uint8Array> {
  const result = await write(temp.file('a.wav', before), change);
  expect(await result.undo()).toEqual(before);
  const parsed = await parseForWriting(memorySource(result.bytes), DEFAULT_OPTIONS);
  expect(await findAudioParts(memorySource(result.bytes))).toEqual(parsed.audio);
  return result.bytes;
}

async function planned(before: Uint8Array, change: TagChange) {
  const plan = await createTagWriter().plan(temp.file('p.wav', before), change);
  if (plan.status === 'refused') throw new Error(`${plan.code}: ${plan.message}`);
  return plan;
}

async function refusal(before: Uint8Array, change = replace({ genres: ['Rock'], moods: ['Happy'] })): Promise<string> {
  const plan = await createTagWriter().plan(temp.file('r.wav', before), change);
  return plan.status === 'refused' ? `${plan.code}: ${plan.message}` : plan.status;
}

const tagged = (tag: Uint8Array, id = 'id3 '): ChunkData => chunk(id, tag);

describe('ID3v2 in WAV, byte for byte', () => {
  it('takes the room from the padding of the tag and leaves all other chunks alone', async () => {
    const file = (frames: Uint8Array[], padding: number): Uint8Array =>
      wav([FMT, ...OTHERS, DATA, tagged(id3(4, frames, { padding })), chunk('odd ', 'abc')]);
    const before = file([title, genre(4, 'Jazz')], 100);
    const after = file([title, genre(4, 'Rock\0Trip-Hop'), frame(4, 'TMOO', '\0Happy')], 100 - 9 - 16);
    expect(await written(before, replace({ genres: ['Rock', 'Trip-Hop'], moods: ['Happy'] }))).toEqual(after);
  });

  it.each([
    ['ID3 ', 'grows, to an odd size', 'Rocks'],
    ['id3 ', 'grows, to an even size', 'Rocky!'],
  ])('%s: without padding the chunk %s, and with it the pad byte and the size of the file', async (id, _how, name) => {
    const file = (name: string): Uint8Array => wav([FMT, tagged(id3(3, [genre(3, name), cover]), id), DATA, ...OTHERS]);
    for (const old of ['Rock', 'Jazz!', 'Folk!!'])
      expect(await written(file(old), replace({ genres: [`${name}${old}`] }))).toEqual(file(`${name}${old}`));
  });

  it('gives bytes that are no longer needed to the padding, so that nothing moves', async () => {
    const before = wav([FMT, DATA, tagged(id3(3, [genre(3, 'Progressive Rock'), cover]))]);
    expect(await written(before, replace({ genres: ['Jazz'] }))).toEqual(
      wav([FMT, DATA, tagged(id3(3, [genre(3, 'Jazz'), cover], { padding: 12 }))]),
    );
    expect(await written(before, replace({ genres: [] }))).toEqual(
      wav([FMT, DATA, tagged(id3(3, [cover], { padding: 27 }))]),
    );
  });

  it('keeps zeros that follow the tag in its chunk', async () => {
    const file = (name: string): Uint8Array =>
      wav([FMT, tagged(bytes(id3(3, [genre(3, name), cover]), new Uint8Array(5))), DATA]);
    expect(await written(file('Jazz'), replace({ genres: ['Progressive Rock'] }))).toEqual(file('Progressive Rock'));
  });

  it.each([
    ['after an even chunk', [FMT, DATA], 0],
    ['after an odd one', [FMT, DATA, chunk('odd ', 'abc')], 0],
    ['after an odd one without its pad byte', [FMT, DATA, chunk('odd ', 'abc', { pad: false })], 1],
  ])('a file without a tag gets one in a chunk of its own at the end: %s', async (_name, chunks, pad) => {
    const before = wav(chunks);
    const after = await written(before, replace({ genres: ['Rock', 'Pop'], moods: ['Sad'], comment: ['c'] }));
    const at = before.length + pad;
    expect(after.subarray(8, before.length)).toEqual(before.subarray(8));
    expect(Buffer.from(after).readUInt32LE(4)).toBe(after.length - 8);
    expect(Buffer.from(after).toString('latin1', at, at + 4)).toBe('id3 ');
    const size = Buffer.from(after).readUInt32LE(at + 4);
    expect(at + 8 + size + (size % 2)).toBe(after.length);
    expect(await readTags(temp.file('read.wav', after))).toMatchObject({
      ok: true,
      value: { genres: ['Rock', 'Pop'], moods: ['Sad'], container: 'WAVE' },
    });
    expect((await planned(after, replace({ genres: ['Rock', 'Pop'], moods: ['Sad'], comment: ['c'] }))).status).toBe(
      'unchanged',
    );
  });

  it('adds, fills, and has grouping and comment', async () => {
    const file = (...frames: Uint8Array[]): Uint8Array =>
      wav([FMT, tagged(id3(4, frames, { padding: 200 - bytes(...frames).length })), DATA]);
    const comment = frame(4, 'COMM', '\0deu\0alt');
    expect(await written(file(genre(4, 'Hip Hop'), comment), { mode: 'add', genres: ['hip-hop', 'Rock'] })).toEqual(
      file(genre(4, 'Hip Hop\0Rock'), comment),
    );
    expect(await written(file(genre(4, 'Pop')), { mode: 'fill', genres: ['Rock'], grouping: ['G'] })).toEqual(
      file(genre(4, 'Pop'), frame(4, 'TIT1', '\0G')),
    );
    const added = file(frame(4, 'COMM', '\0deu\0alt; neu'));
    expect(await written(file(comment), { mode: 'add', comment: ['neu'] })).toEqual(added);
    expect((await planned(added, { mode: 'add', comment: ['neu'] })).status).toBe('unchanged');
  });

  it.each(['RF64', 'BW64'])('%s: the 64-bit size of the file follows, all else in ds64 stays', async (form) => {
    const file = (name: string): Uint8Array => rf64([FMT, DATA, tagged(id3(3, [genre(3, name)])), ...OTHERS], form);
    const plan = await planned(file('Jazz'), replace({ genres: ['Progressive Rock'] }));
    expect(plan.format).toBe(`WAV (${form} + ID3v2.3)`);
    expect(await written(file('Jazz'), replace({ genres: ['Progressive Rock'] }))).toEqual(file('Progressive Rock'));
    const bare = rf64([FMT, DATA], form);
    const after = await written(bare, replace({ genres: ['Rock'] }));
    expect(Number(Buffer.from(after).readBigUInt64LE(20))).toBe(after.length - 8);
    expect(after.subarray(28, bare.length)).toEqual(bare.subarray(28));
  });

  it('a pad byte that the header does not count is counted when the file grows', async () => {
    const file = (name: string): Uint8Array => wav([FMT, DATA, tagged(id3(3, [genre(3, name)]))]);
    const before = file('Jazz');
    before.set([before[4]! - 1], 4);
    for (const name of ['Techno', 'Rocking'])
      expect(await written(before, replace({ genres: [name] }))).toEqual(file(name));
  });
});

describe('the genre among the INFO texts of a WAV', () => {
  const tag = (name: string): ChunkData => tagged(id3(4, [genre(4, name)], { padding: 50 - name.length }));

  it('is kept in step where there is one, as one text; the other texts stay', async () => {
    const file = (id3: ChunkData, ignr: string): Uint8Array =>
      wav([FMT, info({ INAM: 'T', IGNR: ignr, ICMT: 'odd', ISFT: 'Lavf' }), DATA, id3]);
    const change = replace({ genres: ['Rock', 'Trip-Hop'] });
    const before = file(tag('Jazz'), 'Old');
    expect(await written(before, change)).toEqual(file(tag('Rock\0Trip-Hop'), 'Rock; Trip-Hop'));
    expect(await planned(before, change)).toMatchObject({
      format: 'WAV (ID3v2.4 + INFO)',
      diffs: [{ field: 'genre', names: ['TCON', 'INFO IGNR'], before: ['Jazz'], after: ['Rock', 'Trip-Hop'] }],
      warnings: [expect.stringContaining('INFO')],
    });
  });

  it('goes away with the genre', async () => {
    const before = wav([FMT, DATA, info({ INAM: 'T', IGNR: 'Jazz', ISFT: 'x' })]);
    expect(await written(before, replace({ genres: [] }))).toEqual(wav([FMT, DATA, info({ INAM: 'T', ISFT: 'x' })]));
  });

  it('is not set where there is none', async () => {
    const before = wav([FMT, info({ INAM: 'T' }), DATA, tag('Jazz')]);
    expect(await written(before, replace({ genres: ['Rock'] }))).toEqual(
      wav([FMT, info({ INAM: 'T' }), DATA, tag('Rock')]),
    );
  });

  it('counts as the genre where there is no tag, and is added to', async () => {
    const before = wav([FMT, DATA, info({ IGNR: 'Jazz; Funk' })]);
    const plan = await planned(before, { mode: 'add', genres: ['Rock'] });
    expect(plan.diffs).toEqual([
      { field: 'genre', names: ['TCON', 'INFO IGNR'], before: ['Jazz', 'Funk'], after: ['Jazz', 'Funk', 'Rock'] },
    ]);
    expect((await planned(before, { mode: 'fill', genres: ['Rock'] })).status).toBe('unchanged');
  });

  it("the tag's genres joined in another program's way are no further genre", async () => {
    const before = wav([FMT, DATA, info({ IGNR: 'Jazz, Funk' }), tag('Jazz\0Funk')]);
    expect((await planned(before, replace({ genres: ['Jazz', 'Funk'] }))).status).toBe('unchanged');
    const plan = await planned(before, { mode: 'add', genres: ['Rock'] });
    expect(plan.diffs[0]?.after).toEqual(['Jazz', 'Funk', 'Rock']);
    const other = wav([FMT, DATA, info({ IGNR: 'Soul' }), tag('Jazz\0Funk')]);
    expect((await planned(other, { mode: 'add', genres: ['Rock'] })).diffs[0]?.after).toEqual([
      'Jazz',
      'Funk',
      'Soul',
      'Rock',
    ]);
  });

  it('is UTF-8 where it has to be, which the plan says', async () => {
    const before = wav([FMT, DATA, info({ IGNR: 'Jazz' }), tag('Jazz')]);
    const after = await written(before, replace({ genres: ['Röck'] }));
    expect(Buffer.from(after).includes(Buffer.from(info({ IGNR: 'Röck' }).data))).toBe(true);
    expect((await planned(before, replace({ genres: ['Röck'] }))).warnings).toEqual([expect.stringContaining('UTF-8')]);
  });

  it('a file with texts and no tag is told of, because players will look into the new one', async () => {
    const plan = await planned(wav([FMT, info({ INAM: 'T' }), DATA]), replace({ genres: ['Rock'] }));
    expect(plan.warnings).toEqual([expect.stringContaining('no ID3 tag')]);
    const ffmpeg = await planned(wav([FMT, info({ ISFT: 'Lavf' }), DATA]), replace({ genres: ['Rock'] }));
    expect(ffmpeg.warnings).toEqual([]);
  });

  const oddItem = chunk('LIST', bytes('INFO', 'INAM', [2, 0, 0, 0], 'a\0', 'IGNR', [5, 0, 0, 0], 'Jazz\0'));
  it('may be the last of an odd list without a pad byte of its own', async () => {
    expect(await written(wav([FMT, oddItem, DATA]), replace({ genres: [] }))).toEqual(
      wav([FMT, info({ INAM: 'a' }), DATA]),
    );
  });

  const malformed = (id: string): ChunkData => chunk('LIST', bytes('INFO', id, [200, 0, 0, 0], 'Jazz'));
  it.each<[string, ChunkData[], RegExp]>([
    ['in another encoding', [info({ IGNR: bytes('J', 0xe4, 'zz', 0) })], /encoding/],
    [
      'twice in a list',
      [chunk('LIST', bytes('INFO', info({ IGNR: 'a' }).data.subarray(4), info({ IGNR: 'b' }).data.subarray(4)))],
      /twice/,
    ],
    ['in two lists', [info({ IGNR: 'a' }), info({ IGNR: 'a' })], /twice/],
    ['in a malformed list', [malformed('IGNR')], /malformed/],
    ['longer than any genre', [info({ IGNR: 'x'.repeat(70_000) })], /encoding/],
  ])('%s: a change of the genre is refused, others are not', async (_name, lists, reason) => {
    const file = (frames: Uint8Array[], padding: number): Uint8Array =>
      wav([FMT, ...lists, DATA, tagged(id3(4, frames, { padding }))]);
    expect(await refusal(file([title], 40), replace({ genres: ['Rock'] }))).toMatch(reason);
    expect(await written(file([title], 40), replace({ moods: ['Sad'] }))).toEqual(
      file([title, frame(4, 'TMOO', '\0Sad')], 26),
    );
  });

  it('a malformed list without a genre is none of our business', async () => {
    const file = (name: string): Uint8Array => wav([FMT, malformed('INAM'), DATA, tag(name)]);
    expect(await written(file('Jazz'), replace({ genres: ['Rock'] }))).toEqual(file('Rock'));
  });
});

describe('WAV that is not certain is refused', () => {
  const tag = tagged(id3(3, [genre(3, 'Jazz')]));
  const good = wav([FMT, DATA, tag]);
  const wide = rf64([FMT, DATA]);
  const changed = (file: Uint8Array, at: number, ...values: number[]): Uint8Array => {
    const copy = file.slice();
    copy.set(values, at);
    return copy;
  };
  it.each<[string, Uint8Array, RegExp]>([
    ['a header alone', wav([]).subarray(0, 12), /missing or empty/],
    ['no data', wav([FMT, tag]), /"data" is missing/],
    ['no format', wav([DATA, tag]), /"fmt " is missing/],
    ['an empty data chunk', wav([FMT, chunk('data', ''), tag]), /"data" is missing or empty/],
    ['two data chunks', wav([FMT, DATA, DATA]), /several chunks "data"/],
    ['a streamed file: size 0', wav([FMT, DATA], 0), /stream/],
    ['a streamed file: size unknown', wav([FMT, DATA], 0xffffffff), /stream/],
    ['streamed data', wav([FMT, { ...DATA, size: 0xffffffff }]), /"data" claims/],
    ['data beyond the end', wav([FMT, { ...DATA, size: 3000 }]), /"data" claims/],
    ['a cut-off file', good.subarray(0, good.length - 2), /shorter/],
    ['something after the end', bytes(good, 'hello world'), /follows the end/],
    ['a single byte after the end', bytes(good, 0), /follows the end/],
    ['chunks that leave the file behind', wav([FMT, DATA, tag], good.length - 8 - 4), /do not end/],
    ['an odd chunk without its pad byte', wav([FMT, chunk('odd ', 'abc', { pad: false }), DATA]), /no chunk|claims/],
    ['rubbish between chunks', wav([FMT, chunk('\0\0\0\0', ''), DATA]), /no chunk/],
    ['a cut-off chunk header', wav([FMT, DATA, chunk('ab', '')]), /header of a chunk|no chunk/],
    ['two tags', wav([FMT, DATA, tag, tag]), /two ID3 chunks/],
    ['two tags in either spelling', wav([FMT, DATA, tag, { ...tag, id: 'ID3 ' }]), /two ID3 chunks/],
    ['an ID3 chunk without a tag', wav([FMT, DATA, tagged(bytes('not a tag at all'))]), /no ID3v2 tag/],
    ['an empty ID3 chunk', wav([FMT, DATA, tagged(bytes(''))]), /no ID3v2 tag/],
    ['a tag longer than its chunk', wav([FMT, tagged(id3(3, [cover]).subarray(0, 500)), DATA]), /tag-unparseable/],
    ['two tags in a chunk', wav([FMT, DATA, tagged(bytes(tag.data, tag.data))]), /follows the ID3v2 tag/],
    ['a damaged tag', wav([FMT, DATA, tagged(id3(3, [bytes('<html>')]))]), /no frame|ends within/],
    ['too many chunks', wav([FMT, DATA, ...Array.from({ length: 10_000 }, () => chunk('x   ', ''))]), /10000 chunks/],
    ['too many INFO lists', wav([FMT, DATA, ...Array.from({ length: 17 }, () => info({ INAM: 'x' }))]), /16 lists/],
    ['RF64 without ds64', changed(wide, 12, 0x4a), /ds64/],
    ['RF64 with a short ds64', changed(wide, 16, 8), /ds64/],
    ['RF64 that names two sizes of the audio', changed(wide, wide.length - 2004, 0, 1, 0, 0), /two sizes/],
    ['RF64 whose size is absurd', changed(wide, 20, 255, 255, 255, 255, 255, 255, 255, 255), /ds64/],
    ['RF64 whose size is wrong', changed(wide, 20, 1), /tag-unparseable/],
    ['RF64 with a 32-bit size', changed(wide, 4, 0, 0, 1, 0), /ds64/],
  ])('%s', async (_name, content, reason) => {
    const before = content.slice();
    expect(await refusal(content)).toMatch(reason);
    expect(content).toEqual(before);
  });

  it('a file that would outgrow 4 GiB', async () => {
    const change = checkChange(replace({ genres: ['Rock'] }));
    const before = hugeWav(0xffffffff - 20);
    await expect(editChecked(before, change, DEFAULT_OPTIONS)).rejects.toThrow(/4 GiB/);
    expect((await editChecked(hugeWav(0xffffffff - 2000), change, DEFAULT_OPTIONS)).edit.splices).toHaveLength(2);
  });

  it('reads headers alone, however long the audio', async () => {
    let read = 0;
    const source = hugeWav(4_000_000_000, (length) => (read += length));
    await editChecked(source, checkChange(replace({ genres: ['Rock'] })), DEFAULT_OPTIONS);
    expect(read).toBeLessThan(500_000);
  });
});

/** A WAV of that many bytes whose audio is never held: zeros. */
function hugeWav(size: number, onRead: (length: number) => void = () => undefined): ByteSource {
  const even = size - (size % 2);
  const data = even - 12 - 24 - 8;
  const head = wav([FMT, { ...chunk('data', ''), size: data }], even - 8);
  return {
    size: even,
    read(offset, length) {
      onRead(length);
      const result = new Uint8Array(length);
      if (offset < head.length) result.set(head.subarray(offset, offset + length));
      return Promise.resolve(result);
    },
  };
}

describe('the audio of a WAV for its content hash', () => {
  const parts = (file: Uint8Array) => findAudioParts(memorySource(file));
  const whole = (file: Uint8Array) => [{ offset: 0, length: file.length }];

  it('is found where the file is sound, and where only what follows it is not', async () => {
    const at = 12 + 24 + 8;
    const data = [{ offset: at, length: 2000 }];
    expect(await parts(wav([FMT, DATA]))).toEqual(data);
    expect(await parts(bytes(wav([FMT, DATA]), 'rubbish at the end'))).toEqual(data);
    expect(await parts(wav([FMT, DATA], 0))).toEqual(data);
    expect(await parts(wav([FMT, DATA, { ...chunk('LIST', 'x'), size: 90_000 }]))).toEqual(data);
    expect(await parts(rf64([FMT, DATA]))).toEqual([{ offset: at + 36, length: 2000 }]);
  });

  it('is the whole file where it is not certain', async () => {
    for (const file of [
      wav([FMT, { ...DATA, size: 0xffffffff }]),
      wav([FMT, DATA, DATA]),
      wav([FMT, chunk('data', '')]),
      wav([FMT]),
      bytes('RIFF', [9, 0, 0, 0], 'AVI ', samples()),
      bytes('RIFF'),
    ])
      expect(await parts(file)).toEqual(whole(file));
  });
});
