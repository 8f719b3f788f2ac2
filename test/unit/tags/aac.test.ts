import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { findAudioParts } from '../../../src/main/adapters/files/audio-extent';
import { memorySource } from '../../../src/main/adapters/files/byte-source';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { readTags } from '../../../src/main/adapters/tags/read-tags';
import { sniff } from '../../../src/main/adapters/tags/sniff';
import { temporaryFiles, write } from '../../builders/tags-files';
import { adts } from '../../builders/tags-iff';
import { apev2, bytes, frame, id3, id3v1, silentMp3 } from '../../builders/tags-mp3';

const temp = temporaryFiles();
const audio = adts();
const replace = (rest: Partial<TagChange>): TagChange => ({ mode: 'replace', ...rest });

async function written(before: Uint8Array, change: TagChange): Promise<Uint8Array> {
  const result = await write(temp.file('a.aac', before), change);
  expect(await result.undo()).toEqual(before);
  const parsed = await parseForWriting(memorySource(result.bytes), DEFAULT_OPTIONS);
  expect(await findAudioParts(memorySource(result.bytes))).toEqual(parsed.audio);
  return result.bytes;
}

async function refusal(before: Uint8Array): Promise<string> {
  const plan = await createTagWriter().plan(temp.file('r.aac', before), replace({ genres: ['Rock'] }));
  return plan.status === 'refused' ? `${plan.code}: ${plan.message}` : plan.status;
}

describe('tags around AAC in ADTS', () => {
  it('ID3v2 before it is edited in place', async () => {
    const file = (padding: number, ...frames: Uint8Array[]): Uint8Array => bytes(id3(4, frames, { padding }), audio);
    const title = frame(4, 'TIT2', '\x03T');
    expect(
      await written(file(60, title, frame(4, 'TCON', '\x03Jazz')), replace({ genres: ['Rock'], moods: ['Sad'] })),
    ).toEqual(file(60 - 14, title, frame(4, 'TCON', '\0Rock'), frame(4, 'TMOO', '\0Sad')));
  });

  it('an APEv2 tag that describes the music, as Picard leaves it, is the only one and stays that', async () => {
    const file = (items: Record<string, string[]>, v1: number): Uint8Array => bytes(audio, apev2(items), id3v1(v1));
    const before = file({ Title: ['T'], Genre: ['Jazz'] }, 8);
    const items = { Title: ['T'], Genre: ['Rock', 'Pop'], Mood: ['Sad'], Comment: ['c'], MINE: ['m'] };
    const change = replace({ genres: ['Rock', 'Pop'], moods: ['Sad'], comment: ['c'], custom: { MINE: ['m'] } });
    expect(await written(before, change)).toEqual(file(items, 17));
    expect(await readTags(temp.file('b.aac', file(items, 17)))).toMatchObject({
      ok: true,
      value: { genres: ['Rock', 'Pop'], moods: ['Sad'], title: 'T' },
    });
  });

  it('other APEv2 and ID3v1 tags after it follow, and a file without ID3v2 gets a fresh one', async () => {
    const before = bytes(audio, apev2({ Genre: ['Jazz'] }), id3v1(8));
    const { bytes: after, plan } = await write(temp.file('a.aac', before), replace({ genres: ['Rock', 'Pop'] }));
    expect(plan.format).toBe('AAC (APEv2 + ID3v1)');
    const tail = bytes(audio, apev2({ Genre: ['Rock', 'Pop'] }), id3v1(17));
    expect(after.subarray(-tail.length)).toEqual(tail);
    expect(await readTags(temp.file('b.aac', after))).toMatchObject({ ok: true, value: { genres: ['Rock', 'Pop'] } });
    await written(before, { mode: 'add', genres: ['Rock'] });
  });

  it('is told by frames that agree, with a checksum or without', async () => {
    expect(await sniff(memorySource(audio))).toBe('aac');
    expect(await sniff(memorySource(adts(1)))).toBe('aac');
    expect(await sniff(memorySource(bytes(id3(3, []), adts(2))))).toBe('aac');
    expect(await sniff(memorySource(audio.map((b, i) => (i % 60 === 1 ? 0xf0 : b))))).toBe('aac');
    expect(await sniff(memorySource(silentMp3()))).toBe('mp3');
  });

  const changed = (at: number, value: number): Uint8Array => audio.map((b, i) => (i === at ? value : b));
  it.each<[string, Uint8Array, RegExp]>([
    ['another sample rate in the second frame', changed(62, 0x4c), /^unsupported-format/],
    ['an unknown sample rate', audio.map((b, i) => (i % 60 === 2 ? 0x74 : b)), /^unsupported-format/],
    ['a frame shorter than its header', audio.map((b, i) => (i % 60 === 4 ? 0 : b)), /^unsupported-format/],
    ['one frame and rubbish', bytes(adts(1), 'x'.repeat(200)), /^unsupported-format/],
    ['a tag alone', id3(3, [frame(3, 'TIT2', '\0t')], { padding: 30 }), /^tag-unparseable/],
    ['ADIF', bytes('ADIF', new Uint8Array(300)), /^tag-unsupported: .*ADIF/],
    [
      'LATM',
      bytes(...Array.from({ length: 5 }, () => bytes([0x56, 0xe0, 40], new Uint8Array(40)))),
      /^tag-unsupported: .*LATM/,
    ],
    ['a tag longer than the file', bytes('ID3', 3, 0, 0, [0x7f, 0x7f, 0x7f, 0x7f], audio), /^tag-unparseable/],
    ['an ID3v2 tag at the end', bytes(audio, id3(4, [frame(4, 'TIT2', '\0x')], { footer: true })), /at the end/],
  ])('%s is refused', async (_name, content, reason) => {
    expect(await refusal(content)).toMatch(reason);
  });
});
