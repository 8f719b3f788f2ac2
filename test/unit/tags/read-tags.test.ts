import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memorySource, type ByteSource } from '../../../src/main/adapters/files/byte-source';
import { checkChange } from '../../../src/main/core/tags/change';
import { editChecked } from '../../../src/main/adapters/tags/edit-checked';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { readTags, readTagsFrom } from '../../../src/main/adapters/tags/read-tags';
import { asOrdinaryUser } from '../../builders/ordinary-user';
import { comments, flac, PICTURE } from '../../builders/tags-flac';
import { temporaryFiles } from '../../builders/tags-files';
import { apev2, bytes, frame, id3, id3v1, silentMp3, synchsafe, unsynchronise } from '../../builders/tags-mp3';

const temp = temporaryFiles();
const audio = silentMp3(40);
const read = async (content: Uint8Array, name = 'a.mp3') => {
  const result = await readTags(temp.file(name, content));
  return result.ok ? result.value : result.failure.code;
};

describe('reading tags', () => {
  it('gives all that the app shows, with real multi-values', async () => {
    const tag = id3(4, [
      frame(4, 'TIT2', '\x03Title'),
      frame(4, 'TPE1', '\x03One\0Two'),
      frame(4, 'TALB', '\x03Album'),
      frame(4, 'TPE2', '\x03Band'),
      frame(4, 'TDRC', '\x032019-05-04'),
      frame(4, 'TRCK', '\x033/12'),
      frame(4, 'TCON', '\x03Rock\0(18)\x0031'),
      frame(4, 'TMOO', '\x03Happy'),
    ]);
    expect(await read(bytes(tag, audio))).toMatchObject({
      title: 'Title',
      artist: 'One, Two',
      album: 'Album',
      albumArtist: 'Band',
      year: 2019,
      trackNumber: 3,
      genres: ['Rock', 'Techno', 'Trance'],
      moods: ['Happy'],
      container: 'MPEG',
      codec: 'MPEG 1 Layer 3',
      sampleRate: 44100,
      bitrate: 128000,
    });
  });

  it('parts the joined text of 2.3, but neither slashes nor what 2.4 holds as one', async () => {
    const genre = async (version: number, text: string): Promise<unknown> => {
      const own = await read(bytes(id3(version, [frame(version, 'TCON', `\0${text}`)]), audio));
      return typeof own === 'string' ? own : own.genres;
    };
    expect(await genre(3, 'Rock; Pop/Rock;Jazz')).toEqual(['Rock', 'Pop/Rock', 'Jazz']);
    expect(await genre(4, 'Rock; Pop')).toEqual(['Rock; Pop']);
  });

  it('reads unsynchronised 2.3 tags, of which music-metadata loses the text', async () => {
    const body = unsynchronise(
      bytes(frame(3, 'TIT2', bytes(1, 0xff, 0xfe, Buffer.from('Ünsync', 'utf16le'))), frame(3, 'TCON', '\0Rock')),
    );
    const tag = bytes('ID3', 3, 0, 0x80, synchsafe(body.length), body);
    expect(await read(bytes(tag, audio))).toMatchObject({ title: 'Ünsync', genres: ['Rock'] });
  });

  it('shows the ID3v2 genre that a write would change, not the APEv2 one beside it; others where it is missing', async () => {
    const ape = apev2({ Genre: ['Jazz', 'Funk'], Title: ['APE'] });
    expect(await read(bytes(id3(4, [frame(4, 'TCON', '\0Rock')]), audio, ape))).toMatchObject({
      genres: ['Rock'],
      title: 'APE',
    });
    expect(await read(bytes(audio, ape))).toMatchObject({ genres: ['Jazz', 'Funk'] });
    expect(await read(bytes(audio, id3v1(17)))).toMatchObject({ genres: ['Rock'], title: 'Old title' });
    expect(await read(audio)).toMatchObject({ genres: [], moods: [], title: null });
  });

  it('goes by content, not by name', async () => {
    expect(await read(flac([comments(['TITLE=T'])]), 'a.mp3')).toMatchObject({ title: 'T', container: 'FLAC' });
    expect(await read(bytes(id3(3, [frame(3, 'TIT2', '\0T')]), audio), 'a.flac')).toMatchObject({
      title: 'T',
      container: 'MPEG',
    });
  });

  it('still shows a track whose tag is broken', async () => {
    const broken = bytes(
      'ID3',
      3,
      0,
      0,
      synchsafe(30),
      frame(3, 'TIT2', '\0Title'),
      'TALB',
      [0x7f, 0xff, 0xff, 0xff],
      new Uint8Array(5),
      audio,
    );
    expect(await read(broken)).toMatchObject({ container: 'MPEG' });
  });

  it('fails with a code for what is no audio', async () => {
    expect(await read(new Uint8Array(0))).toBe('empty-file');
    expect(await read(bytes('hello, this is text\n'.repeat(40)))).toBe('unsupported-format');
    expect(await read(bytes('ID3', 3, 0, 0, [0x7f, 0x7f, 0x7f, 0x7f], audio))).toBe('unsupported-format');
    expect(await readTags(temp.path('gone.mp3'))).toMatchObject({ ok: false, failure: { code: 'not-found' } });
  });

  it('fails with permission-denied where it may not read', async () => {
    const path = temp.file('secret.mp3', audio);
    chmodSync(path, 0);
    expect(await asOrdinaryUser(dirname(path), () => readTags(path))).toMatchObject({
      ok: false,
      failure: { code: 'permission-denied' },
    });
  });
});

describe('large covers and files', () => {
  const cover = new Uint8Array(8_000_000).fill(0x55);
  function counting(content: Uint8Array): ByteSource & { total: number; longest: number } {
    const inner = memorySource(content);
    return {
      size: inner.size,
      total: 0,
      longest: 0,
      read(offset, length) {
        this.total += length;
        this.longest = Math.max(this.longest, length);
        return inner.read(offset, length);
      },
    };
  }

  it.each([
    ['ID3', bytes(id3(3, [frame(3, 'APIC', cover), frame(3, 'TCON', '\0Jazz')], { padding: 99 }), silentMp3(9000))],
    ['FLAC', flac([{ type: PICTURE, data: cover }, comments(['GENRE=Jazz'])], 4_000_000)],
  ])('%s: neither reading nor planning takes them into memory', async (_name, content) => {
    const source = counting(content);
    expect(await readTagsFrom(source)).toMatchObject({ ok: true, value: { genres: ['Jazz'] } });
    await editChecked(source, checkChange({ mode: 'replace', genres: ['Rock'] }), DEFAULT_OPTIONS);
    expect(source.longest).toBeLessThanOrEqual(1 << 17);
    expect(source.total).toBeLessThan(content.length / 8);
  });
});
