import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDecoders, findDecoders, type DecoderSet } from '../../../src/main/adapters/decoders';
import { openAudio } from '../../../src/main/adapters/decoders/open-audio';
import { never, temporaryFolder } from '../../builders/analysis';
import { encode, largestDifference } from '../../builders/audio';
import { wavFile } from '../../builders/pcm-files';
import { missing } from '../../builders/requirements';
import { musicLike } from '../../builders/sounds';
import { crcOf } from '../../builders/tags-ogg';

/** How the built-in decoders take Ogg and FLAC streams apart: whole ones of every shape, and damaged ones. */
const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);
afterAll(() => folder.remove());

const SECONDS = 6;
const RATE = 44_100;

interface Heard {
  readonly samples: Float32Array;
  readonly sampleRate: number;
  readonly warnings: readonly string[];
}

let builtIn: DecoderSet;
let byFfmpeg: DecoderSet;

async function heard(name: string, decoders = builtIn): Promise<Heard> {
  const { audio } = await openAudio(file(name), decoders, never);
  const parts: Float32Array[] = [];
  for await (const chunk of audio.chunks) parts.push(chunk.slice());
  const samples = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => (samples.set(part, at), at + part.length), 0);
  return { samples, sampleRate: audio.sampleRate, warnings: audio.warnings };
}

const write = (name: string, ...parts: Uint8Array[]): void => writeFileSync(file(name), Buffer.concat(parts));
const bytesOf = (name: string): Buffer => readFileSync(file(name));

/** The pages of an Ogg file. */
function pagesOf(bytes: Buffer): Buffer[] {
  const pages: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const segments = bytes[at + 26]!;
    const body = bytes.subarray(at + 27, at + 27 + segments).reduce((sum, lace) => sum + lace, 0);
    pages.push(bytes.subarray(at, at + 27 + segments + body));
    at += 27 + segments + body;
  }
  return pages;
}

/** A page with something changed, and its checksum right again. */
function changed(page: Buffer, change: (page: Buffer) => void): Buffer {
  const copy = Buffer.from(page);
  change(copy);
  copy.writeUInt32LE(0, 22);
  copy.writeUInt32LE(crcOf(copy), 22);
  return copy;
}

const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125, 0x20)]);
const id3v2 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x27\x08', 'latin1'), Buffer.alloc(5000, 0xff)]);

describe.skipIf(missing('ffmpeg', 'flac', 'opusenc'))('streams', () => {
  beforeAll(async () => {
    const found = await findDecoders({ PATH: process.env['PATH'] });
    builtIn = createDecoders({ ...found, forced: 'wasm' });
    byFfmpeg = createDecoders({ ...found, forced: 'ffmpeg' });
    writeFileSync(file('one.wav'), wavFile(musicLike(1, SECONDS, 2, RATE), 's16'));
    writeFileSync(file('other.wav'), wavFile(musicLike(2, SECONDS, 1, RATE), 's16'));
    const serial = (n: number): string[] => ['-serial_offset', String(n)];
    encode(file('one.wav'), file('one.ogg'), '-c:a', 'libvorbis', '-q:a', '6', ...serial(1));
    encode(file('other.wav'), file('other.ogg'), '-c:a', 'libvorbis', '-q:a', '1', ...serial(2));
    encode(file('one.wav'), file('slow.ogg'), '-c:a', 'libvorbis', '-ar', '22050', ...serial(3));
    encode(file('one.wav'), file('one.opus'), '-c:a', 'libopus', ...serial(4));
    encode(file('other.wav'), file('other.opus'), '-c:a', 'libopus', '-b:a', '32k', ...serial(5));
    encode(file('one.wav'), file('one.oga'), '-c:a', 'flac', ...serial(6));
    encode(file('other.wav'), file('other.oga'), '-c:a', 'flac', ...serial(7));
    execFileSync('flac', ['-s', '-f', '-b', '4096', '-o', file('one.flac'), file('one.wav')], { stdio: 'ignore' });
  }, 60_000);

  describe('one after the other (chained)', () => {
    test.each(['ogg', 'opus', 'oga'])('%s: each is heard as if it were alone', async (ending) => {
      write(`chain.${ending}`, bytesOf(`one.${ending}`), bytesOf(`other.${ending}`), bytesOf(`one.${ending}`));
      const [one, other, chain] = [
        await heard(`one.${ending}`),
        await heard(`other.${ending}`),
        await heard(`chain.${ending}`),
      ];
      expect(one.samples.length).toBe(SECONDS * one.sampleRate);
      const expected = [...one.samples, ...other.samples, ...one.samples];
      expect(chain.samples.length).toBe(expected.length);
      expect(largestDifference(chain.samples, expected)).toBe(0);
      expect(chain.warnings).toEqual([]);
    });

    test('of different rates: all at the rate of the first', async () => {
      write('rates.ogg', bytesOf('one.ogg'), bytesOf('slow.ogg'), bytesOf('one.ogg'));
      const [one, slow, all] = [await heard('one.ogg'), await heard('slow.ogg'), await heard('rates.ogg')];
      expect([slow.sampleRate, all.sampleRate]).toEqual([22_050, 44_100]);
      const { length } = one.samples;
      // What the slow stream's end leaves out is counted in its own samples, some hundreds at most.
      const expected = length + 2 * slow.samples.length + length;
      expect(Math.abs(all.samples.length - expected)).toBeLessThan(1000);
      expect(largestDifference(all.samples.slice(0, length), [...one.samples])).toBe(0);
      expect(largestDifference(all.samples.slice(-length), [...one.samples])).toBe(0);
      // Half of the resampled samples lie where those of the slow stream do; what is near its upper edge is filtered away.
      const middle = all.samples.slice(length, length + 2 * slow.samples.length).filter((_, i) => i % 2 === 0);
      const power = (samples: readonly number[] | Float32Array): number =>
        [...samples].reduce((sum, sample) => sum + sample * sample, 0);
      const rest = middle.map((sample, i) => sample - slow.samples[i]!);
      expect(power(rest)).toBeLessThan(0.05 * power(slow.samples));
    });

    test('hundreds: the decoders of those before are given back', async () => {
      encode(file('other.wav'), file('short.ogg'), '-c:a', 'libvorbis', '-t', '0.2');
      write('many.ogg', ...new Array<Buffer>(300).fill(bytesOf('short.ogg')));
      expect((await heard('many.ogg')).samples.length).toBe(300 * (await heard('short.ogg')).samples.length);
    });
  });

  describe('side by side (multiplexed)', () => {
    const pairs = (one: readonly Buffer[], other: readonly Buffer[]): Buffer[] =>
      one.flatMap((page, i) => [page, ...other.slice(i, i + 1)]);
    /** The first pages, then those between in turns, then the last ones. */
    const mixed = (one: Buffer[], other: Buffer[]): Buffer[] => [
      one[0]!,
      other[0]!,
      ...pairs(one.slice(1, -1), other.slice(1, -1)),
      other.at(-1)!,
      one.at(-1)!,
    ];

    test.each([
      ['one.ogg', 'one.opus', 'one.ogg'],
      ['one.opus', 'one.ogg', 'one.ogg'],
      ['one.opus', 'other.oga', 'one.opus'],
      ['one.ogg', 'other.ogg', 'one.ogg'],
    ])('%s with %s: %s is heard, without a warning', async (one, other, chosen) => {
      write('mixed.ogg', ...mixed(pagesOf(bytesOf(one)), pagesOf(bytesOf(other))));
      const alone = await heard(chosen);
      const both = await heard('mixed.ogg');
      // Of the second file pages are left out at the end, if it is the longer one.
      const length = chosen === one ? alone.samples.length : Math.min(alone.samples.length, both.samples.length);
      expect(both.samples.length).toBeGreaterThan(RATE);
      expect(largestDifference(both.samples.subarray(0, length), alone.samples.subarray(0, length))).toBe(0);
      expect(both.warnings).toEqual([]);
    });
  });

  describe('Opus', () => {
    test('is as loud as its header says', async () => {
      const [head, ...rest] = pagesOf(bytesOf('one.opus'));
      // -6 dB in 256ths, RFC 7845 section 5.1.
      write(
        'soft.opus',
        changed(head!, (page) => page.writeInt16LE(-6 * 256, 28 + 16)),
        ...rest,
      );
      const soft = await heard('soft.opus');
      const gain = 10 ** (-6 / 20);
      const expected = (await heard('one.opus')).samples.map((sample) => sample * gain);
      expect(largestDifference(soft.samples, expected)).toBeLessThan(1e-6);
      expect(largestDifference(soft.samples, (await heard('soft.opus', byFfmpeg)).samples)).toBeLessThan(0.02);
    });

    test('has its channels where the mapping says', async () => {
      writeFileSync(file('three.wav'), wavFile(musicLike(4, 2, 3, 48_000), 's16', { extensible: true }));
      encode(file('three.wav'), file('three.opus'), '-c:a', 'libopus', '-mapping_family', '255', '-b:a', '300k');
      const { samples } = await heard('three.opus');
      expect(samples.length).toBe(2 * 48_000);
      const [head, ...rest] = pagesOf(bytesOf('three.opus'));
      // All three are silent (RFC 7845 section 5.1.1).
      write(
        'silent.opus',
        changed(head!, (page) => page.fill(255, 28 + 21, 28 + 24)),
        ...rest,
      );
      expect(Math.max(...samples.slice(0, 20_000))).toBeGreaterThan(0.01);
      expect((await heard('silent.opus')).samples.every((sample) => sample === 0)).toBe(true);
    });

    test('with a header of an unknown kind is refused with a remedy', async () => {
      const [head, ...rest] = pagesOf(bytesOf('one.opus'));
      write(
        'matrix.opus',
        changed(head!, (page) => page.writeUInt8(3, 28 + 18)),
        ...rest,
      );
      await expect(heard('matrix.opus')).rejects.toMatchObject({
        message: expect.stringContaining('ffmpeg') as string,
      });
    });
  });

  test.each(['one.ogg', 'one.opus'])('%s: tags of 6 MB are stepped over', async (name) => {
    writeFileSync(file('cover.txt'), `;FFMETADATA1\nMETADATA_BLOCK_PICTURE=${'A'.repeat(6_000_000)}\n`);
    encode(file(name), file(`cover-${name}`), '-i', file('cover.txt'), '-map_metadata', '1', '-c', 'copy');
    expect(bytesOf(`cover-${name}`).length).toBeGreaterThan(6_000_000);
    const { samples, warnings } = await heard(`cover-${name}`);
    expect(largestDifference(samples, (await heard(name)).samples)).toBe(0);
    expect(warnings).toEqual([]);
  });

  test.each(['one.ogg', 'one.opus', 'one.oga'])('%s: a lost page costs what was on it, and is told', async (name) => {
    const pages = pagesOf(bytesOf(name));
    const middle = Math.floor(pages.length / 2);
    write(`lost-${name}`, ...pages.slice(0, middle), ...pages.slice(middle + 1));
    const whole = await heard(name);
    const { samples, warnings } = await heard(`lost-${name}`);
    const lost = whole.samples.length - samples.length;
    expect(lost).toBeGreaterThan(0);
    // Pages are about as long as each other; packets over their edges go with them.
    expect(lost).toBeLessThan((3 * whole.samples.length) / (pages.length - 3));
    const continues = pages.some((page) => (page[5]! & 1) !== 0);
    if (continues) expect(warnings).toEqual(['Damaged pages were left out.']);
    const end = whole.samples.slice(-20_000);
    expect(largestDifference(samples.slice(-20_000), end)).toBeLessThan(name === 'one.opus' ? 0.01 : 1e-6);
  });

  test.each(['one.ogg', 'one.opus', 'one.oga', 'one.flac'])('%s can be cancelled in the middle', async (name) => {
    const controller = new AbortController();
    const { audio } = await openAudio(file(name), builtIn, controller.signal);
    const reading = async (): Promise<void> => {
      for await (const chunk of audio.chunks) if (chunk.length > 0) controller.abort();
    };
    await expect(reading()).rejects.toMatchObject({ code: 'cancelled' });
    await expect(openAudio(file(name), builtIn, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });

  describe('FLAC', () => {
    test('between tags', async () => {
      write('tagged.flac', id3v2, bytesOf('one.flac'), id3v1);
      const { samples, warnings } = await heard('tagged.flac');
      expect(largestDifference(samples, (await heard('one.flac')).samples)).toBe(0);
      expect(warnings).toEqual([]);
    });

    test('gives the very numbers of the source', async () => {
      const { samples } = await heard('one.flac');
      expect(largestDifference(samples, (await heard('one.wav')).samples)).toBeLessThan(1e-7);
    });

    /** Frames of blocks of 4096 begin at these places. */
    const frames = (bytes: Buffer): number[] => {
      const starts: number[] = [];
      for (let at = 0; (at = bytes.indexOf(Buffer.of(0xff, 0xf8), at)) >= 0; at++)
        if ((bytes[at + 2]! & 15) === 9 && bytes[at + 4] === starts.length) starts.push(at);
      return starts;
    };

    test.each([
      ['in the middle of a frame', (start: number, end: number) => Math.floor((start + end) / 2)],
      ['in its header', (start: number) => start + 2],
      ['in its CRC-16', (_start: number, end: number) => end - 1],
    ])('a wrong byte %s costs this frame alone, and is told', async (_where, place) => {
      const bytes = bytesOf('one.flac');
      const starts = frames(bytes);
      expect(starts.length).toBe(Math.ceil((SECONDS * RATE) / 4096));
      bytes[place(starts[20]!, starts[21]!)]! ^= 0x15;
      write('wrong.flac', bytes);
      const whole = (await heard('one.flac')).samples;
      const { samples, warnings } = await heard('wrong.flac');
      expect(samples.length).toBe(whole.length - 4096);
      const expected = [...whole.subarray(0, 20 * 4096), ...whole.subarray(21 * 4096)];
      expect(largestDifference(samples, expected)).toBe(0);
      expect(warnings).toEqual(['Damaged frames were left out.']);
    });

    test('frames that are not there, twice there or cut off make nothing else of the others', async () => {
      const bytes = bytesOf('one.flac');
      const starts = frames(bytes);
      const part = (from: number, to: number): Buffer => bytes.subarray(starts[from], starts[to]);
      const cut = bytes.subarray(starts[50], starts[50]! + 900);
      write('odd.flac', bytes.subarray(0, starts[10]), part(12, 30), part(28, 40), cut, part(51, 60));
      const whole = (await heard('one.flac')).samples;
      const blocks = (from: number, to: number): Float32Array => whole.subarray(from * 4096, to * 4096);
      const { samples } = await heard('odd.flac');
      const expected = [blocks(0, 10), blocks(12, 30), blocks(28, 40), blocks(51, 60)].flatMap((part) => [...part]);
      expect(samples.length).toBe(expected.length);
      expect(largestDifference(samples, expected)).toBe(0);
    });

    test('without a sound STREAMINFO is heard all the same', async () => {
      const bytes = bytesOf('one.flac');
      bytes.fill(0, 8, 42);
      write('no-info.flac', bytes);
      expect(largestDifference((await heard('no-info.flac')).samples, (await heard('one.flac')).samples)).toBe(0);
    });

    test('of 20 bits is refused with a remedy: its samples would come out as rubbish', async () => {
      const wav = wavFile(musicLike(5, 2, 1, RATE), 's24', { extensible: true });
      // Valid bits of WAVEFORMATEXTENSIBLE; the lowest four of each sample are zero.
      wav.writeUInt16LE(20, wav.indexOf('fmt ') + 8 + 18);
      for (let at = wav.indexOf('data') + 8; at < wav.length; at += 3) wav[at]! &= 0xf0;
      writeFileSync(file('20.wav'), wav);
      execFileSync('flac', ['-s', '-f', '-o', file('20.flac'), file('20.wav')], { stdio: 'ignore' });
      await expect(heard('20.flac')).rejects.toMatchObject({
        code: 'decode-failed',
        message: expect.stringMatching(/20 bits.*install ffmpeg/) as string,
      });
      expect((await heard('20.flac', byFfmpeg)).samples.length).toBe(2 * RATE);
    });
  });
});
