import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { readTags } from '../../../src/main/adapters/tags/read-tags';
import { APPLICATION, comments, flac, padding, PICTURE } from '../../builders/tags-flac';
import { temporaryFiles, write } from '../../builders/tags-files';
import { bytes, frame, id3, id3v1 } from '../../builders/tags-mp3';

const temp = temporaryFiles();
const replace = (rest: Partial<TagChange>): TagChange => ({ mode: 'replace', ...rest });
const application = { type: APPLICATION, data: bytes('riff', [1, 2, 255]) };
const picture = { type: PICTURE, data: bytes([0, 0, 0, 3], new Uint8Array(4000).fill(0xff)) };

async function written(before: Uint8Array, change: TagChange): Promise<Uint8Array> {
  const result = await write(temp.file('a.flac', before), change);
  expect(await result.undo()).toEqual(before);
  return result.bytes;
}

async function refusal(before: Uint8Array): Promise<string> {
  const plan = await createTagWriter().plan(temp.file('a.flac', before), replace({ genres: ['Rock'] }));
  return plan.status === 'refused' ? `${plan.code}: ${plan.message}` : plan.status;
}

describe('Vorbis comments in FLAC, byte for byte', () => {
  it('repeats GENRE and MOOD, keeps all others in order and spelling, takes the room from the padding', async () => {
    const before = flac([
      application,
      comments(['TITLE=T', 'genre=Jazz', 'Mixed Case Key=v', 'GENRE=Pop', 'EMPTY=']),
      picture,
      padding(100),
    ]);
    expect(await written(before, replace({ genres: ['Rock', 'Trip-Hop', 'Röck'], moods: ['Happy'] }))).toEqual(
      flac([
        application,
        comments(['TITLE=T', 'GENRE=Rock', 'GENRE=Trip-Hop', 'GENRE=Röck', 'Mixed Case Key=v', 'EMPTY=', 'MOOD=Happy']),
        picture,
        padding(100 - 34),
      ]),
    );
  });

  it('grows by just what is needed where no padding block is long enough', async () => {
    const before = flac([comments(['TITLE=T']), padding(3)]);
    expect(await written(before, replace({ genres: ['Rock'] }))).toEqual(
      flac([comments(['TITLE=T', 'GENRE=Rock']), padding(3)]),
    );
    const unpadded = flac([comments(['TITLE=T']), picture]);
    expect(await written(unpadded, replace({ genres: ['Rock'] }))).toEqual(
      flac([comments(['TITLE=T', 'GENRE=Rock']), picture]),
    );
  });

  it('leaves padding that is not zero to whoever put something there', async () => {
    const hidden = { type: 1, data: new Uint8Array(50).fill(7) };
    expect(await written(flac([comments([]), hidden]), replace({ genres: ['Rock'] }))).toEqual(
      flac([comments(['GENRE=Rock']), hidden]),
    );
  });

  it('uses padding up to its last byte', async () => {
    const before = flac([comments([]), padding(14)]);
    expect(await written(before, replace({ genres: ['Rock'] }))).toEqual(flac([comments(['GENRE=Rock']), padding(0)]));
  });

  it('gives room back to the padding', async () => {
    const before = flac([padding(8), comments(['GENRE=Rock', 'TITLE=T'])]);
    expect(await written(before, replace({ genres: [] }))).toEqual(flac([padding(22), comments(['TITLE=T'])]));
  });

  it('adds a block of comments after STREAMINFO where there is none', async () => {
    const made = comments(['GENRE=Rock', 'MOOD=Sad'], 'Genregram');
    const change = replace({ genres: ['Rock'], moods: ['Sad'] });
    expect(await written(flac([]), change)).toEqual(flac([made]));
    expect(await written(flac([picture, padding(200)]), change)).toEqual(
      flac([made, picture, padding(200 - 4 - made.data.length)]),
    );
  });

  it('leaves ID3 tags before and after the FLAC data alone and says so', async () => {
    const tag = id3(3, [frame(3, 'TCON', '\0Jazz')], { padding: 9 });
    const before = bytes(tag, flac([comments(['GENRE=Pop'])]), id3v1(8));
    const result = await write(temp.file('a.flac', before), replace({ genres: ['Rock'] }));
    expect(result.bytes).toEqual(bytes(tag, flac([comments(['GENRE=Rock'])]), id3v1(8)));
    expect(result.plan.warnings).toEqual([expect.stringContaining('ID3 tag before its FLAC data')]);
    expect(await result.undo()).toEqual(before);
  });

  it('adds, fills and sets custom fields', async () => {
    const before = flac([comments(['GENRE=Hip Hop', 'MYFIELD=keep']), padding(200)]);
    expect(await written(before, { mode: 'add', genres: ['hip-hop', 'Rock'] })).toEqual(
      flac([comments(['GENRE=Hip Hop', 'GENRE=Rock', 'MYFIELD=keep']), padding(200 - 14)]),
    );
    expect(await written(before, { mode: 'fill', genres: ['Rock'], moods: ['Calm'] })).toEqual(
      flac([comments(['GENRE=Hip Hop', 'MYFIELD=keep', 'MOOD=Calm']), padding(200 - 13)]),
    );
    expect(await written(before, replace({ custom: { GENREGRAM_GENRES: ['rock:0.62;metal:0.21'] } }))).toEqual(
      flac([comments(['GENRE=Hip Hop', 'MYFIELD=keep', 'GENREGRAM_GENRES=rock:0.62;metal:0.21']), padding(200 - 41)]),
    );
  });

  it('is read by content, whatever the name', async () => {
    const read = await readTags(
      temp.file('misnamed.mp3', flac([comments(['TITLE=T', 'GENRE=Rock', 'GENRE=Pop', 'MOOD=Sad'])])),
    );
    expect(read).toMatchObject({
      ok: true,
      value: { title: 'T', genres: ['Rock', 'Pop'], moods: ['Sad'], container: 'FLAC', sampleRate: 44100 },
    });
  });
});

describe('FLAC that is not certain is refused', () => {
  const good = flac([comments(['TITLE=T']), padding(10)]);
  const changed = (at: number, ...values: number[]): Uint8Array => {
    const copy = good.slice();
    copy.set(values, at);
    return copy;
  };
  it.each<[string, Uint8Array, RegExp]>([
    ['no STREAMINFO first', changed(4, 1), /STREAMINFO/],
    ['a STREAMINFO of another length', changed(7, 33), /tag-unparseable/],
    ['block type 127', changed(42, 127), /malformed/],
    ['a block that leaves the file', changed(43, 255), /malformed/],
    ['a block with a lying length', changed(45, 60), /tag-unparseable/],
    ['metadata that end with the file', good.subarray(0, 60), /cut off|malformed/],
    [
      'no frame after the metadata',
      flac([comments([])]).map((b, i, all) => (i === all.length - 3000 ? 0 : b)),
      /No FLAC audio/,
    ],
    ['two blocks of comments', flac([comments(['GENRE=a']), comments(['GENRE=b'])]), /two blocks/],
    ['a lying vendor length', changed(46, 0xff, 0xff), /comments/],
    ['a lying number of comments', changed(46 + 4 + 23, 9), /comments/],
    ['bytes after the comments', flac([{ type: 4, data: bytes(comments([]).data, 1) }]), /follows/],
    [
      'a genre that is no UTF-8',
      flac([{ type: 4, data: bytes([0, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0], 'GENRE=', 255) }]),
      /genre/,
    ],
  ])('%s', async (_name, content, reason) => {
    expect(await refusal(content)).toMatch(reason);
  });
});
