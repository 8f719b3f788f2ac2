import { describe, expect, test } from 'vitest';
import { findAudioExtent, findAudioParts, type BytesAt } from '../../../src/main/adapters/files/audio-extent';
import { contentHash } from '../../../src/main/adapters/files/content-hash';
import { sha256 } from '../../builders/audio';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const bytesAt = (bytes: Buffer): BytesAt => ({
  size: bytes.length,
  read: (offset, length) => {
    if (offset < 0 || offset + length > bytes.length) throw new RangeError('outside of the file');
    return Promise.resolve(bytes.subarray(offset, offset + length));
  },
});

const AUDIO = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 31) % 251));
const id3v2 = (size: number, footer = false): Buffer =>
  Buffer.concat([
    latin1(`ID3\x04\x00${footer ? '\x10' : '\x00'}`),
    Buffer.from([0, 0, size >> 7, size & 127]),
    Buffer.alloc(size + (footer ? 10 : 0), 1),
  ]);
const id3v1 = Buffer.concat([latin1('TAG'), Buffer.alloc(125)]);
const enhanced = Buffer.concat([latin1('TAG+'), Buffer.alloc(223)]);
const lyrics = latin1('LYRICSBEGIN' + 'IND00002' + '00' + '000021' + 'LYRICS200');
function ape(items: number, header: boolean): Buffer {
  const footer = Buffer.alloc(32);
  footer.write('APETAGEX', 'latin1');
  footer.writeUInt32LE(2000, 8);
  footer.writeUInt32LE(items + 32, 12);
  footer.writeUInt32LE(header ? 0x8000_0000 : 0, 20);
  return Buffer.concat([header ? footer : Buffer.alloc(0), Buffer.alloc(items, 2), footer]);
}

describe('the audio payload', () => {
  const cases: [string, Buffer[], Buffer[]][] = [
    ['bare', [], []],
    ['ID3v2 in front', [id3v2(500)], []],
    ['two ID3v2, one with a footer', [id3v2(300, true), id3v2(20)], []],
    ['ID3v1 behind', [], [id3v1]],
    ['enhanced ID3v1 behind', [], [enhanced, id3v1]],
    ['APEv2 with header and ID3v1 behind', [id3v2(10)], [ape(100, true), id3v1]],
    ['APEv2 without header', [], [ape(64, false)]],
    ['Lyrics3v2 and ID3v1', [], [lyrics, id3v1]],
  ];
  test.each(cases)('%s', async (_, before, after) => {
    const file = Buffer.concat([...before, AUDIO, ...after]);
    const start = Buffer.concat(before).length;
    expect(await findAudioExtent(bytesAt(file))).toEqual({ start, end: start + AUDIO.length });
    expect(await contentHash(bytesAt(file))).toBe(sha256(AUDIO));
  });

  test('FLAC: the frames after the metadata blocks', async () => {
    const block = (type: number, size: number): Buffer =>
      Buffer.concat([Buffer.from([type, 0, size >> 8, size & 255]), Buffer.alloc(size, 3)]);
    const file = Buffer.concat([latin1('fLaC'), block(0, 34), block(4, 700), block(0x81, 9), AUDIO]);
    expect(await contentHash(bytesAt(file))).toBe(sha256(AUDIO));
  });

  test('a container whose structure is not certain: the whole file', async () => {
    const file = Buffer.concat([latin1('OggS'), AUDIO, id3v1]);
    expect(await findAudioParts(bytesAt(file))).toEqual([{ offset: 0, length: file.length }]);
  });

  test('tags that seem to fill the file, or to be larger than it, are payload', async () => {
    for (const file of [
      id3v1,
      id3v2(40),
      Buffer.concat([latin1('ID3\x04\0\0\x7f\x7f\x7f\x7f'), AUDIO]),
      latin1('TAG'),
    ]) {
      const extent = await findAudioExtent(bytesAt(file));
      expect(extent).toEqual({ start: 0, end: file.length });
    }
  });
});
