import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toFailure } from '#shared/domain/failure';
import { createDecoders, findDecoders } from '../../../src/main/adapters/decoders';
import { decodeTrack, type DecodedTrack } from '../../../src/main/analysis/decode-track';
import { melFraming } from '../../../src/main/core/inputs/mel';
import { DEFAULT_MEL } from '../../../src/main/analysis/features';
import { ffmpegPieces } from '../../builders/aac-pieces';
import { never, temporaryFolder } from '../../builders/analysis';
import { wavFile } from '../../builders/pcm-files';
import { missing } from '../../builders/requirements';
import { musicLike } from '../../builders/sounds';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const SECONDS = 24;
const FORMATS: readonly (readonly [string, ...string[]])[] = [
  ['sound.mp3', '-b:a', '128k'],
  ['sound.flac'],
  ['sound.ogg', '-c:a', 'libvorbis'],
  ['sound.opus', '-ar', '48000'],
  ['flac.oga', '-c:a', 'flac'],
  ['sound.wav'],
  ['sound.aiff'],
  ['sound.aac', '-c:a', 'aac'],
  ['sound.m4a', '-c:a', 'aac', '-movflags', '+faststart'],
];
const NAMES = FORMATS.map(([name]) => name);
/** Any bytes are samples. */
const PLAIN = ['sound.wav', 'sound.aiff'];
/** An ADTS stream may end after any frame; ffmpeg takes what is there of a WAV file for all of it (we read those ourselves). */
const saysNothing = (by: string, name: string): boolean =>
  name === 'sound.aac' || (by === 'ffmpeg' && name === 'sound.wav');

const found = await findDecoders({ PATH: process.env['PATH'] });
const DECODERS = {
  ffmpeg: createDecoders({ ...found, forced: 'ffmpeg' }),
  'built-in': createDecoders({ ...found, forced: 'wasm' }, ffmpegPieces),
};
const both = (names: readonly string[]): ['ffmpeg' | 'built-in', string][] =>
  names.flatMap((name): ['ffmpeg' | 'built-in', string][] => [
    ['ffmpeg', name],
    ['built-in', name],
  ]);

const decode = (by: keyof typeof DECODERS, file: string): Promise<DecodedTrack> =>
  decodeTrack(join(folder.path, file), DECODERS[by], melFraming(DEFAULT_MEL), never, () => undefined);

/** The file `name` with its bytes changed, under a name of its own. */
function changed(name: string, how: string, change: (bytes: Buffer) => Buffer): string {
  const file = `${how}-${name}`;
  writeFileSync(join(folder.path, file), change(readFileSync(join(folder.path, name))));
  return file;
}

describe.skipIf(missing('ffmpeg'))('damaged files', () => {
  beforeAll(() => {
    const source = join(folder.path, 'source.wav');
    writeFileSync(source, wavFile(musicLike(2, SECONDS, 2, 44_100), 's16'));
    for (const [name, ...options] of FORMATS)
      execFileSync('ffmpeg', ['-y', '-v', 'error', '-i', source, ...options, join(folder.path, name)]);
  });

  test.each(both(NAMES))('%s: %s is whole and gets no warning', async (by, name) => {
    const track = await decode(by, name);
    expect(track).toMatchObject({ complete: true, warnings: [] });
    expect(Math.abs(track.durationSec - SECONDS)).toBeLessThan(0.06);
  });

  test.each(both(NAMES))('%s: %s cut off gives what it has, with a warning', async (by, name) => {
    const track = await decode(
      by,
      changed(name, `cut-${by}`, (bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.6))),
    );
    // All that is there is about 0.6 of it; bit rates vary.
    expect(track.durationSec).toBeGreaterThan(SECONDS * 0.45);
    expect(track.durationSec).toBeLessThan(SECONDS * 0.75);
    if (!saysNothing(by, name)) expect(track.warnings).not.toEqual([]);
  });

  test.each(both(NAMES))(
    '%s: %s with rubbish in the middle gives most of it, and nothing that is none',
    async (by, name) => {
      const file = changed(name, `rubbish-${by}`, (bytes) => {
        const from = Math.floor(bytes.length / 2);
        for (let i = from; i < from + Math.min(8000, bytes.length / 50); i++) bytes[i] = (i * 167 + (i >> 3)) & 0xff;
        return bytes;
      });
      const track = await decode(by, file);
      expect(track.durationSec).toBeGreaterThan(SECONDS * 0.45);
      expect(track.durationSec).toBeLessThan(SECONDS + 0.1);
      if (!PLAIN.includes(name)) expect(track.warnings).not.toEqual([]);
    },
  );

  test.each(both(NAMES))('%s: the first bytes of %s fail with a remedy', async (by, name) => {
    const file = changed(name, `stub-${by}`, (bytes) => bytes.subarray(0, 200));
    const failure = await decode(by, file).then(
      () => null,
      (error: unknown) => toFailure(error),
    );
    expect(failure?.code).toMatch(/^(decode-failed|unsupported-format|too-short|decoder-missing)$/);
    expect(failure?.message).toMatch(/replace|install|leave it out|remove/i);
  });

  test.each(both(['sound.flac', 'sound.ogg', 'sound.wav', 'sound.m4a', 'sound.mp3']))(
    '%s: %s under another name is what it is',
    async (by, name) => {
      const file = name === 'sound.mp3' ? 'misnamed.flac' : 'misnamed.mp3';
      copyFileSync(join(folder.path, name), join(folder.path, file));
      expect(await decode(by, file)).toMatchObject({ complete: true, warnings: [] });
    },
  );

  test.each(['ffmpeg', 'built-in'] as const)('%s: random bytes under any name are no music', async (by) => {
    for (const name of ['noise.mp3', 'noise.flac', 'noise.wav', 'noise.m4a']) {
      let state = 7;
      const bytes = Buffer.from(
        Array.from({ length: 60_000 }, () => (state = (state * 1_103_515_245 + 12_345) >>> 0) >>> 24),
      );
      writeFileSync(join(folder.path, name), bytes);
      await expect(decode(by, name)).rejects.toMatchObject({
        code: expect.stringMatching(/decode-failed|unsupported-format/) as string,
      });
    }
  });
});
