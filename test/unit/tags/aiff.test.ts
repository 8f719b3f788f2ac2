import { describe, expect, it } from 'vitest';
import type { TagChange } from '../../../src/shared/domain/tags';
import { findAudioParts } from '../../../src/main/adapters/files/audio-extent';
import { memorySource } from '../../../src/main/adapters/files/byte-source';
import { createTagWriter } from '../../../src/main/adapters/tags/index';
import { DEFAULT_OPTIONS } from '../../../src/main/adapters/tags/format';
import { parseForWriting } from '../../../src/main/adapters/tags/formats';
import { readTags } from '../../../src/main/adapters/tags/read-tags';
import { temporaryFiles, write } from '../../builders/tags-files';
import { aiff, chunk, COMM, SSND, type ChunkData } from '../../builders/tags-iff';
import { bytes, frame, id3 } from '../../builders/tags-mp3';

const temp = temporaryFiles();
const replace = (rest: Partial<TagChange>): TagChange => ({ mode: 'replace', ...rest });
const OTHERS: ChunkData[] = [
  chunk('NAME', 'A title'),
  chunk('AUTH', 'Somebody'),
  chunk('ANNO', 'odd'),
  chunk('COMT', bytes([0, 1], new Uint8Array(8), [0, 2], 'hi')),
  chunk('MARK', new Uint8Array(20)),
  chunk('APPL', 'stocsomething'),
];
const tagged = (version: number, frames: Uint8Array[], padding = 0, id = 'ID3 '): ChunkData =>
  chunk(id, id3(version, frames, { padding }));

async function written(before: Uint8Array, change: TagChange): Promise<Uint8Array> {
  const result = await write(temp.file('a.aiff', before), change);
  expect(await result.undo()).toEqual(before);
  const parsed = await parseForWriting(memorySource(result.bytes), DEFAULT_OPTIONS);
  expect(await findAudioParts(memorySource(result.bytes))).toEqual(parsed.audio);
  return result.bytes;
}

async function refusal(before: Uint8Array): Promise<string> {
  const plan = await createTagWriter().plan(temp.file('r.aiff', before), replace({ genres: ['Rock'] }));
  return plan.status === 'refused' ? `${plan.code}: ${plan.message}` : plan.status;
}

describe('ID3v2 in AIFF, byte for byte', () => {
  it('takes the room from the padding and leaves names, comments and all else alone', async () => {
    const file = (padding: number, ...frames: Uint8Array[]): Uint8Array =>
      aiff([COMM, ...OTHERS, SSND, tagged(4, frames, padding)]);
    const title = frame(4, 'TIT2', '\x03T');
    expect(
      await written(
        file(100, title, frame(4, 'TCON', '\x03Jazz')),
        replace({ genres: ['Rock', 'Pop'], grouping: ['G'], comment: ['c'] }),
      ),
    ).toEqual(
      file(
        100 - 4 - 12 - 16,
        title,
        frame(4, 'TCON', '\0Rock\0Pop'),
        frame(4, 'TIT1', '\0G'),
        frame(4, 'COMM', '\0eng\0c'),
      ),
    );
  });

  it.each(['ID3 ', 'id3 '])('%s grows and shrinks with its pad byte, before the audio and behind it', async (id) => {
    for (const [from, to] of [
      ['Jazz', 'Progressive Rock'],
      ['Jazz!', 'Rocking'],
      ['Jazz', 'Techno'],
      ['Jazz!', 'Techno!'],
    ] as const) {
      const front = (name: string): Uint8Array =>
        aiff([COMM, tagged(3, [frame(3, 'TCON', `\0${name}`)], 0, id), SSND, ...OTHERS], undefined, 'AIFC');
      expect(await written(front(from), replace({ genres: [to] }))).toEqual(front(to));
      const behind = (name: string): Uint8Array =>
        aiff([COMM, SSND, tagged(3, [frame(3, 'TCON', `\0${name}`)], 0, id)]);
      expect(await written(behind(from), replace({ genres: [to] }))).toEqual(behind(to));
    }
  });

  it('a file without a tag gets one at the end, and its pad byte if that was missing', async () => {
    const before = aiff([COMM, ...OTHERS, { ...chunk('SSND', new Uint8Array(311)), pad: false }]);
    const {
      bytes: after,
      plan,
      undo,
    } = await write(temp.file('a.aif', before), replace({ genres: ['Rock'], moods: ['Sad'] }));
    expect(plan.warnings).toEqual([expect.stringContaining('no ID3 tag')]);
    expect(after.subarray(8, before.length)).toEqual(before.subarray(8));
    expect(Buffer.from(after).readUInt32BE(4)).toBe(after.length - 8);
    expect(Buffer.from(after).toString('latin1', before.length, before.length + 5)).toBe('\0ID3 ');
    expect(await undo()).toEqual(before);
    expect(await readTags(temp.file('read.aif', after))).toMatchObject({
      ok: true,
      value: { genres: ['Rock'], moods: ['Sad'], container: 'AIFF' },
    });
  });

  it('the pad byte that a header does not count is counted when the file grows', async () => {
    const file = (name: string): Uint8Array => aiff([COMM, SSND, tagged(3, [frame(3, 'TCON', `\0${name}`)])]);
    const before = file('Jazz');
    before.set([before[7]! - 1], 7);
    expect(await written(before, replace({ genres: ['Techno'] }))).toEqual(file('Techno'));
  });
});

describe('AIFF that is not certain is refused', () => {
  const tag = tagged(3, [frame(3, 'TCON', '\0Jazz')]);
  const good = aiff([COMM, SSND, tag]);
  it.each<[string, Uint8Array, RegExp]>([
    ['no sound data', aiff([COMM, tag]), /"SSND" is missing/],
    ['no description of it', aiff([SSND, tag]), /"COMM" is missing/],
    ['two of them', aiff([COMM, SSND, SSND]), /several chunks "SSND"/],
    ['two tags in either spelling', aiff([COMM, SSND, tag, { ...tag, id: 'id3 ' }]), /two ID3 chunks/],
    ['sizes in the order of Intel', bytes('FORM', [0, 1, 0, 0], good.subarray(8)), /shorter/],
    ['a chunk that leaves the file', aiff([COMM, { ...SSND, size: 9000 }]), /"SSND" claims/],
    ['a cut-off file', good.subarray(0, 900), /shorter/],
    ['something after the end', bytes(good, 'TAG'), /follows the end/],
    ['another kind of IFF', aiff([COMM, SSND], undefined, '8SVX'), /^(unsupported-format|tag-unparseable)/],
    ['an ID3 chunk with something else in it', aiff([COMM, SSND, chunk('ID3 ', 'unparseable')]), /no ID3v2 tag/],
  ])('%s', async (_name, content, reason) => {
    expect(await refusal(content)).toMatch(reason);
  });
});
