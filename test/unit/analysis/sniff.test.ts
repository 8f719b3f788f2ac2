import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sniffBytes, sniffFile } from '../../../src/main/adapters/decoders/sniff';
import { parseWavHeader } from '../../../src/main/adapters/decoders/wav-header';
import { readSamples, type PcmCoding } from '../../../src/main/adapters/decoders/pcm';
import { fileBytes } from '../../../src/main/adapters/files/file-bytes';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
/** MPEG 1 layer III, 128 kbit/s, 44,100 Hz: 417 bytes a frame. */
const mp3Frame = (): Buffer => Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413)]);
const id3 = (size: number): Buffer =>
  Buffer.concat([bytes('ID3\x04\x00\x00'), Buffer.from([0, 0, size >> 7, size & 127]), Buffer.alloc(size)]);

describe('what a file is, by its content', () => {
  const cases: [string, Buffer, string][] = [
    ['FLAC', bytes('fLaC\0\0\0\x22'), 'flac'],
    ['Vorbis', bytes('OggS' + '\0'.repeat(24) + '\x01vorbis'), 'ogg-vorbis'],
    ['Opus', bytes('OggS' + '\0'.repeat(24) + 'OpusHead'), 'ogg-opus'],
    ['WAVE', bytes('RIFF\x24\0\0\0WAVEfmt '), 'wav'],
    ['AIFF', bytes('FORM\0\0\0\x24AIFFCOMM'), 'aiff'],
    ['MP4', bytes('\0\0\0\x20ftypM4A '), 'mp4'],
    ['MP3', Buffer.concat([mp3Frame(), mp3Frame(), mp3Frame()]), 'mp3'],
    ['MP3 after junk', Buffer.concat([bytes('junk\0\xff\xfb'), mp3Frame(), mp3Frame(), mp3Frame()]), 'mp3'],
    ['text', bytes('#EXTM3U\nhttp://example.com/a.mp3\n'), 'text'],
    ['UTF-8 text', Buffer.from('Grüße aus München\n'), 'text'],
    ['a lone sync word', Buffer.concat([bytes('\0\0'), mp3Frame(), Buffer.alloc(2000, 7)]), 'unknown'],
    ['zeros', Buffer.alloc(5000), 'unknown'],
  ];
  test.each(cases)('%s', (_, head, kind) => expect(sniffBytes(head)).toBe(kind));

  const folder = mkdtempSync(join(tmpdir(), 'sniff-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const files: [string, Buffer, string][] = [
    ['nothing', Buffer.alloc(0), 'empty'],
    ['MP3 behind two large ID3 tags', Buffer.concat([id3(9000), id3(300), mp3Frame(), mp3Frame(), mp3Frame()]), 'mp3'],
    ['FLAC behind an ID3 tag', Buffer.concat([id3(200), bytes('fLaC\0\0\0\x22')]), 'flac'],
    ['an ID3 tag alone', id3(2000), 'unknown'],
  ];
  test.each(files)('%s', async (name, content, kind) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    const file = await open(path);
    expect(await sniffFile(fileBytes(file, content.length))).toBe(kind);
    await file.close();
  });
});

describe('WAVE files', () => {
  const chunk = (id: string, body: Buffer, size = body.length): Buffer => {
    const head = Buffer.alloc(8);
    head.write(id, 0, 'latin1');
    head.writeUInt32LE(size, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  const format = (tag: number, channels: number, bits: number): Buffer => {
    const body = Buffer.alloc(16);
    body.writeUInt16LE(tag, 0);
    body.writeUInt16LE(channels, 2);
    body.writeUInt32LE(44_100, 4);
    body.writeUInt16LE(bits, 14);
    return chunk('fmt ', body);
  };

  test('chunks before the samples are stepped over, odd lengths are padded', () => {
    const head = Buffer.concat([
      bytes('RIFF\0\0\0\0WAVE'),
      chunk('LIST', bytes('odd')),
      format(1, 2, 24),
      chunk('data', Buffer.alloc(6), 600),
    ]);
    expect(parseWavHeader(head)).toEqual({ coding: 's24', channels: 2, sampleRate: 44_100, dataOffset: 56 });
  });

  test('samples of each format', () => {
    const read = (coding: PcmCoding, littleEndian: boolean, from: number[]): number => {
      const to = new Float32Array(1);
      readSamples({ coding, littleEndian }, Buffer.from(Uint8Array.from(from).buffer), to);
      return to[0]!;
    };
    expect(read('u8', true, [0])).toBe(-1);
    expect(read('s8', true, [0x40])).toBe(0.5);
    expect(read('s16', true, [0x00, 0x40])).toBe(0.5);
    expect(read('s16', false, [0xc0, 0x00])).toBe(-0.5);
    expect(read('s24', true, [0, 0, 0x80])).toBe(-1);
    expect(read('s24', false, [0x20, 0, 0])).toBe(0.25);
    expect(read('s32', true, [0, 0, 0, 0x20])).toBe(0.25);
    expect(read('f32', true, [0, 0, 0x80, 0xbf])).toBe(-1);
    expect(read('f64', false, [0xbf, 0xe0, 0, 0, 0, 0, 0, 0])).toBe(-0.5);
    // The largest and smallest values of ITU-T G.711, tables 1a to 2b.
    expect(read('alaw', true, [0xaa])).toBe(32_256 / 32_768);
    expect(read('alaw', true, [0x55])).toBe(-8 / 32_768);
    expect(read('mulaw', true, [0x80])).toBe(32_124 / 32_768);
    expect(read('mulaw', true, [0x7f])).toBe(-0);
  });
});
