import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReadTags } from '../../../src/main/adapters/tags/read-tags';
import { startWebServer, type WebServer } from '../../../src/main/hosts/web/server';
import { createDecoders } from '../../../src/main/adapters/decoders';
import { startBackend, temporaryFolder, type TestBackend } from '../../builders/backend';
import { aiffFile } from '../../builders/pcm-files';
import { tone, writeWav } from '../../builders/sounds';

/** The route by which a window hears the library's tracks, and nobody anything else. Real files, a real store, a real server. */
interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const SECONDS = 4;
const RATE = 16_000;

let folder: ReturnType<typeof temporaryFolder>;
let music: string;
let backend: TestBackend;
let server: WebServer;
let cookie: string;
const ids = new Map<string, number>();

beforeAll(async () => {
  folder = temporaryFolder();
  music = join(folder.path, 'music');
  mkdirSync(music);
  const pages = join(folder.path, 'renderer');
  mkdirSync(pages);
  writeFileSync(join(pages, 'index.html'), '<!doctype html>');
  backend = await startBackend(join(folder.path, 'library.sqlite'), {
    parts: {
      readTags: createReadTags(() => ({ joinV23: '; ' })),
      // Without ffmpeg, so that what is decoded is the same everywhere.
      playbackDecoders: () => Promise.resolve(createDecoders({ ffmpeg: null, forced: 'wasm' })),
    },
  });
  server = await startWebServer({
    port: 0,
    rendererFolder: pages,
    attach: () => undefined,
    audio: (asked) => backend.playback.respond(asked),
  });
  cookie = `genregram-${server.port}=${new URL(server.url).searchParams.get('token')}`;
});
afterAll(async () => {
  await server.close();
  await backend.close();
  folder.cleanUp();
});

beforeEach(async () => {
  rmSync(music, { recursive: true });
  mkdirSync(music);
  writeWav(join(music, 'tone.wav'), tone(440), SECONDS, RATE);
  const samples = Float32Array.from(samplesOfWav(join(music, 'tone.wav')), (sample) => sample / 32_768);
  writeFileSync(join(music, 'tone.aiff'), aiffFile({ samples, channels: 1, sampleRate: RATE }, 's16', false));
  await scan();
});

async function scan(): Promise<void> {
  await backend.job('jobs.scan', { paths: [music], analyze: false });
  ids.clear();
  for (const { id, fileName } of await backend.rows()) ids.set(fileName, id);
}

const linkOf = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
};

const samplesOfWav = (path: string): Int16Array => {
  const bytes = readFileSync(path).subarray(44);
  return Int16Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(i * 2));
};

/** Sends the request as it is: no client in between that tidies it up. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}
const pathOf = (name: string, suffix = ''): string => `/audio/${ids.get(name)}${suffix}`;
const get = (name: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(pathOf(name), { cookie, ...headers });

describe('a track is heard', () => {
  it('as it lies in the file, and nobody keeps it', async () => {
    const { status, headers, body } = await get('tone.wav');
    expect(status).toBe(200);
    expect(body.equals(readFileSync(join(music, 'tone.wav')))).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(body.length),
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('by its content, not by its name', async () => {
    renameSync(join(music, 'tone.wav'), join(music, 'wrong.mp3'));
    await scan();
    expect((await get('wrong.mp3')).headers['content-type']).toBe('audio/wav');
  });

  it.each([
    ['bytes=0-', 0, Infinity],
    ['bytes=0-0', 0, 1],
    ['bytes=43-46', 43, 47],
    ['bytes=1001-70000', 1001, 70_001],
    ['bytes=100000-', 100_000, Infinity],
    ['bytes=-1', -1, Infinity],
    ['bytes=-77777', -77_777, Infinity],
    ['bytes=90000-99999999', 90_000, Infinity],
  ])('in part: %s', async (range, start, end) => {
    const whole = readFileSync(join(music, 'tone.wav'));
    const wanted = whole.subarray(start, end === Infinity ? undefined : end);
    const { status, headers, body } = await get('tone.wav', { range });
    expect(status).toBe(206);
    expect(body.equals(wanted)).toBe(true);
    const from = wanted.byteOffset - whole.byteOffset;
    expect(headers['content-range']).toBe(`bytes ${from}-${from + wanted.length - 1}/${whole.length}`);
    expect(headers['content-length']).toBe(String(wanted.length));
  });

  it('in no part that is not there, and as a whole where the part asked for is none', async () => {
    const size = readFileSync(join(music, 'tone.wav')).length;
    for (const range of [`bytes=${size}-`, 'bytes=-0', `bytes=${'9'.repeat(300)}-`]) {
      const { status, headers, body } = await get('tone.wav', { range });
      expect([status, headers['content-range'], body.length]).toEqual([416, `bytes */${size}`, 0]);
    }
    for (const range of ['bytes=9-3', 'bytes=a-b', 'bytes=0-1,4-5', 'furlongs=0-1']) {
      const { status, body } = await get('tone.wav', { range });
      expect([status, body.length]).toEqual([200, size]);
    }
  });

  it('in a part only of the version that was begun', async () => {
    const { etag } = (await get('tone.wav')).headers;
    expect((await get('tone.wav', { range: 'bytes=5-9', 'if-range': String(etag) })).status).toBe(206);
    writeWav(join(music, 'tone.wav'), tone(330), 2, RATE);
    const after = await get('tone.wav', { range: 'bytes=5-9', 'if-range': String(etag) });
    expect(after.status).toBe(200);
    expect(after.headers.etag).not.toBe(etag);
    expect(after.body.equals(readFileSync(join(music, 'tone.wav')))).toBe(true);
  });

  it('not at all where only the head is asked for', async () => {
    const { status, headers, body } = await ask(pathOf('tone.wav'), { cookie, range: 'bytes=0-3' }, 'HEAD');
    expect([status, body.length]).toEqual([200, 0]);
    expect(headers['content-length']).toBe(String(readFileSync(join(music, 'tone.wav')).length));
  });

  it('although it could be replaced meanwhile: nothing holds it open, and what follows is not mixed with it', async () => {
    writeWav(join(music, 'tone.wav'), tone(440), 300, RATE);
    const openFiles = (): number =>
      process.platform === 'linux'
        ? readdirSync('/proc/self/fd').filter((fd) => linkOf(`/proc/self/fd/${fd}`).startsWith(music)).length
        : 0;
    const broken = new Promise<string>((resolve) => {
      const sent = request(
        { host: '127.0.0.1', port: server.port, path: pathOf('tone.wav'), headers: { cookie } },
        (response) => {
          response.once('data', () => {
            response.pause();
            // By then the server waits to be read from.
            setTimeout(() => {
              expect(openFiles()).toBe(0);
              writeWav(join(music, 'tone.wav'), tone(330), 300, RATE);
              response.resume();
            }, 300);
          });
          response.on('end', () => resolve('whole'));
          response.on('error', () => resolve('broken off'));
        },
      );
      sent.end();
    });
    expect(await broken).toBe('broken off');
  });

  it('by several players at once, of whom some stop early', async () => {
    const whole = readFileSync(join(music, 'tone.wav'));
    const abandoned = Array.from(
      { length: 5 },
      () =>
        new Promise<void>((resolve) => {
          const sent = request(
            { host: '127.0.0.1', port: server.port, path: pathOf('tone.wav'), headers: { cookie } },
            (response) => {
              response.once('data', () => {
                sent.destroy();
              });
              response.on('close', resolve);
              response.on('error', () => undefined);
            },
          );
          sent.on('error', () => undefined);
          sent.end();
        }),
    );
    const [one, two] = await Promise.all([get('tone.wav'), get('tone.wav', { range: 'bytes=500-' }), ...abandoned]);
    expect(one?.body.equals(whole)).toBe(true);
    expect(two?.body.equals(whole.subarray(500))).toBe(true);
  });
});

describe('a track that no window plays', () => {
  it('comes decoded, sample for sample, with a length that is known before', async () => {
    const { status, headers, body } = await get('tone.aiff');
    expect([status, headers['content-type']]).toEqual([200, 'audio/wav']);
    expect(body.toString('latin1', 0, 4)).toBe('RIFF');
    expect(body.readUInt32LE(4)).toBe(body.length - 8);
    expect([body.readUInt16LE(22), body.readUInt32LE(24), body.readUInt16LE(34)]).toEqual([1, RATE, 16]);
    const original = samplesOfWav(join(music, 'tone.wav'));
    expect(body.length).toBe(44 + original.length * 2);
    let furthest = 0;
    original.forEach((sample, i) => {
      furthest = Math.max(furthest, Math.abs(sample - body.readInt16LE(44 + i * 2)));
    });
    // Read as n/32768, written as n*32767.
    expect(furthest).toBeLessThanOrEqual(1);
  });

  it.each(['bytes=0-10', 'bytes=40-47', 'bytes=43-44', 'bytes=45-45', 'bytes=1001-90002', 'bytes=64001-', 'bytes=-3'])(
    'has the same bytes in each part: %s',
    async (range) => {
      const whole = (await get('tone.aiff')).body;
      const { status, headers, body } = await get('tone.aiff', { range });
      expect(status).toBe(206);
      const [, from, to] = /^bytes (\d+)-(\d+)\//.exec(String(headers['content-range'])) ?? [];
      expect(body.equals(whole.subarray(Number(from), Number(to) + 1))).toBe(true);
      expect(headers['content-length']).toBe(String(body.length));
    },
  );

  it('is decoded where it could be played, if that is asked for', async () => {
    const plain = await ask(pathOf('tone.wav', '.wav'), { cookie });
    expect([plain.status, plain.headers['content-type']]).toEqual([200, 'audio/wav']);
    expect(plain.headers.etag).not.toBe((await get('tone.wav')).headers.etag);
    expect(plain.body.length).toBe(44 + SECONDS * RATE * 2);
  });

  it('is silent where it is cut off, and as long as it was known to be', async () => {
    const bytes = readFileSync(join(music, 'tone.aiff'));
    writeFileSync(join(music, 'tone.aiff'), bytes.subarray(0, 54 + 2 * RATE));
    const { body } = await get('tone.aiff');
    expect(body.length).toBe(44 + SECONDS * RATE * 2);
    expect(body.subarray(44, 44 + RATE).some((byte) => byte !== 0)).toBe(true);
    expect(body.subarray(-RATE).every((byte) => byte === 0)).toBe(true);
  });

  it('says what is missing', async () => {
    writeFileSync(join(music, 'song.ape'), Buffer.concat([Buffer.from('MAC '), Buffer.alloc(2000, 1)]));
    await scan();
    await expect(backend.call('playback.prepare', { trackId: ids.get('song.ape')! })).rejects.toMatchObject({
      message: expect.stringContaining('install ffmpeg') as string,
    });
    const { status, headers, body } = await get('song.ape');
    expect([status, headers['content-type']]).toEqual([415, 'text/plain; charset=utf-8']);
    expect(body.toString()).toContain('install ffmpeg');
  });
});

describe('nobody hears', () => {
  const nothing = (answer: Answer): void => {
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    expect(answer.body.includes('RIFF')).toBe(false);
  };

  it.each<[string, Record<string, string>]>([
    ['no token', {}],
    ['a wrong token', { cookie: 'genregram-1=aaaa' }],
  ])('anything with %s', async (_, headers) => {
    const answer = await ask(pathOf('tone.wav'), headers);
    expect(answer.status).toBe(403);
    nothing(answer);
  });

  it.each<[string, Record<string, string>]>([
    ['a foreign Host', { host: 'music.example:80' }],
    ['a foreign Origin', { origin: 'http://evil.example' }],
    ['the Origin of another port', { origin: 'http://127.0.0.1:1' }],
    ['no Origin worth the name', { origin: 'null' }],
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another port of this machine', { 'sec-fetch-site': 'same-site' }],
  ])('anything with the token but %s', async (_, headers) => {
    const answer = await ask(pathOf('tone.wav'), { cookie, ...headers });
    expect(answer.status).toBe(403);
    nothing(answer);
  });

  it('a track that is not in the library, and nothing by a path', async () => {
    const rest = [
      '999999',
      '999999999999999999',
      '-1',
      '1e0',
      '0x1',
      '',
      '1/',
      '../tone.wav',
      '..%2ftone.wav',
      '1.mp3',
    ];
    for (const path of rest) {
      const answer = await ask(`/audio/${path}`, { cookie });
      expect([path, answer.status]).toEqual([path, 404]);
      nothing(answer);
    }
    expect(
      (await ask(`/audio/${ids.get('tone.wav')}?path=/etc/passwd`, { cookie })).body.subarray(0, 4).toString(),
    ).toBe('RIFF');
    expect((await ask(pathOf('tone.wav'), { cookie }, 'POST')).status).toBe(405);
  });

  it('a track that was removed, also if the file comes back', async () => {
    const path = pathOf('tone.wav');
    const bytes = readFileSync(join(music, 'tone.wav'));
    unlinkSync(join(music, 'tone.wav'));
    expect((await ask(path, { cookie })).status).toBe(404);
    await scan();
    writeFileSync(join(music, 'tone.wav'), bytes);
    const answer = await ask(path, { cookie });
    expect(answer.status).toBe(404);
    nothing(answer);
  });

  it('a track whose folder was taken out of the library', async () => {
    const path = pathOf('tone.wav');
    const [root] = await backend.call('roots.list', {});
    await backend.call('roots.remove', { id: root!.id });
    expect((await ask(path, { cookie })).status).toBe(404);
  });

  it('what a link leads to out of the folders, of the file or of a folder on the way', async () => {
    const outside = join(folder.path, 'outside');
    mkdirSync(outside, { recursive: true });
    writeWav(join(outside, 'tone.wav'), tone(100), 1, RATE);
    unlinkSync(join(music, 'tone.wav'));
    symlinkSync(join(outside, 'tone.wav'), join(music, 'tone.wav'));
    const linked = await get('tone.wav');
    expect(linked.status).toBe(403);
    expect(linked.body.toString()).toContain('add the folder that it leads to');
    nothing(linked);

    unlinkSync(join(music, 'tone.wav'));
    mkdirSync(join(music, 'album'));
    writeWav(join(music, 'album', 'tone.wav'), tone(440), 1, RATE);
    await scan();
    expect((await get('tone.wav')).status).toBe(200);
    rmSync(join(music, 'album'), { recursive: true });
    symlinkSync(outside, join(music, 'album'));
    const through = await get('tone.wav');
    expect(through.status).toBe(403);
    nothing(through);
  });

  it('but what a link leads to within the folders is heard', async () => {
    renameSync(join(music, 'tone.wav'), join(music, 'real.wav'));
    symlinkSync('real.wav', join(music, 'tone.wav'));
    expect((await get('tone.wav')).status).toBe(200);
  });

  it('what is no audio, or no file, and took the place of one', async () => {
    writeFileSync(join(music, 'tone.wav'), 'root:x:0:0:root:/root:/bin/bash\n'.repeat(40));
    const text = await get('tone.wav');
    expect(text.status).toBe(415);
    expect(text.body.includes('root:x')).toBe(false);
    for (const range of ['bytes=0-3', 'bytes=-3']) expect((await get('tone.wav', { range })).status).toBe(415);
    unlinkSync(join(music, 'tone.wav'));
    mkdirSync(join(music, 'tone.wav'));
    expect((await get('tone.wav')).status).toBe(415);
    rmSync(join(music, 'tone.wav'), { recursive: true });
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [join(music, 'tone.wav')]);
    expect((await get('tone.wav')).status).toBe(415);
  });

  it('a drive that is away, but is told so', async () => {
    renameSync(music, `${music}.away`);
    try {
      const answer = await get('tone.wav');
      expect(answer.status).toBe(503);
      expect(answer.body.toString()).toContain('plug it in');
    } finally {
      renameSync(`${music}.away`, music);
    }
  });
});

describe('how loud a track is', () => {
  it('is told along its length', async () => {
    writeWav(join(music, 'tone.wav'), (time) => (time < 2 ? 0.5 * tone(440)(time) : tone(440)(time)), SECONDS, RATE);
    const { peaks } = await backend.call('playback.peaks', { trackId: ids.get('tone.wav')! });
    expect(peaks).toHaveLength(400);
    expect(Math.max(...peaks.slice(0, 200))).toBe(51);
    expect(Math.min(...peaks.slice(200))).toBeGreaterThan(95);
    expect(Math.max(...peaks)).toBe(102);
  });

  it('is told to one window while another asks, and no more to one that asks for something else', async () => {
    const trackId = ids.get('tone.wav')!;
    const asked = (window: string) => backend.call('playback.peaks', { trackId, window });
    const [first, other, second] = await Promise.allSettled([asked('one'), asked('two'), asked('one')]);
    expect(first).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
    expect([other.status, second.status]).toEqual(['fulfilled', 'fulfilled']);
  });

  it('is not told of what may not be heard', async () => {
    unlinkSync(join(music, 'tone.wav'));
    symlinkSync('/etc/passwd', join(music, 'tone.wav'));
    const refused = backend.call('playback.peaks', { trackId: ids.get('tone.wav')! });
    await expect(refused).rejects.toMatchObject({ code: 'link-refused' });
    await expect(backend.call('playback.peaks', { trackId: 999_999 })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('what sounds along a track', () => {
  it('is told low to high, and ended by the next question of the same window', async () => {
    writeWav(join(music, 'tone.wav'), (time) => (time < 2 ? tone(440)(time) : tone(3000)(time)), SECONDS, RATE);
    const trackId = ids.get('tone.wav')!;
    const asked = (window: string) => backend.call('playback.spectrogram', { trackId, window });
    const [ended, other, kept] = await Promise.allSettled([asked('one'), asked('two'), asked('one')]);
    expect(ended).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
    if (other.status === 'rejected' || kept.status === 'rejected') throw new Error('a picture is missing');
    expect(other.value).toEqual(kept.value);
    const { columns, image } = kept.value;
    const bytes = Buffer.from(image, 'base64');
    // Each frame of 16 ms has its own column, as long as these are fewer than there may be.
    expect([columns, bytes.length]).toEqual([251, 251 * 64]);
    const strongest = (column: number): number => {
      const bands = [...bytes.subarray(column * 64, column * 64 + 64)];
      return bands.indexOf(Math.max(...bands));
    };
    // Band b is centred on (b + 1) / 65 of 45.25 mel, of which 66.7 Hz each below 1 kHz: 440 Hz is 6.6 mel, 3 kHz is 30.98.
    expect([strongest(60), strongest(190)]).toEqual([8, 43]);
    await expect(backend.call('playback.spectrogram', { trackId: 999_999 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
