import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../src/main/adapters/files/byte-source';
import { readTagsFrom } from '../../../src/main/adapters/tags/read-tags';
import { starsOfPopularimeter, starsOfText, starsOfWindows } from '../../../src/main/core/tags/ratings';
import { asf, extended } from '../../builders/tags-asf';
import { comments, flac } from '../../builders/tags-flac';
import { apev2, bytes, frame, id3, silentMp3, synchsafe, unsynchronise } from '../../builders/tags-mp3';
import { data, freeform, item, mp4, sound, tags, type Mp4File } from '../../builders/tags-mp4';

const audio = silentMp3(40);
const read = async (content: Uint8Array) => {
  const result = await readTagsFrom(memorySource(content));
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
};
const media = { mdat: sound(400) };
const tracks: Mp4File['tracks'] = [{ chunks: [[0, 0]] }];
const m4a = (moov: Uint8Array): Uint8Array => mp4({ layout: ['moov', media], tracks, moov: [moov] });
const popm = (rating: number, version = 4): Uint8Array =>
  frame(version, version === 2 ? 'POP' : 'POPM', bytes('a@b.c', 0, rating, 0, 0, 0, 7));

describe('ratings', () => {
  it('of a popularimeter are stars as Windows and MediaMonkey have them', () => {
    const values = [0, 1, 13, 31, 32, 54, 64, 118, 128, 186, 196, 242, 255, 256].map(starsOfPopularimeter);
    expect(values).toEqual([null, 1, 0.5, 1, 2, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, null]);
  });

  it('of other scales are stars', () => {
    expect(['0', '1', '3.5', '5', '8', '10', '60', '100', '101', '', 'x'].map(starsOfText)).toEqual([
      null,
      1,
      3.5,
      5,
      4,
      5,
      3,
      5,
      null,
      null,
      null,
    ]);
    expect([0, 1, 25, 50, 75, 99].map(starsOfWindows)).toEqual([null, 1, 2, 3, 4, 5]);
  });

  it('are read from every format', async () => {
    for (const version of [2, 3, 4])
      expect((await read(bytes(id3(version, [popm(0, version), popm(196, version)]), audio))).rating).toBe(4);
    const escaped = unsynchronise(bytes(popm(255, 3), frame(3, 'TIT2', '\0x')));
    expect((await read(bytes('ID3', 3, 0, 0x80, synchsafe(escaped.length), escaped, audio))).rating).toBe(5);
    expect((await read(bytes(id3(4, [frame(4, 'TXXX', '\x03FMPS_Rating\x000.7')]), audio))).rating).toBe(3.5);
    expect((await read(flac([comments(['FMPS_RATING=0.5'])]))).rating).toBe(2.5);
    expect((await read(flac([comments(['rating=80'])]))).rating).toBe(4);
    expect((await read(flac([comments(['RATING:quodlibet@lists.sacredchao.net=0.6'])]))).rating).toBe(3);
    expect((await read(m4a(tags(item('rate', data('80')))))).rating).toBe(4);
    expect((await read(asf([extended(['WM/SharedUserRating', '75'])]))).rating).toBe(4);
    expect((await read(bytes(audio, apev2({ Rating: ['4'] })))).rating).toBe(4);
    expect((await read(audio)).rating).toBeNull();
  });
});

describe('texts', () => {
  it('have one name in every format', async () => {
    const wanted = { COMPOSER: ['Bach'] };
    expect((await read(bytes(id3(3, [frame(3, 'TCOM', '\0Bach')]), audio))).texts).toMatchObject(wanted);
    expect((await read(flac([comments(['composer=Bach'])]))).texts).toMatchObject(wanted);
    expect((await read(m4a(tags(item('\xa9wrt', 'Bach'))))).texts).toMatchObject(wanted);
    expect((await read(asf([extended(['WM/Composer', 'Bach'])]))).texts).toMatchObject(wanted);
    expect((await read(bytes(audio, apev2({ Composer: ['Bach'] })))).texts).toMatchObject(wanted);
    expect((await read(m4a(tags(freeform('Catalog', ['C 1']))))).texts).toMatchObject({ CATALOG: ['C 1'] });
  });

  it('are all values of a name, without pictures, and no more than are kept', async () => {
    const long = 'x'.repeat(500);
    const many = Array.from({ length: 100 }, (_, n) => `KEY${n}=${n}`);
    const { texts } = await read(flac([comments(['A=1', 'a=2', 'a=2', `B=${long}`, ...many])]));
    expect(texts).toMatchObject({ A: ['1', '2'], B: ['x'.repeat(200)] });
    expect(Object.values(texts).flat()).toHaveLength(64);
    const described = await read(
      bytes(
        id3(4, [
          frame(4, 'TXXX', '\x03Mine\x00one\x00two'),
          frame(4, 'COMM', '\x03eng\x00hello'),
          frame(4, 'APIC', bytes(0, 'image/png', 0, 3, 0, 1, 2, 3)),
        ]),
        audio,
      ),
    );
    expect(described.texts).toEqual({ MINE: ['one', 'two'], COMMENT: ['hello'] });
  });
});
