import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDecoders, findDecoders, type DecoderSet } from '../../../src/main/adapters/decoders';
import { memorySource } from '../../../src/main/adapters/files/byte-source';
import { contentHash } from '../../../src/main/adapters/files/content-hash';
import { readTags } from '../../../src/main/adapters/tags/read-tags';
import { decodeTrack } from '../../../src/main/analysis/decode-track';
import { melFraming } from '../../../src/main/core/inputs/mel';
import { DEFAULT_MEL } from '../../../src/main/analysis/features';
import { never, temporaryFolder } from '../../builders/analysis';
import { encode, sha256 } from '../../builders/audio';
import { missing } from '../../builders/requirements';
import { noise, writeWav } from '../../builders/sounds';
import { write } from '../../builders/tags-files';
import { demux } from '../../builders/tags-ogg';

const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
afterAll(() => folder.remove());

/** What analysis hears: the hash of all frames, and how long it is. */
async function heard(path: string, decoders: DecoderSet): Promise<string> {
  const frames: Uint8Array[] = [];
  const { durationSec, warnings } = await decodeTrack(path, decoders, melFraming(DEFAULT_MEL), never, (values) => {
    frames.push(new Uint8Array(values.slice().buffer));
  });
  expect(warnings).toEqual([]);
  return `${durationSec} s, ${sha256(Buffer.concat(frames))}`;
}

describe.skipIf(missing('ffmpeg'))('tags that need more pages, in files that an encoder has made', () => {
  let all: DecoderSet[] = [];

  beforeAll(async () => {
    const hiss = noise(5);
    writeWav(file('sound.wav'), (t) => 0.3 * Math.sin(2 * Math.PI * (200 + 300 * t) * t) + 0.05 * hiss(t), 6, 44_100);
    const found = await findDecoders({ PATH: process.env['PATH'] });
    all = [createDecoders({ ...found, forced: 'ffmpeg' }), createDecoders({ ...found, forced: 'wasm' })];
  });

  it.each([
    ['vorbis.ogg', ['-c:a', 'libvorbis'], 3],
    ['opus.opus', ['-c:a', 'libopus', '-ar', '48000'], 2],
  ])('%s sounds the same and is known as the same', async (name, options, packets) => {
    const path = file(name);
    encode(file('sound.wav'), path, '-ac', '2', ...options);
    const before = new Uint8Array(readFileSync(path));
    const listened = [];
    for (const decoders of all) listened.push(await heard(path, decoders));
    // Seven comments of 10 kB are more than the 65 kB that one page holds.
    const comment = Array.from({ length: 7 }, (_, index) => String(index).repeat(9_990));
    const result = await write(path, { mode: 'replace', genres: ['Rock', 'Trip-Hop'], comment });
    const [old, now] = [demux(before, packets), demux(result.bytes, packets)];
    expect(now.pages.length).toBe(old.pages.length + 1);
    expect(now.audio.map(({ granule, flags, body }) => [granule, flags, sha256(body)])).toEqual(
      old.audio.map(({ granule, flags, body }) => [granule, flags, sha256(body)]),
    );
    expect(await contentHash(memorySource(result.bytes))).toBe(await contentHash(memorySource(before)));
    for (const [index, decoders] of all.entries()) expect(await heard(path, decoders)).toBe(listened[index]);
    expect(await readTags(path)).toMatchObject({ ok: true, value: { genres: ['Rock', 'Trip-Hop'] } });
    expect(Buffer.compare(await result.undo(), before)).toBe(0);
  });
});
